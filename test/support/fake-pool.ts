import type { RecordedEvent } from '../../src/chain/events.ts';
import type { LedgerNode } from '../../src/chain/node.ts';
import { type Refusal, refusalOf } from '../../src/chain/refusals.ts';
import { ChainUnavailable, NodeError } from '../../src/chain/rpc.ts';
import type { Receipt, Sender, SendOutcome, TransactionRequest } from '../../src/chain/sender.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { account } from './accounts.ts';
import type { MemoryIndex } from './memory-index.ts';
import type { SignedStatement } from './statements.ts';

type Transaction = TransactionRequest & { readonly hash: Hex };
type Block = { readonly hash: Hex; readonly transactions: readonly (Transaction & { succeeded: boolean })[] };

const word = (value: number | bigint): Hex => hex(`0x${value.toString(16).padStart(64, '0')}`);
const HEAD_STALE = refusalOf(`0xaf4ab15f`);

/**
 * A chain with a pool, whose blocks come when a test says so; the index follows at once. Statements are recorded by
 * their calldata. What a statement extends is the test's to say (`needs`).
 */
export class FakePool implements Sender {
  readonly address = account('relayer').address;
  readonly ledger = account('fake ledger').address;
  readonly pool = new Map<number, Transaction>();
  /** Every transaction that the pool took, in order. */
  readonly taken: Transaction[] = [];
  readonly needs = new Map<Hex, Hex>();
  /** Statements whose transactions fail in their block although the simulation accepts them. */
  readonly failing = new Set<Hex>();
  /** Statements that the node cannot estimate, and gives no reason. */
  readonly unclear = new Set<Hex>();
  isAway = false;
  /** Answers are lost: before the node takes what was sent, or after. */
  loses: 'before' | 'after' | null = null;
  /** In wei per gas. */
  lowestFee = 1n;
  #blocks: Block[] = [{ hash: word(0), transactions: [] }];
  readonly #index: MemoryIndex;
  readonly #statements = new Map<Hex, SignedStatement>();
  readonly #signed = new Map<Hex, Transaction>();
  #salt = 0;

  constructor(index: MemoryIndex) {
    this.#index = index;
  }

  know(data: Hex, statement: SignedStatement): void {
    this.#statements.set(data, statement);
  }

  get head(): number {
    return this.#blocks.length - 1;
  }

