import { withMargin } from '../chain/perform.ts';
import { MAX_GAS } from '../chain/refusals.ts';
import type { Fees, Sender, SendOutcome, SignedTransaction } from '../chain/sender.ts';
import type { Hex } from '../protocol/hex.ts';

/** A statement that is ready to be sent. `gas`: as estimated; `ample`: spare no gas, an earlier try fell short. */
export type Cargo = {
  readonly id: Hex;
  readonly data: Hex;
  readonly gas: bigint;
  readonly ample: boolean;
};

/** What became of a statement's transaction. `mined` is null where it never came into a block. */
export type Landing = {
  readonly id: Hex;
  readonly mined: { readonly block: number; readonly transaction: Hex } | null;
  readonly succeeded: boolean;
};

/** Why a send stopped: at which statement, and what the node said. Those from there on were not sent. */
export type SendStop = { readonly id: Hex; readonly outcome: SendOutcome };

type Flight = Cargo & {
  readonly nonce: number;
  fees: Fees;
  /** Newest last. More than one where the fee had to be raised. */
  readonly sent: SignedTransaction[];
  sentAt: number;
  unclear: boolean;
};

/** Transactions in flight at most: more than a node's pool is sure to keep of one account help nobody. */
const CAPACITY = 16;
/** After that long without a block, the fee is raised. Milliseconds. */
const STUCK_AFTER = 60_000;
/** Times that a fee is raised, by a quarter each, before patience is all that is left. */
const REPLACEMENTS = 10;
const HIGHEST_OFFER = 1_000n;

/**
 * The relayer's transactions that are sent and not mined, in the order of their nonces. Only memory: after a restart
 * the statements that are still pending are sent again, from the first nonce that no block has. A transaction of an
 * earlier run that is still in a pool has that nonce, and gives way or wins; either way each statement counts once.
 */
export class Flights {
  readonly #sender: Sender;
  readonly #ledger: Hex;
  readonly #now: () => number;
  #flights: Flight[] = [];
  /** In percent of what the chain asks; raised while it finds the offers too low. */
  #offer = 100n;

  /** @param now Unix milliseconds */
  constructor(sender: Sender, ledger: Hex, now: () => number) {
    this.#sender = sender;
    this.#ledger = ledger;
    this.#now = now;
  }

  get size(): number {
    return this.#flights.length;
  }

  get room(): number {
    return CAPACITY - this.#flights.length;
  }

  has(id: Hex): boolean {
    return this.#flights.some((flight) => flight.id === id);
  }

  /** Sends statements in this order, as many as there is room for. @returns where it stopped, or null */
  async launch(cargo: readonly Cargo[]): Promise<SendStop | null> {
    const last = this.#flights.at(-1);
    const [nonce, asked] = await Promise.all([
      last ? last.nonce + 1 : this.#sender.nonce(),
      this.#sender.fees(),
    ]);
    const fees = raised(asked, this.#offer);
    const flights = cargo.slice(0, this.room).map((item, index) => this.#flight(item, nonce + index, fees));
    this.#flights.push(...flights);
    const outcomes = await this.#sender.broadcast(
      flights.map(({ sent }) => (sent[0] as SignedTransaction).raw),
    );
    return this.#taken(flights, outcomes);
  }

  /** Looks which transactions are mined, and sends again what may be lost. @returns those that left the air */
  async settle(): Promise<Landing[]> {
    if (this.#flights.length === 0) return [];
    // In this order: what the nonce shows as mined then has its receipt.
    const nonce = await this.#sender.nonce();
    const landings = await this.#landings(nonce);
    const landed = new Set(landings.map(({ id }) => id));
    this.#flights = this.#flights.filter(({ id }) => !landed.has(id));
    if (landed.size > 0) this.#offer = 100n;
    await this.#resend();
    return landings;
  }

  async #landings(nonce: number): Promise<Landing[]> {
    const hashes = this.#flights.flatMap(({ sent }) => sent.map(({ hash }) => hash));
    const receipts = await this.#sender.receipts(hashes);
    const found = new Map(hashes.map((hash, index) => [hash, receipts[index] ?? null]));
    return this.#flights.flatMap(({ id, sent, nonce: used }): Landing[] => {
      const transaction = sent.map(({ hash }) => hash).find((hash) => found.get(hash));
      const receipt = transaction && found.get(transaction);
      if (receipt)
        return [{ id, mined: { block: receipt.block, transaction }, succeeded: receipt.succeeded }];
      // The nonce went to a transaction that is not ours: the key is in use elsewhere.
      return used < nonce ? [{ id, mined: null, succeeded: false }] : [];
    });
  }

  /** Offers again what nobody answered to or no block took. The lowest nonce holds all others back: for it, more. */
  async #resend(): Promise<void> {
    const now = this.#now();
    const stuck = this.#flights.filter(({ sentAt }) => now - sentAt > STUCK_AFTER);
    for (const flight of stuck) Object.assign(flight, { unclear: true, sentAt: now });
    const first = stuck[0] === this.#flights[0] ? stuck[0] : undefined;
    if (first && first.sent.length <= REPLACEMENTS) {
      first.fees = raised(first.fees, 125n);
      first.sent.push(this.#sign(first, first.nonce, first.fees));
    }
    const unclear = this.#flights.filter((flight) => flight.unclear);
    if (unclear.length === 0) return;
    const outcomes = await this.#sender.broadcast(
      unclear.map(({ sent }) => (sent.at(-1) as SignedTransaction).raw),
    );
    // What a nonce was used for is the next look's to find out.
    if (outcomes.every(({ status }) => status !== 'nonce-used')) this.#taken(unclear, outcomes);
  }

  /** Keeps what the node took or may have taken, and drops the rest: those statements are pending again. */
  #taken(flights: readonly Flight[], outcomes: readonly SendOutcome[]): SendStop | null {
    const stop = outcomes.findIndex(({ status }) => status !== 'sent' && status !== 'unclear');
    flights.forEach((flight, index) => {
      flight.unclear = outcomes[index]?.status === 'unclear';
      if (!flight.unclear) flight.sentAt = this.#now();
    });
    const [flight, outcome] = [flights[stop], outcomes[stop]];
    if (!flight || !outcome) return null;
    // Of a replacement that is refused, the original may still be in the pool, and keeps its nonce.
    const isFirstTry = flight.sent.length === 1;
    const offer = (this.#offer * 125n) / 100n;
    if (outcome.status === 'underpriced') this.#offer = offer < HIGHEST_OFFER ? offer : HIGHEST_OFFER;
    if (isFirstTry) this.#flights = this.#flights.filter(({ nonce }) => nonce < flight.nonce);
    return { id: flight.id, outcome };
  }

  #flight(cargo: Cargo, nonce: number, fees: Fees): Flight {
    const sent = [this.#sign(cargo, nonce, fees)];
    return { ...cargo, nonce, fees, sent, sentAt: this.#now(), unclear: true };
  }

  #sign({ data, gas, ample }: Cargo, nonce: number, fees: Fees): SignedTransaction {
    return this.#sender.sign({ nonce, to: this.#ledger, data, gas: ample ? MAX_GAS : withMargin(gas), fees });
  }
}

function raised(fees: Fees, percent: bigint): Fees {
  // Rounded up, so that small fees rise as well.
  const raise = (wei: bigint): bigint => (wei * percent + 99n) / 100n;
  if ('gasPrice' in fees) return { gasPrice: raise(fees.gasPrice) };
  return { maxFeePerGas: raise(fees.maxFeePerGas), maxPriorityFeePerGas: raise(fees.maxPriorityFeePerGas) };
}
