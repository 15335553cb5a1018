import { Interface } from 'ethers/abi';
import { keccak256 } from 'ethers/crypto';
import { toUtf8Bytes } from 'ethers/utils';
import type { RawHeader, RawLog } from '../../src/chain/ledger.ts';
import { ChainUnavailable, NodeError, quantity, type Rpc } from '../../src/chain/rpc.ts';
import { ledgerAbi } from '../../src/protocol/abi.generated.ts';
import { type Hex, hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { account } from './accounts.ts';

type FakeBlock = RawHeader & { logs: RawLog[] };

const ledgerInterface = new Interface(ledgerAbi);
const hashOf = (text: string): Hex => hex(keccak256(toUtf8Bytes(text)));

/** A chain whose forks, lags and faults a test decides. Every event is an admission: what it says does not matter. */
export class FakeChain implements Rpc {
  readonly ledger: Hex = account('fake ledger').address;
  chainId = 5;
  blocks: FakeBlock[] = [];
  /** Number of the `finalized` block; null = the node has no such tag. */
  finalized: number | null = 0;
  isAway = false;
  hasCode = true;
  /** The contract answers to no call of ours. */
  isOlder = false;
  /** Blocks that a range of logs may span; wider ones are refused. */
  widestRange = Number.POSITIVE_INFINITY;
  /** Changes the answers to `eth_getLogs`. */
  tamper: (logs: RawLog[]) => RawLog[] = (logs) => logs;
  /** Called before each batch is answered. */
  before: () => void = () => {};
  readonly requests: string[] = [];
  #salt = 0;

  constructor() {
    this.mine(0);
  }

  get head(): number {
    return this.blocks.length - 1;
  }

  /** Adds one block per number, with as many events. */
  mine(...events: readonly number[]): void {
    for (const count of events) {
      const number = this.blocks.length;
      this.#salt += 1;
      const hash = hashOf(`block ${number} ${this.#salt}`);
      const parentHash = this.blocks.at(-1)?.hash ?? ZERO_BYTES32;
      const logs = Array.from({ length: count }, (_, index) => admission(number, hash, index));
      this.blocks.push({
        number: quantity(number),
        hash,
        parentHash,
        timestamp: quantity(1_000 + number),
        logs,
      });
    }
  }

  /** Forgets every block above `number`, and mines others. */
  reorg(number: number, ...events: readonly number[]): void {
    this.blocks = this.blocks.slice(0, number + 1);
    this.mine(...events);
  }

  async send<T>(method: string, params: readonly unknown[]): Promise<T> {
    const [answer] = await this.batch<T>([[method, params]]);
    if (answer instanceof NodeError) throw answer;
    return answer as T;
  }

  async batch<T>(calls: readonly (readonly [string, readonly unknown[]])[]): Promise<(T | NodeError)[]> {
    this.before();
    if (this.isAway) throw new ChainUnavailable('The chain is away.');
    return calls.map(([method, params]) => {
      this.requests.push(method);
      return this.#answer(method, params) as T | NodeError;
    });
  }

  #answer(method: string, [first, second]: readonly unknown[]): unknown {
    if (method === 'eth_chainId') return quantity(this.chainId);
    if (method === 'eth_getCode') return this.hasCode && second !== undefined ? '0x60' : '0x';
    if (method === 'eth_call')
      return this.isOlder ? new NodeError(3, 'execution reverted', '0x') : `0x${'00'.repeat(64)}`;
    if (method === 'eth_getBlockByNumber') return this.#block(first as string);
    if (method === 'eth_getLogs') return this.#logs(first as Filter);
    return new NodeError(-32601, `the method ${method} does not exist`);
  }

  #block(tag: string): FakeBlock | null | NodeError {
    if (tag === 'finalized' && this.finalized === null) return new NodeError(-32602, 'unknown block tag');
    const number = tag === 'latest' ? this.head : tag === 'finalized' ? Number(this.finalized) : Number(tag);
    return this.blocks[number] ?? null;
  }

  #logs({ blockHash, fromBlock, toBlock }: Filter): RawLog[] | NodeError {
    if (blockHash) {
      const block = this.blocks.find(({ hash }) => hash === blockHash);
      return block ? this.tamper(block.logs) : new NodeError(-32000, 'unknown block');
    }
    const [from, to] = [Number(fromBlock), Number(toBlock)];
    if (to - from + 1 > this.widestRange) return new NodeError(-32602, 'range too wide');
    return this.tamper(this.blocks.slice(from, to + 1).flatMap(({ logs }) => logs));
  }
}

type Filter = { blockHash?: Hex; fromBlock?: Hex; toBlock?: Hex };

function admission(number: number, blockHash: Hex, index: number): RawLog {
  const { address } = account(`party ${number} ${index}`);
  const { topics, data } = ledgerInterface.encodeEventLog('PartyAdmitted', [address, ZERO_BYTES32]);
  return {
    blockNumber: quantity(number),
    blockHash,
    logIndex: quantity(index),
    transactionHash: hashOf(`transaction ${blockHash} ${index}`),
    topics: topics as Hex[],
    data: hex(data),
  };
}
