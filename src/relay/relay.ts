import type { Log } from '../chain/log.ts';
import type { LedgerNode } from '../chain/node.ts';
import { backoffMs, Pulse } from '../chain/pulse.ts';
import type { Refusal } from '../chain/refusals.ts';
import type { Sender } from '../chain/sender.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Fate } from './fates.ts';
import { Flights, type Landing, type SendStop } from './flights.ts';
import { judgeAll } from './judge.ts';
import type { Cargo } from './parcels.ts';
import type { IndexProgress, Outbox, OutboxStatement } from './port.ts';
import { type Setback, Setbacks } from './setbacks.ts';

export type RelayStatus = {
  /** The account that pays. */
  readonly account: Hex;
  /** In wei; null = not read yet. */
  readonly balance: bigint | null;
  /** Transactions that are sent and not mined. */
  readonly inFlight: number;
  /** What keeps statements from being sent, for people; null = nothing. */
  readonly error: string | null;
};

export type RelayOptions = {
  readonly node: LedgerNode;
  readonly sender: Sender;
  readonly outbox: Outbox;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** How often to look, in milliseconds. */
  readonly pollMs?: number;
  /** Told which statements a block holds now: time to wake the indexer. Must not throw. */
  readonly onMined?: (ids: readonly Hex[]) => void;
  /** Told what becomes of statements. None of it may throw. */
  readonly watch?: RelayWatch;
};

export type RelayWatch = {
  /** A transaction that carries these is on its way. */
  sent(statements: readonly OutboxStatement[], transaction: Hex): void;
  /** The statement is closed: the ledger, at that block, refuses it. */
  rejected(statement: OutboxStatement, refusal: Refusal, block: number): void;
  /** It was sent, and no block recorded it. */
  setBack(id: Hex, kind: Fate['kind']): void;
};

export interface Relay {
  /** Resolves after the signal aborted. Never rejects. */
  readonly done: Promise<void>;
  /** Looks at the outbox now. */
  poke(): void;
  status(): RelayStatus;
}

/**
 * Brings accepted statements onto the chain until the signal aborts, in the order of their acceptance. One relay runs
 * at a time. Nothing here has to survive the process: what is pending follows from the outbox and the index, so what a
 * crash or a reorg takes is simply sent again.
 */
export function startRelay(options: RelayOptions): Relay {
  const courier = new Courier(options);
  return { done: courier.run(), poke: () => courier.poke(), status: () => courier.status() };
}

/** How many statements are judged before those that the ledger accepts are sent. */
const PAGE = 128;

type Accepted = { readonly item: OutboxStatement; readonly cargo: Cargo };

/** The account cannot pay: for the operator. */
class OutOfFunds extends Error {
  override readonly name = 'OutOfFunds';
}

