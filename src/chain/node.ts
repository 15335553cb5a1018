import { Interface } from 'ethers/abi';
import { type Hex, hex } from '../protocol/hex.ts';
import type { LedgerBlock } from './events.ts';
import { type Header, headerOf, type RawHeader } from './ledger.ts';
import { blocksOf, headerCall, settledBlocksOf } from './ranges.ts';
import { MAX_GAS, type Refusal, refusalIn } from './refusals.ts';
import {
  ChainUnavailable,
  NodeError,
  openRpc,
  quantity,
  type Rpc,
  type RpcCall,
  type RpcOptions,
} from './rpc.ts';

/** The newest block, and the number of the newest that can no longer change. `beside`: the block that was asked for. */
export type Tips = { readonly head: Header; readonly finalized: number; readonly beside: Header | null };

/**
 * The chain as Lodebook reads it. Everything throws ChainUnavailable while the chain is away, and NodeError where the
 * node answers with an error that is not the ledger's.
 */
export interface LedgerNode {
  readonly ledger: Hex;
  chainId(): Promise<number>;
  /**
   * Finality is the node's `finalized` tag; where it never had one, 64 blocks. At least 0.
   * @param beside the number of a block to look up in the same request: several nodes may answer at one address, and
   * what one says of its tips is no word on the branch that another is on
   */
  tips(beside?: number): Promise<Tips>;
  /** null where the chain does not reach that number. */
  header(number: number): Promise<Header | null>;
  /** Every block of the range, each with its events. @throws ChainMoved where the answers contradict each other */
  blocks(from: number, to: number): Promise<LedgerBlock[]>;
  /**
   * Of a final range: the blocks with events, and `to` in any case. A node that reads ahead may end before `to`, with
   * another last block. @throws ChainMoved as above
   */
  settledBlocks(from: number, to: number): Promise<LedgerBlock[]>;
  /** The code of an account, `0x` for none. Without a block number: now. */
  code(address: Hex, block?: number): Promise<Hex>;
  /** Whether an account with code says that the signature over the digest is its own (ERC-1271). */
  isSignedBy(account: Hex, digest: Hex, signature: Hex): Promise<boolean>;
  /** A call of the ledger on the pending state (on the latest, where the node has no pending one). */
  call(data: Hex): Promise<Hex>;
  /** What the ledger would say to a recording call now, within the gas that a transaction may use; null = it accepts. */
  simulate(data: Hex): Promise<Refusal | null>;
}

export type NodeOptions = RpcOptions & { readonly url: string; readonly ledger: Hex };

/** Opens nothing yet: the first request shows whether the chain is there. */
export function openNode({ url, ledger, ...options }: NodeOptions): LedgerNode {
  return nodeOver(openRpc(url, options), ledger);
}

/** The depth that counts as final where a node has no `finalized` tag. */
const FINAL_DEPTH = 64;

/**
 * A node over an RPC that is open already.
 * @param from the account that calls come from: what judges a signature may ask who sends
 */
export function nodeOver(rpc: Rpc, ledger: Hex, from?: Hex): LedgerNode {
  const call = pendingCall(rpc, ledger, from);
  return {
    ledger,
    call,
    tips: tipsOf(rpc),
    chainId: async () => Number(await rpc.send<Hex>('eth_chainId', [])),
    header: async (number) => {
      const raw = await rpc.send<RawHeader | null>(...headerCall(number));
      return raw && headerOf(raw);
    },
    blocks: (from, to) => blocksOf(rpc, ledger, from, to),
    settledBlocks: (from, to) => settledBlocksOf(rpc, ledger, from, to),
    code: async (address, block) =>
      hex(await rpc.send<Hex>('eth_getCode', [address, block === undefined ? 'latest' : quantity(block)])),
    isSignedBy: isSignedBy(rpc, from),
    simulate: async (data) => {
      try {
        await call(data);
        return null;
      } catch (error) {
        const refusal = error instanceof NodeError ? refusalIn(error) : null;
        if (refusal === null) throw error;
        return refusal;
      }
    },
  };
}

const smartAccount = new Interface(['function isValidSignature(bytes32,bytes) view returns (bytes4)']);
const ERC1271 = smartAccount.getFunction('isValidSignature')?.selector ?? '';
/** As the contract asks: contracts/libraries/SmartAccount.sol. With what a transaction and its calldata take. */
const ASKING_GAS = 1_000_000;

/** An account that fails, or answers with something else, did not sign. */
function isSignedBy(rpc: Rpc, from: Hex | undefined): LedgerNode['isSignedBy'] {
  return async (account, digest, signature) => {
    const data = smartAccount.encodeFunctionData('isValidSignature', [digest, signature]);
    try {
      const call = { ...(from && { from }), to: account, data, gas: quantity(ASKING_GAS) };
      const answer = await rpc.send<Hex>('eth_call', [call, 'latest']);
      return /^0x[0-9a-f]{64}/i.test(answer) && hex(answer).startsWith(`${ERC1271}${'0'.repeat(56)}`);
    } catch (error) {
      if (error instanceof NodeError) return false;
      throw error;
    }
  };
}

/** A call that finds no contract succeeds and returns nothing: then the node does not have the ledger (yet). */
function pendingCall(rpc: Rpc, ledger: Hex, from: Hex | undefined): LedgerNode['call'] {
  let tag = 'pending';
  const at = (data: Hex, block: string): Promise<Hex> =>
    rpc.send<Hex>('eth_call', [{ ...(from && { from }), to: ledger, data, gas: quantity(MAX_GAS) }, block]);
  const attempt = async (data: Hex): Promise<Hex> => {
    try {
      return await at(data, tag);
    } catch (error) {
      if (tag === 'latest' || !(error instanceof NodeError) || refusalIn(error) !== null) throw error;
      const result = await at(data, 'latest');
      tag = 'latest';
      return result;
    }
  };
  return async (data) => {
    const result = await attempt(data);
    if (result === '0x')
      throw new ChainUnavailable(`The node has no contract at ${ledger}: the chain is another, or behind.`);
    return hex(result);
  };
}

/** A node that answered to the tag once is held to it: while it fails, nothing new counts as final. */
function tipsOf(rpc: Rpc): LedgerNode['tips'] {
  let hasTag = false;
  return async (number) => {
    const tags = ['latest', 'finalized'].map((tag): RpcCall => ['eth_getBlockByNumber', [tag, false]]);
    const calls = number === undefined ? tags : [...tags, headerCall(number)];
    const [latest, finalized, asked] = await rpc.batch<RawHeader | null>(calls);
    const head = headerOf(present(latest, 'its latest block'));
    if (asked instanceof NodeError) throw asked;
    const beside = asked ? headerOf(asked) : null;
    if (!hasTag && (finalized instanceof NodeError || !finalized))
      return { head, finalized: Math.max(0, head.number - FINAL_DEPTH), beside };
    const final = headerOf(present(finalized, 'its finalized block'));
    hasTag = true;
    return { head, finalized: Math.min(final.number, head.number), beside };
  };
}

function present<T>(answer: T | null | undefined | NodeError, what: string): T {
  if (answer instanceof NodeError) throw answer;
  if (!answer) throw new ChainUnavailable(`The node does not know ${what}.`);
  return answer;
}
