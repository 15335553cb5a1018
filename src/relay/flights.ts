import { MAX_GAS } from '../chain/refusals.ts';
import type { Fees, Receipt, Sender, SendOutcome, SignedTransaction } from '../chain/sender.ts';
import type { Hex } from '../protocol/hex.ts';
import { type Fate, fatesOf } from './fates.ts';
import { type Cargo, type Parcel, pack } from './parcels.ts';

/** What became of a statement. `mined` is null where its transaction never came into a block. */
export type Landing = {
  readonly id: Hex;
  readonly mined: { readonly block: number; readonly transaction: Hex } | null;
  readonly fate: Fate;
};

/** Why a send stopped: at which transaction's statements, and what the node said. Those from there on were not sent. */
export type SendStop = { readonly ids: readonly Hex[]; readonly outcome: SendOutcome };

type Flight = Parcel & {
  readonly nonce: number;
  fees: Fees;
  /** Newest last. More than one where the fee had to be raised. */
  readonly sent: SignedTransaction[];
  sentAt: number;
  unclear: boolean;
};

/** In slots of a node's pool: more than it is sure to keep of one account help nobody. */
const CAPACITY = 16;
/** Bytes of a transaction. */
const SLOT = 32 * 1024;
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
  #flights: readonly Flight[] = [];
  #aboard: ReadonlySet<Hex> = new Set();
  /** In percent of what the chain asks; raised while it finds the offers too low. */
  #offer = 100n;
  /** Since when the chain's next nonce is below all that is in the air. */
  #cutOffSince: number | null = null;

  /** @param now Unix milliseconds */
  constructor(sender: Sender, ledger: Hex, now: () => number) {
    this.#sender = sender;
    this.#ledger = ledger;
    this.#now = now;
  }

  /** In transactions. */
  get size(): number {
    return this.#flights.length;
  }

  get isFull(): boolean {
    return slotsOf(this.#flights) >= CAPACITY;
  }

  has(id: Hex): boolean {
    return this.#aboard.has(id);
  }

  /** The newest transaction that carries a statement; null where none does. */
  transactionOf(id: Hex): Hex | null {
    return this.#flights.find(({ ids }) => ids.includes(id))?.sent.at(-1)?.hash ?? null;
  }

  /**
   * Packs statements in this order, and sends as many as there is room for. @returns where it stopped, or null
   * @param balanceNow reads the account's, in wei
   */
  async launch(cargo: readonly Cargo[], balanceNow: () => Promise<bigint>): Promise<SendStop | null> {
    const last = this.#flights.at(-1);
    const [nonce, asked, block, balance] = await Promise.all([
      last ? last.nonce + 1 : this.#sender.nonce(),
      this.#sender.fees(),
      this.#sender.blockGas(),
      balanceNow(),
    ]);
    const fees = raised(asked, this.#offer);
    const parcels = pack(cargo, { block, affordable: gasFor(balance, fees) }).filter(
      (_, index, all) => slotsOf([...this.#flights, ...all.slice(0, index)]) < CAPACITY,
    );
    const flights = parcels.map((parcel, index) => this.#flight(parcel, nonce + index, fees));
    this.#keep([...this.#flights, ...flights]);
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
    this.#keep(this.#flights.filter((flight) => !landings.has(flight)));
    if (landings.size > 0) this.#offer = 100n;
    if (this.#isCutOff(nonce)) this.#keep([]);
    await this.#resend();
    return [...landings.values()].flat();
  }

  /**
   * Whether a reorganisation took back what had the nonces below the first one in the air, and no pool has it any more: then
   * nothing in the air can ever be mined. Asked for as long as a node may merely lag.
   */
  #isCutOff(nonce: number): boolean {
    const [first] = this.#flights;
    if (!first || first.nonce <= nonce) this.#cutOffSince = null;
    else this.#cutOffSince ??= this.#now();
    if (this.#cutOffSince === null || this.#now() - this.#cutOffSince <= STUCK_AFTER) return false;
    this.#cutOffSince = null;
    return true;
  }

  async #landings(nonce: number): Promise<Map<Flight, Landing[]>> {
    const hashes = this.#flights.flatMap(({ sent }) => sent.map(({ hash }) => hash));
    const receipts = await this.#sender.receipts(hashes);
    const found = new Map(hashes.map((hash, index) => [hash, receipts[index] ?? null]));
    const landings = new Map<Flight, Landing[]>();
    for (const flight of this.#flights) {
      const transaction = flight.sent.map(({ hash }) => hash).find((hash) => found.get(hash));
      const receipt = transaction && found.get(transaction);
      if (receipt) landings.set(flight, this.#landed(flight, transaction, receipt));
      // The nonce went to a transaction that is not ours: the key is in use elsewhere.
      else if (flight.nonce < nonce) landings.set(flight, flight.ids.map(displaced));
    }
    return landings;
  }

  #landed({ ids }: Flight, transaction: Hex, receipt: Receipt): Landing[] {
    const mined = { block: receipt.block, transaction };
    const fates = fatesOf(ids, receipt, this.#ledger);
    return ids.map((id, index) => ({ id, mined, fate: fates[index] as Fate }));
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
    if (isFirstTry) this.#keep(this.#flights.filter(({ nonce }) => nonce < flight.nonce));
    return { ids: flight.ids, outcome };
  }

  #keep(flights: readonly Flight[]): void {
    this.#flights = flights;
    this.#aboard = new Set(flights.flatMap(({ ids }) => ids));
  }

  #flight(parcel: Parcel, nonce: number, fees: Fees): Flight {
    const sent = [this.#sign(parcel, nonce, fees)];
    return { ...parcel, nonce, fees, sent, sentAt: this.#now(), unclear: true };
  }

  #sign({ data, gas }: Parcel, nonce: number, fees: Fees): SignedTransaction {
    return this.#sender.sign({ nonce, to: this.#ledger, data, gas, fees });
  }
}

function slotsOf(parcels: readonly Parcel[]): number {
  return parcels.reduce((sum, { data }) => sum + Math.ceil(data.length / 2 / SLOT), 0);
}

const displaced = (id: Hex): Landing => ({ id, mined: null, fate: { kind: 'displaced' } });

function gasFor(balance: bigint, fees: Fees): bigint {
  const price = 'gasPrice' in fees ? fees.gasPrice : fees.maxFeePerGas;
  return price === 0n ? MAX_GAS : balance / price;
}

function raised(fees: Fees, percent: bigint): Fees {
  // Rounded up, so that small fees rise as well.
  const raise = (wei: bigint): bigint => (wei * percent + 99n) / 100n;
  if ('gasPrice' in fees) return { gasPrice: raise(fees.gasPrice) };
  return { maxFeePerGas: raise(fees.maxFeePerGas), maxPriorityFeePerGas: raise(fees.maxPriorityFeePerGas) };
}
