import { Interface } from 'ethers/abi';
import type { RecordedEvent } from '../../src/chain/events.ts';
import type { LedgerNode } from '../../src/chain/node.ts';
import { type Refusal, refusalOf } from '../../src/chain/refusals.ts';
import { ChainUnavailable, NodeError } from '../../src/chain/rpc.ts';
import type { Receipt, Sender, SendOutcome, TransactionRequest } from '../../src/chain/sender.ts';
import { ledgerAbi } from '../../src/protocol/abi.generated.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { account } from './accounts.ts';
import type { MemoryIndex } from './memory-index.ts';
import type { SignedStatement } from './statements.ts';

type Transaction = TransactionRequest & { readonly hash: Hex };
type Log = Receipt['logs'][number];
/** `recorded`: what it recorded, in order. */
type Mined = Transaction & {
  readonly succeeded: boolean;
  readonly recorded: readonly SignedStatement[];
  readonly logs: readonly Log[];
};
type Block = { readonly hash: Hex; readonly transactions: readonly Mined[] };

const word = (value: number | bigint): Hex => hex(`0x${value.toString(16).padStart(64, '0')}`);
const STALE: Hex = '0xaf4ab15f';
const HEAD_STALE = refusalOf(STALE);
const abi = new Interface(ledgerAbi);

/**
 * A chain with a pool, whose blocks come when a test says so; the index follows at once. Statements are recorded by
 * their calldata, alone or in a batch. What a statement extends is the test's to say (`needs`).
 */
export class FakePool implements Sender {
  readonly address = account('relayer').address;
  readonly ledger = account('fake ledger').address;
  readonly pool = new Map<number, Transaction>();
  /** Every transaction that the pool took, in order. */
  readonly taken: Transaction[] = [];
  readonly needs = new Map<Hex, Hex>();
  /** Statements that the ledger refuses in a block although the simulation accepts them. */
  readonly failing = new Set<Hex>();
  /** Gas that each statement needs, as estimated. */
  gas = 100_000n;
  /** Gas that a statement needs in a block, where that is not what the estimate says. */
  readonly gasInBlock = new Map<Hex, bigint>();
  /** Batches of more statements than that are turned away. */
  largestBatch = Infinity;
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
    const transactions: Mined[] = [];
    for (let nonce = await this.nonce(); this.pool.has(nonce); nonce++) {
      const transaction = this.pool.get(nonce) as Transaction;
      this.pool.delete(nonce);
      transactions.push(this.#run(transaction, transactions));
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
      tips: async () => ({ head: this.#header(this.#reachable()), finalized: 0, beside: null }),
      simulate: async (data) => this.#verdict(this.#reachable() && data),
      chainId: unused,
      header: unused,
      blocks: unused,
      settledBlocks: unused,
      code: unused,
      call: unused,
      isSignedBy: unused,
    };
  }

  /** The statements that a transaction carries, by calldata. */
  carriedBy({ data }: Pick<Transaction, 'data'>): SignedStatement[] {
    const isBatch = data.startsWith(abi.getFunction('submit')?.selector as string);
    const calls: Hex[] = isBatch ? [...abi.decodeFunctionData('submit', data)[0]] : [data];
    return calls.flatMap((call) => this.#statements.get(call) ?? []);
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

  async blockGas(): Promise<bigint> {
    return 30_000_000n;
  }

  async estimate({ data }: Pick<TransactionRequest, 'data'>): Promise<bigint> {
    if (this.unclear.has(this.#statements.get(data)?.id ?? '0x'))
      throw new NodeError(-32_000, 'execution timed out');
    if (this.#verdict(data) !== null) throw new NodeError(3, 'execution reverted', STALE);
    return this.gas;
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
      return found ? { block, succeeded: found.succeeded, created: null, logs: found.logs } : null;
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
    if (this.carriedBy(transaction).length > this.largestBatch)
      return { status: 'refused', message: 'oversized data' };
    if (offered < price) return { status: 'underpriced', message: 'underpriced' };
    this.pool.set(nonce, transaction);
    this.taken.push(transaction);
    return { status: 'sent', message: '' };
  }

  #verdict(data: Hex): Refusal | null {
    const { id } = this.#statements.get(data) as SignedStatement;
    return this.#isDue(id, new Set(this.#index.statementIds())) ? null : HEAD_STALE;
  }

  #isDue(id: Hex, recorded: ReadonlySet<Hex>): boolean {
    const needed = this.needs.get(id);
    return !recorded.has(id) && (!needed || recorded.has(needed));
  }

  /** As the ledger does it: a batch records what it can, unless its gas does not reach the end. */
  #run(transaction: Transaction, before: readonly Mined[]): Mined {
    const carried = this.carriedBy(transaction);
    const gas = carried.reduce((sum, { id }) => sum + (this.gasInBlock.get(id) ?? this.gas), 0n);
    const state = new Set(this.#index.statementIds());
    for (const { recorded } of before) for (const { id } of recorded) state.add(id);
    const [recorded, logs]: [SignedStatement[], Log[]] = [[], []];
    carried.forEach((statement, index) => {
      const { id } = statement;
      const isTaken = !this.failing.has(id) && this.#isDue(id, state);
      logs.push(this.#log(isTaken ? recordedLog(id) : refusedLog(index)));
      if (isTaken) recorded.push(statement);
      if (isTaken) state.add(id);
    });
    const succeeded = gas <= transaction.gas && (carried.length > 1 || recorded.length > 0);
    return succeeded
      ? { ...transaction, succeeded, recorded, logs }
      : { ...transaction, succeeded, recorded: [], logs: [] };
  }

  #log(content: Pick<Log, 'topics' | 'data'>): Log {
    return { address: this.ledger, ...content };
  }

  async #extendIndex(transactions: readonly Mined[]): Promise<void> {
    const recorded = transactions.flatMap((each) =>
      each.recorded.map((one) => ({ ...one, hash: each.hash })),
    );
    const events = recorded.map(
      ({ id, statement, signature, hash }, logIndex): RecordedEvent => ({
        logIndex,
        transaction: hash,
        event: { kind: 'statement', id, statement, signer: this.address, signature },
      }),
    );
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

function recordedLog(id: Hex): Pick<Log, 'topics' | 'data'> {
  return { topics: [hex(abi.getEvent('FacilityRegistrationRecorded')?.topicHash as string), id], data: '0x' };
}

function refusedLog(index: number): Pick<Log, 'topics' | 'data'> {
  const { topics, data } = abi.encodeEventLog('Refused', [index, STALE]);
  return { topics: topics.map(hex), data: hex(data) };
}
