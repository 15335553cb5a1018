import type { Refusal } from '../chain/refusals.ts';
import type { Witness } from '../chain/witness.ts';
import type { EvidenceDocument } from '../protocol/evidence.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Birth } from '../protocol/lots.ts';
import type { Attestation, Dispatch, Production, Statement, StatementType } from '../protocol/statements.ts';
import type { Outbox } from '../relay/port.ts';
import { acceptAll, openOrRecorded } from './outbox/accept.ts';
import { type Crowd, crowdIn } from './outbox/crowd.ts';
import { inGroups } from './outbox/groups.ts';
import { birthsOf, headsOf, messageOf, tailOf } from './outbox/heads.ts';
import { movedOf } from './outbox/moved.ts';
import { clearRefusal, noteRefusal, pending, progress, reject } from './outbox/relaying.ts';
import { backlog, openAmong, openOf, operatorsOf, statusOf } from './outbox/status.ts';
import type { LogKey } from './projections/observation.ts';
import type { Db, LotStatus } from './schema.ts';

/** A statement that the API has checked. The heads that it makes follow from it. */
export type NewStatement = {
  readonly id: Hex;
  readonly statement: Statement;
  readonly signature: Hex;
  readonly witness: Witness;
  /** Documents to keep with it. Their roots are the caller's to check. */
  readonly evidence: readonly EvidenceDocument[];
  /** Unix seconds. */
  readonly at: number;
};

/**
 * - `accepted`: stored.
 * - `known`: it is open or recorded already; nothing changed.
 * - `full`: `open` statements are waiting, as many as the outbox takes, the oldest since then (Unix seconds).
 * - `head-taken`: another accepted statement, `by`, extends the same head of `lot`. For an observation: the same tail of
 *   its log, and `lot` says nothing.
 */
export type Acceptance =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'known' }
  | ({ readonly kind: 'full' } & Crowd)
  | { readonly kind: 'head-taken'; readonly lot: Hex; readonly by: Hex };

export type StatementState = 'pending' | 'recorded' | 'final' | 'rejected';

/** What became of a statement, whoever sent it. */
export type StatementStatus = {
  readonly id: Hex;
  readonly statement: Statement;
  readonly author: Hex;
  /** Null until it is recorded: only the ledger tells whose signature it took. */
  readonly signer: Hex | null;
  readonly signature: Hex;
  readonly status: StatementState;
  /** Null where it came another way than through this outbox. */
  readonly acceptedAt: number | null;
  readonly recordedAt: number | null;
  readonly block: number | null;
  readonly transaction: Hex | null;
  /** Why it is rejected, or why it waits. */
  readonly refusal: Pick<Refusal, 'code' | 'detail' | 'permanent'> | null;
};

/**
 * What the next statement on a lot must name, and whose lot it is then (in transit: still the consignor's).
 * `pendingBy`: the open statement that makes that head, if one does.
 */
export type LotHeadNow = {
  readonly head: Hex;
  readonly status: LotStatus;
  readonly custodian: Hex;
  readonly pendingBy: Hex | null;
};

/** The outbox as the relay and the API see it. */
export interface StatementOutbox extends Outbox {
  /**
   * Stores a statement, its evidence and the heads that it makes, in one transaction. Idempotent by id; a statement
   * that was rejected is taken again, as a new one.
   */
  accept(statement: NewStatement): Promise<Acceptance>;
  /** Whether there is no room, if the last that was offered here found none: else it asks nobody. Null = there is. */
  crowded(): Promise<Crowd | null>;
  /** Whether it is open or recorded. */
  knows(id: Hex): Promise<boolean>;
  /** Those of the statements that are open. */
  openAmong(ids: readonly Hex[]): Promise<ReadonlySet<Hex>>;
  /** Whose each facility is, by the index and the open registrations. Those that neither knows are absent. */
  operatorsOf(facilities: readonly Hex[]): Promise<ReadonlyMap<Hex, Hex>>;
  statusOf(id: Hex): Promise<StatementStatus | null>;
  /** Over the index and the open statements that extend it. Lots that neither knows are absent. */
  headsOf(lots: readonly Hex[]): Promise<Map<Hex, LotHeadNow>>;
  /** The witness of each lot, from the index or an open production. Lots that neither knows are absent. */
  birthsOf(lots: readonly Hex[]): Promise<Map<Hex, Birth>>;
  /** The whole dispatch, from the index or the outbox. */
  dispatchOf(id: Hex): Promise<Dispatch | null>;
  /** The whole production, from the index or the outbox: a correction's witness, with the births of its inputs. */
  productionOf(id: Hex): Promise<Production | null>;
  /** The whole attestation, from the index or the outbox: a revocation's witness. */
  attestationOf(id: Hex): Promise<Attestation | null>;
  /** What the log's next observation must name, over the index and the open statements; zero where it is the first. */
  tailOf(log: LogKey): Promise<Hex>;
  /** The open statements of an author, of those types, in the order of acceptance. */
  openOf(author: Hex, types: readonly StatementType[]): Promise<readonly Statement[]>;
  /** Those of the lots that were ever sent, by the index and the open statements: what made them stands. */
  movedOf(lots: readonly Hex[]): Promise<ReadonlySet<Hex>>;
  /** How many statements are open, and when the oldest of them was accepted (Unix seconds). */
  backlog(): Promise<{ readonly open: number; readonly oldest: number | null }>;
}

/** Of statements that share a transaction. `most`: a group of the largest ones is some megabytes. */
const GROUP = { most: 64, apartMs: 100 };

/** @param limit how many statements may be open */
export function createOutbox(db: Db, limit: number): StatementOutbox {
  let wasFull = false;
  const acceptInGroup = inGroups(
    (group: readonly NewStatement[]) => db.transaction().execute((trx) => acceptAll(trx, group, limit)),
    GROUP,
  );
  return {
    accept: async (statement) => {
      const acceptance = await acceptInGroup(statement);
      if (acceptance.kind === 'full') wasFull = true;
      return acceptance;
    },
    crowded: async () => {
      const crowd = wasFull ? await crowdIn(db, limit, 1) : null;
      wasFull = crowd !== null;
      return crowd;
    },
    knows: async (id) => (await openOrRecorded(db, [id])).length > 0,
    openAmong: (ids) => openAmong(db, ids),
    operatorsOf: (facilities) => operatorsOf(db, facilities),
    statusOf: (id) => statusOf(db, id),
    headsOf: (lots) => headsOf(db, lots),
    birthsOf: (lots) => birthsOf(db, lots),
    dispatchOf: (id) => messageOf(db, 'Dispatch', id),
    productionOf: (id) => messageOf(db, 'Production', id),
    attestationOf: (id) => messageOf(db, 'Attestation', id),
    tailOf: (log) => tailOf(db, log),
    openOf: (author, types) => openOf(db, author, types),
    movedOf: (lots) => movedOf(db, lots),
    backlog: () => backlog(db),
    pending: (after, count) => pending(db, after, count),
    progress: () => progress(db),
    noteRefusal: (id, refusal, block) => noteRefusal(db, id, refusal, block),
    clearRefusal: (id) => clearRefusal(db, id),
    reject: (id, refusal, block, at) =>
      db.transaction().execute((trx) => reject(trx, id, { refusal, block, at })),
  };
}
