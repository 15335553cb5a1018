import type { RawLog } from '../../src/chain/ledger.ts';
import { ChainUnavailable, NodeError, quantity, type Rpc, type RpcCall } from '../../src/chain/rpc.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { identity } from '../store/ledger.ts';
import { ancestorAt, BlockTree, branchTo, type TreeBlock } from './tree.ts';

/** What one of the nodes behind the address knows: its newest block, and the number of its newest final one. */
export type View = { readonly tip: TreeBlock; readonly finalized: number };

/** How requests are answered for a while. `batches`: for how many requests. */
export type Fault =
  | { readonly kind: 'away' | 'doubled' | 'narrow'; readonly batches: number }
  | { readonly kind: 'unfiled'; readonly batches: number; readonly blocks: number }
  | { readonly kind: 'stale'; readonly batches: number; readonly view: View; readonly pattern: number };

type Answering = { readonly view: View; readonly unfiled: number; readonly isDoubled: boolean };

/** Depth that counts as final where a node has no tag. */
const FINAL_DEPTH = 64;

/** A chain that forks, behind an address at which several nodes answer, some of them late or badly. */
export class ForkingChain implements Rpc {
  readonly tree = new BlockTree();
  /** What the newest of the nodes knows. */
  main: View = { tip: this.tree.first, finalized: 0 };
  /** Views of before, oldest first. */
  readonly past: View[] = [];
  readonly faults: Fault[] = [];
  /** Called before each request is answered. */
  before: () => void = () => {};
  readonly #hasTag: boolean;

  constructor(hasTag: boolean) {
    this.#hasTag = hasTag;
  }

  /** Another block is the newest now. Where nodes have no tag, depth says what is final. */
  move(tip: TreeBlock): void {
    this.past.push(this.main);
    const { finalized } = this.main;
    this.main = { tip, finalized: this.#hasTag ? finalized : Math.max(finalized, tip.number - FINAL_DEPTH) };
  }

  /** Blocks down to `depth` below the newest can no longer change. */
  finalize(depth: number): void {
    if (!this.#hasTag) return;
    const { tip, finalized } = this.main;
    this.main = { tip, finalized: Math.max(finalized, tip.number - depth) };
  }

  /** Whether a view says nothing else of final blocks than the newest one does. */
  agrees({ tip }: View): boolean {
    const number = Math.min(tip.number, this.main.finalized);
    return ancestorAt(tip, number) === ancestorAt(this.main.tip, number);
  }

  async send<T>(method: string, params: readonly unknown[]): Promise<T> {
    const [answer] = await this.batch<T>([[method, params]]);
    if (answer instanceof NodeError) throw answer;
    return answer as T;
  }

  async batch<T>(calls: readonly RpcCall[]): Promise<(T | NodeError)[]> {
    this.before();
    const faults = this.#takeFaults();
    if (faults.some(({ kind }) => kind === 'away')) throw new ChainUnavailable('The chain is away.');
    const isNarrow = faults.some(({ kind }) => kind === 'narrow');
    const stale = faults.find((fault) => fault.kind === 'stale' && isBit(fault.pattern, fault.batches));
    const answering = {
      view: stale?.kind === 'stale' ? stale.view : this.main,
      unfiled: Math.max(0, ...faults.map((fault) => (fault.kind === 'unfiled' ? fault.blocks : 0))),
      isDoubled: faults.some(({ kind }) => kind === 'doubled'),
    };
    return calls.map(([method, params]) => this.#answer(method, params, { ...answering, isNarrow }) as T);
  }

  #takeFaults(): Fault[] {
    const present = this.faults.splice(0);
    this.faults.push(
      ...present
        .filter(({ batches }) => batches > 1)
        .map((fault) => ({ ...fault, batches: fault.batches - 1 })),
    );
    return present;
  }

  #answer(
    method: string,
    [first]: readonly unknown[],
    { isNarrow, ...answering }: Answering & { readonly isNarrow: boolean },
  ): unknown {
    if (method === 'eth_chainId') return quantity(identity.chainId);
    if (method === 'eth_getCode') return '0x60';
    if (method === 'eth_call') return `0x${'00'.repeat(64)}`;
    if (method === 'eth_getBlockByNumber') return this.#header(first as string, answering.view);
    if (method !== 'eth_getLogs') return new NodeError(-32601, `the method ${method} does not exist`);
    const filter = first as Filter;
    if (filter.blockHash) return logsIn(filter.blockHash, answering);
    const isWide = Number(filter.toBlock) > Number(filter.fromBlock) + 1;
    return isNarrow && isWide ? new NodeError(-32602, 'range too wide') : logsBetween(filter, answering);
  }

  #header(tag: string, { tip, finalized }: View): unknown {
    if (tag === 'latest') return tip.header;
    if (tag !== 'finalized') return ancestorAt(tip, Number(tag))?.header ?? null;
    return this.#hasTag ? ancestorAt(tip, finalized)?.header : new NodeError(-32602, 'unknown block tag');
  }
}

type Filter = { blockHash?: Hex; fromBlock?: Hex; toBlock?: Hex };

/** A node that has the block and not yet filed its logs has no answer. */
function logsIn(hash: Hex, { view, unfiled, isDoubled }: Answering): RawLog[] | NodeError {
  const block = branchTo(view.tip).find(({ header }) => header.hash === hash);
  if (!block || block.number > view.tip.number - unfiled) return new NodeError(-32000, 'unknown block');
  return listed(block.logs, isDoubled);
}

/** Logs that a node has not filed yet are missing from a range. */
function logsBetween({ fromBlock, toBlock }: Filter, { view, unfiled, isDoubled }: Answering): RawLog[] {
  const [from, to] = [Number(fromBlock), Math.min(Number(toBlock), view.tip.number - unfiled)];
  const blocks = branchTo(view.tip).filter(({ number }) => number >= from && number <= to);
  return listed(
    blocks.flatMap(({ logs }) => logs),
    isDoubled,
  );
}

function listed(logs: readonly RawLog[], isDoubled: boolean): RawLog[] {
  return isDoubled ? [...logs, ...logs].reverse() : [...logs];
}

function isBit(pattern: number, at: number): boolean {
  return ((pattern >> (at % 16)) & 1) === 1;
}
