import { keccak256 } from 'ethers/crypto';
import { encodeRlp } from 'ethers/utils';
import { type Hex, hex } from '../protocol/hex.ts';
import { NodeError, quantity, type Rpc } from './rpc.ts';

/** What a node proves of the state at one block: each question leaves the nodes of the tries that prove its answer. */
export type StateProofs = {
  /** RLP of the block's header. Its keccak256 is the block's hash. */
  readonly header: Hex;
  /** Words of the ledger's storage, by slot, in the slots' order. */
  words(slots: readonly Hex[]): Promise<Hex[]>;
  /** Those among the accounts that have code: each is proven as well. */
  withCode(accounts: readonly Hex[]): Promise<Hex[]>;
  /** Nodes of the state's trie and the ledger's storage trie, each once. */
  nodes(): readonly Hex[];
};

/** The node has the block, and proves nothing of its state, or not so that the block's hash vouches for it. */
export class ProofsUnavailable extends Error {
  override readonly name = 'ProofsUnavailable';
}

type Block = { readonly number: number; readonly hash: Hex };
type RawBlock = Readonly<Record<string, unknown>> & { readonly hash: Hex };
type RawProof = {
  readonly accountProof: readonly Hex[];
  readonly storageProof: readonly { readonly value: Hex; readonly proof: readonly Hex[] }[];
};

/** Slots in one request: what a node answers stays below a megabyte or two. */
const SLOTS_AT_ONCE = 200;

/** @throws ProofsUnavailable, ChainUnavailable */
export async function openProofs(rpc: Rpc, ledger: Hex, block: Block): Promise<StateProofs> {
  const raw = await rpc.send<RawBlock | null>('eth_getBlockByNumber', [quantity(block.number), false]);
  if (raw === null || hex(raw.hash) !== block.hash)
    throw new ProofsUnavailable(`The node has another block ${block.number} than ${block.hash}.`);
  const header = headerRlp(raw);
  const nodes = new Set<Hex>();
  const prove = async (account: Hex, slots: readonly Hex[]): Promise<Hex[]> => {
    const proof = await proofOf(rpc, [account, slots, quantity(block.number)]);
    for (const node of proof.accountProof) nodes.add(hex(node));
    for (const { proof: path } of proof.storageProof) for (const node of path) nodes.add(hex(node));
    return proof.storageProof.map(({ value }) => hex(`0x${value.slice(2).padStart(64, '0')}`));
  };
  return {
    header,
    nodes: () => [...nodes],
    words: async (slots) => {
      const words: Hex[] = [];
      for (let start = 0; start < slots.length; start += SLOTS_AT_ONCE)
        words.push(...(await prove(ledger, slots.slice(start, start + SLOTS_AT_ONCE))));
      return words;
    },
    withCode: async (accounts) => {
      const codes = await rpc.batch<Hex>(
        accounts.map((account) => ['eth_getCode', [account, quantity(block.number)]]),
      );
      const found = accounts.filter((_, index) => isCode(codes[index]));
      for (const account of found) await prove(account, []);
      return found;
    },
  };
}

async function proofOf(rpc: Rpc, params: readonly unknown[]): Promise<RawProof> {
  try {
    return await rpc.send<RawProof>('eth_getProof', params);
  } catch (cause) {
    if (!(cause instanceof NodeError)) throw cause;
    throw new ProofsUnavailable(`The node does not prove the state (eth_getProof): ${cause.message}`, {
      cause,
    });
  }
}

function isCode(answer: Hex | NodeError | undefined): boolean {
  if (answer instanceof NodeError)
    throw new ProofsUnavailable(`The node does not tell which accounts have code: ${answer.message}`);
  return answer !== undefined && answer !== '0x';
}

/** The fields of a header in the order of its RLP; from `baseFeePerGas` on, each fork added some. */
const bytesFields = new Set([
  'parentHash',
  'sha3Uncles',
  'miner',
  'stateRoot',
  'transactionsRoot',
  'receiptsRoot',
  'logsBloom',
  'extraData',
  'mixHash',
  'nonce',
  'withdrawalsRoot',
  'parentBeaconBlockRoot',
  'requestsHash',
]);
const headerFields = [
  ...['parentHash', 'sha3Uncles', 'miner', 'stateRoot', 'transactionsRoot', 'receiptsRoot', 'logsBloom'],
  ...['difficulty', 'number', 'gasLimit', 'gasUsed', 'timestamp', 'extraData', 'mixHash', 'nonce'],
  ...['baseFeePerGas', 'withdrawalsRoot', 'blobGasUsed', 'excessBlobGas', 'parentBeaconBlockRoot'],
  'requestsHash',
];

/** @throws ProofsUnavailable where the hash of what JSON-RPC tells of a block is not the block's */
function headerRlp(raw: RawBlock): Hex {
  const fields = headerFields.flatMap((name) => {
    const value = raw[name];
    if (typeof value !== 'string') return [];
    return [bytesFields.has(name) ? value : minimal(value)];
  });
  const header = hex(encodeRlp(fields));
  if (keccak256(header) === hex(raw.hash)) return header;
  throw new ProofsUnavailable(
    `The header of block ${raw.hash} cannot be put together from what the node tells of it: this chain hashes its blocks in another way than Ethereum.`,
  );
}

/** A number as RLP has it: no zeros before, none at all for zero. */
function minimal(value: string): string {
  const digits = value.slice(2).replace(/^0+/, '');
  return `0x${digits.length % 2 === 1 ? '0' : ''}${digits}`;
}