class Courier {
  readonly #options: RelayOptions;
  readonly #flights: Flights;
  readonly #pulse = new Pulse();
  readonly #setbacks: Setbacks;
  /** Statements that a block holds, until the index has it too. */
  readonly #landed = new Map<Hex, { readonly block: number; readonly transaction: Hex }>();
  /** Statements that the present state refused: no need to ask it again. */
  readonly #refusedNow = new Set<Hex>();
  /** Of this round: the position of the first statement that may still change what those after it meet. */
  #hopeful = Infinity;
  #launches = 0;
  #state = '';
  #failures = 0;
  #error: string | null = null;
  #balance: bigint | null = null;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#flights = new Flights(options.sender, options.node.ledger, options.now);
    this.#setbacks = new Setbacks(options.now);
  }

  poke(): void {
    this.#pulse.poke();
  }

  status(): RelayStatus {
    const account = this.#options.sender.address;
    return { account, balance: this.#balance, inFlight: this.#flights.size, error: this.#error };
  }

  async run(): Promise<void> {
    const { signal, pollMs = 250 } = this.#options;
    while (!signal.aborted) {
      try {
        const moved = await this.#round();
        this.#failures = 0;
        this.#error = null;
        if (!moved) await this.#pulse.wait(pollMs, signal);
      } catch (error) {
        await this.#failed(error);
      }
    }
  }

  /** @returns whether anything was sent or mined: then look again at once */
  async #round(): Promise<boolean> {
    const { outbox, signal } = this.#options;
    const landings = this.#take(await this.#flights.settle());
    const progress = await outbox.progress();
    await this.#forgetLanded(progress);
    let page = await outbox.pending(0, PAGE);
    if (page.length > 0) await this.#lookAt(progress);
    let launched = 0;
    this.#hopeful = Infinity;
    while (page.length > 0 && !this.#flights.isFull && !signal.aborted) {
      launched += await this.#handle(page.filter((statement) => this.#isDue(statement)));
      page = await outbox.pending(page.at(-1)?.position ?? 0, PAGE);
    }
    return landings > 0 || launched > 0;
  }

  /** What the index has seen, the outbox knows. What the chain took back is pending again. */
  async #forgetLanded({ indexed }: IndexProgress): Promise<void> {
    for (const [id, { block }] of this.#landed) if (block <= indexed) this.#landed.delete(id);
    if (this.#landed.size === 0) return;
    const hashes = [...new Set([...this.#landed.values()].map(({ transaction }) => transaction))];
    const receipts = await this.#options.sender.receipts(hashes);
    const dropped = new Set(hashes.filter((_, index) => !receipts[index]));
    for (const [id, { transaction }] of this.#landed) if (dropped.has(transaction)) this.#landed.delete(id);
  }

  /** Names the state that this round's statements meet. */
  async #lookAt({ indexed, finalized }: IndexProgress): Promise<void> {
    const { head } = await this.#options.node.tips();
    const state = `${head.hash} ${indexed} ${finalized} ${this.#launches}`;
    if (state !== this.#state) this.#refusedNow.clear();
    this.#state = state;
  }

  #isDue({ id, position, waitsFor }: OutboxStatement): boolean {
    if (this.#landed.has(id)) return false;
    const isUnderway = this.#flights.has(id) || this.#setbacks.holds(id);
    if (isUnderway) this.#hope(id, position);
    return !isUnderway && !this.#refusedNow.has(id) && !waitsFor.some((other) => this.#isAwaited(other));
  }

  /** Whether what builds on that open statement need not be judged yet. */
  #isAwaited(id: Hex): boolean {
    return !this.#landed.has(id) && !this.#setbacks.isWornOut(id);
  }

  #hope(id: Hex, position: number): void {
    if (!this.#setbacks.isWornOut(id)) this.#hopeful = Math.min(this.#hopeful, position);
  }

  #take(landings: readonly Landing[]): number {
    const { log, onMined } = this.#options;
    const recorded: Hex[] = [];
    for (const { id, mined, fate } of landings) {
      if (mined && fate.kind === 'recorded') {
        recorded.push(id);
        this.#landed.set(id, mined);
        this.#setbacks.forget(id);
        continue;
      }
      this.#setbacks.add(id, setbackOf(fate));
      this.#options.watch?.setBack(id, fate.kind);
      log.warn({ id, ...mined }, `${happened(fate)}; trying again`);
    }
    if (recorded.length > 0) onMined?.(recorded);
    return landings.length;
  }

  /** Judges statements on one state, sends those that it accepts, and deals with the others. @returns how many it sent */
  async #handle(page: readonly OutboxStatement[]): Promise<number> {
    if (page.length === 0) return 0;
    const judged = await judgeAll(page, { ...this.#options, setbacks: this.#setbacks });
    const { head } = await this.#options.node.tips();
    const launched = await this.#launch(
      judged.flatMap(({ item, verdict }) => (verdict.kind === 'accepted' ? [{ item, ...verdict }] : [])),
    );
    for (const { item, verdict } of judged)
      if (verdict.kind !== 'refused') this.#hope(item.id, item.position);
    for (const { item, verdict } of judged) {
      if (verdict.kind !== 'refused') continue;
      const { refusal } = verdict;
      this.#refusedNow.add(item.id);
      if (refusal.permanent || item.position < this.#hopeful) await this.#refused(item, refusal, head.number);
    }
    return launched;
  }

  async #launch(accepted: readonly Accepted[]): Promise<number> {
    if (accepted.length === 0) return 0;
    const { sender } = this.#options;
    const before = this.#flights.size;
    const stop = await this.#flights.launch(
      accepted.map(({ cargo }) => cargo),
      async () => {
        this.#balance = await sender.balance();
        return this.#balance;
      },
    );
    this.#launches += 1;
    this.#tellSent(accepted.map(({ item }) => item));
    if (stop) this.#stopped(stop);
    return this.#flights.size - before;
  }

  #tellSent(items: readonly OutboxStatement[]): void {
    const byTransaction = Map.groupBy(items, ({ id }) => this.#flights.transactionOf(id));
    for (const [transaction, sent] of byTransaction)
      if (transaction !== null) this.#options.watch?.sent(sent, transaction);
  }

  #stopped({ ids, outcome: { status, message } }: SendStop): void {
    const { log, sender } = this.#options;
    if (status === 'no-funds')
      throw new OutOfFunds(
        `The relayer's account ${sender.address} cannot pay for a transaction (balance ${this.#balance} wei): fund it. Statements wait in the outbox. ${message}`,
      );
    if (status === 'refused')
      for (const id of ids) this.#setbacks.add(id, ids.length === 1 ? 'odd' : 'dragged');
    log.warn({ ids, status }, `the chain did not take a transaction with statements: ${message}`);
  }

  /**
   * Closed at once where no later state could accept it; otherwise only once the state that refused it is final, and
   * the present one refuses it for the same reason. In both cases the index must have seen every block up to that
   * state: it may hold the statement itself, recorded by someone else, and then the outbox keeps it open.
   */
  async #refused(item: OutboxStatement, refusal: Refusal, block: number): Promise<void> {
    const { outbox, now, watch } = this.#options;
    const { id, refused } = item;
    if (refusal.code === 'statement-already-recorded') return;
    const { indexed, finalized } = await outbox.progress();
    const isSame = refused?.code === refusal.code;
    const isFinal = isSame && refused.block <= finalized;
    if (block <= indexed && (isFinal || refusal.permanent)) {
      const isRejected = await outbox.reject(id, refusal, block, Math.floor(now() / 1000));
      if (!isRejected) return;
      this.#setbacks.forget(id);
      watch?.rejected(item, refusal, block);
    } else if (!isSame) {
      await outbox.noteRefusal(id, refusal, block);
      // A chain that stands still has no other state to ask: asked once more, it may be believed.
      if (block <= finalized) this.#refusedNow.delete(id);
    }
  }

  /** A chain or a database that is away is waited for. */
  async #failed(error: unknown): Promise<void> {
    const { log, signal } = this.#options;
    if (signal.aborted) return;
    this.#failures += 1;
    this.#error = error instanceof Error ? error.message : String(error);
    if (error instanceof OutOfFunds) log.error({ account: this.#options.sender.address }, error.message);
    else log.warn({ err: error, failures: this.#failures }, 'the relay could not go on; trying again');
    await this.#pulse.wait(backoffMs(this.#failures), signal);
  }
}

function setbackOf({ kind }: Fate): Setback {
  if (kind === 'dragged') return 'dragged';
  return kind === 'displaced' ? 'unlucky' : 'failed';
}

function happened(fate: Fate): string {
  if (fate.kind === 'refused')
    return `the ledger refused a statement in a block, although it accepted it before (${fate.refusal.code}: ${fate.refusal.detail})`;
  if (fate.kind === 'dragged') return "a statement's batch failed as a whole";
  return fate.kind === 'displaced'
    ? "a statement's nonce went to another transaction"
    : "a statement's transaction failed";
}