  /** Mines what the pool holds in the order of nonces, as one block. */
  async mine(): Promise<void> {
    const transactions: (Transaction & { succeeded: boolean })[] = [];
    for (let nonce = await this.nonce(); this.pool.has(nonce); nonce++) {
      const transaction = this.pool.get(nonce) as Transaction;
      this.pool.delete(nonce);
      transactions.push({ ...transaction, succeeded: this.#accepts(transaction, transactions) });
    }
    this.#salt += 1;
    this.#blocks.push({ hash: word(BigInt(this.#salt) << 128n), transactions });
    await this.#extendIndex(transactions);
  }

  /** Another key-holder uses up a nonce. */
  spendNonce(nonce: number): void {
    this.pool.set(nonce, {
      nonce,
      to: null,
      data: '0x',
      gas: 0n,
      fees: { gasPrice: 0n },
      hash: word(nonce + 1_000),
    });
  }

  /** Takes back every block above `number`; what they held is forgotten, not pooled again. */
  async drop(number: number): Promise<void> {
    this.#blocks = this.#blocks.slice(0, number + 1);
    await this.#index.rewind(number);
  }

  asNode(): LedgerNode {
    const unused = (): never => {
      throw new Error('The relay has no use for that');
    };
    return {
      ledger: this.ledger,
      tips: async () => ({ head: this.#header(this.#reachable()), finalized: 0 }),
      simulate: async (data) => this.#verdict(this.#reachable() && data),
      chainId: unused,
      header: unused,
      blocks: unused,
      settledBlocks: unused,
      code: unused,
      call: unused,
    };
  }

  async nonce(): Promise<number> {
    this.#reachable();
    return this.#blocks.reduce((sum, { transactions }) => sum + transactions.length, 0);
  }

  async balance(): Promise<bigint> {
    return 10n ** 18n;
  }

  async fees() {
    return { maxFeePerGas: 10n, maxPriorityFeePerGas: 1n };
  }

  async estimate({ data }: Pick<TransactionRequest, 'data'>): Promise<bigint> {
    if (this.unclear.has(this.#statements.get(data)?.id ?? '0x'))
      throw new NodeError(-32_000, 'execution timed out');
    return 100_000n;
  }

  sign(request: TransactionRequest) {
    this.#salt += 1;
    const hash = word(this.#salt);
    this.#signed.set(hash, { ...request, hash });
    return { hash, raw: hash };
  }

  async broadcast(raws: readonly Hex[]): Promise<SendOutcome[]> {
    const lost: SendOutcome[] = raws.map(() => ({ status: 'unclear', message: 'no answer' }));
    if (this.isAway || this.loses === 'before') return lost;
    const outcomes = raws.map((raw) => this.#take(this.#signed.get(raw) as Transaction));
    return this.loses === 'after' ? lost : outcomes;
  }

  async receipts(hashes: readonly Hex[]): Promise<(Receipt | null)[]> {
    this.#reachable();
    return hashes.map((hash) => {
      const block = this.#blocks.findIndex(({ transactions }) =>
        transactions.some((each) => each.hash === hash),
      );
      const found = this.#blocks[block]?.transactions.find((each) => each.hash === hash);
      return found ? { block, succeeded: found.succeeded, created: null } : null;
    });
  }

  #take(transaction: Transaction): SendOutcome {
    const { nonce, fees } = transaction;
    const offered = 'gasPrice' in fees ? fees.gasPrice : fees.maxFeePerGas;
    const rival = this.pool.get(nonce);
    if (rival?.hash === transaction.hash) return { status: 'sent', message: 'already known' };
    if (this.#blocks.some(({ transactions }) => transactions.some((each) => each.nonce === nonce)))
      return { status: 'nonce-used', message: 'nonce too low' };
    const price =
      rival && 'maxFeePerGas' in rival.fees ? (rival.fees.maxFeePerGas * 11n) / 10n : this.lowestFee;
    if (offered < price) return { status: 'underpriced', message: 'underpriced' };
    this.pool.set(nonce, transaction);
    this.taken.push(transaction);
    return { status: 'sent', message: '' };
  }

  #verdict(data: Hex): Refusal | null {
    const { id } = this.#statements.get(data) as SignedStatement;
    const needed = this.needs.get(id);
    const recorded = new Set(this.#index.statementIds());
    return recorded.has(id) || (needed && !recorded.has(needed)) ? HEAD_STALE : null;
  }

  #accepts({ data }: Transaction, before: readonly Transaction[]): boolean {
    const statement = this.#statements.get(data);
    if (!statement || this.failing.has(statement.id)) return false;
    const isRepeated = before.some((each) => each.data === data);
    return !isRepeated && this.#verdict(data) === null;
  }

  async #extendIndex(transactions: readonly (Transaction & { succeeded: boolean })[]): Promise<void> {
    const events = transactions.flatMap(({ data, succeeded, hash }, logIndex): RecordedEvent[] => {
      const found = this.#statements.get(data);
      if (!found || !succeeded) return [];
      const { id, statement, signature } = found;
      return [
        {
          logIndex,
          transaction: hash,
          event: { kind: 'statement', id, statement, signer: this.address, signature },
        },
      ];
    });
    await this.#index.extend([{ ...this.#header(true), events }]);
  }

  #header(_reachable: boolean) {
    const [number, parent] = [this.head, this.#blocks.at(-2)?.hash ?? word(0)];
    return { number, hash: this.#blocks.at(-1)?.hash ?? word(0), parent, time: number };
  }

  #reachable(): true {
    if (this.isAway) throw new ChainUnavailable('The chain is away.');
    return true;
  }
}
