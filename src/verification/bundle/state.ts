import { keccak256 } from 'ethers/crypto';
import { type Hex, hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import type { BlockHeader } from './header.ts';
import { BundleFault } from './problems.ts';
import { readRlp } from './rlp.ts';
import type { Slot } from './slots.ts';
import { nodeReader, openTrie, type Trie } from './trie.ts';

/** The ledger's state at one block, as far as the bundle proves it. Each throws BundleFault where it does not. */
export type ProvenState = {
  /** keccak256 of the ledger's code. */
  readonly codeHash: Hex;
  /** A word of the ledger's storage: zero where it is proven that nothing was written there. */
  word(slot: Slot): Hex;
  /** Whether an account is proven to have code: only then can it sign by ERC-1271. */
  hasCode(account: Hex): boolean;
};

const NO_CODE = keccak256('0x');

type Account = { readonly storageRoot: Hex; readonly codeHash: Hex };

/** @throws BundleFault `ledger-absent`, `proof-missing`, `node-malformed` */
export function openState(
  { stateRoot }: Pick<BlockHeader, 'stateRoot'>,
  ledger: Hex,
  nodes: readonly Hex[],
  reader = nodeReader,
): ProvenState {
  const trie = openTrie(nodes, reader);
  const account = accountAt(trie, stateRoot, ledger);
  if (!account)
    throw new BundleFault('ledger-absent', 'ledger.address', `the state has no account ${ledger}`);
  return {
    codeHash: account.codeHash,
    word: ({ slot, what }) => wordOf(trie.get(account.storageRoot, slot, what), what),
    hasCode: (address) => {
      const found = accountAt(trie, stateRoot, address);
      return found !== null && found.codeHash !== NO_CODE;
    },
  };
}

function accountAt(trie: Trie, stateRoot: Hex, address: Hex): Account | null {
  const at = `account ${address}`;
  const found = trie.get(stateRoot, address, at);
  if (found === null) return null;
  const fields = decoded(found, at);
  const [, , storageRoot, codeHash] = Array.isArray(fields) ? fields : [];
  if (typeof storageRoot !== 'string' || typeof codeHash !== 'string')
    throw new BundleFault('node-malformed', 'nodes', `${at} has no storage root or code hash`);
  return { storageRoot: hex(storageRoot), codeHash: hex(codeHash) };
}

function wordOf(found: Hex | null, at: string): Hex {
  if (found === null) return ZERO_BYTES32;
  const bytes = decoded(found, at);
  if (typeof bytes !== 'string' || bytes.length > 66)
    throw new BundleFault('node-malformed', 'nodes', `${at} is no word`);
  return hex(`0x${bytes.slice(2).padStart(64, '0')}`);
}

function decoded(value: Hex, at: string) {
  try {
    return readRlp(value);
  } catch {
    throw new BundleFault('node-malformed', 'nodes', `${at} is no RLP`);
  }
}
