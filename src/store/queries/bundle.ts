import { sql } from 'kysely';
import type { EvidenceField } from '../../protocol/evidence.ts';
import { type Hex, partySubject } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { anyOf, bytes, bytesArray } from '../values.ts';
import { historyOf } from './history.ts';
import { legsOf } from './legs.ts';
import { observationsOn } from './observations.ts';

/** A statement as it was recorded. `message` is JSON, masses as decimal strings. */
export type RecordedRow = {
  readonly seq: number;
  readonly block: number;
  readonly recordedAt: number;
  readonly type: string;
  readonly message: unknown;
  readonly signer: Hex;
  readonly signature: Hex;
};
/** An act of the registrar or the accreditor, by the name of its event, with that event's fields. */
export type ActRow = {
  readonly seq: number;
  readonly block: number;
  readonly recordedAt: number;
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** What a lot's full bundle holds, before its proofs: all of one moment. */
export type BundleRows = {
  readonly ledger: { readonly chainId: number; readonly address: Hex };
  readonly asOf: { readonly block: number; readonly hash: Hex };
  readonly lot: Hex;
  /** In the order of the ledger. */
  readonly statements: readonly RecordedRow[];
  readonly acts: readonly ActRow[];
  readonly documents: readonly { readonly root: Hex; readonly fields: readonly EvidenceField[] }[];
};

type History = NonNullable<Awaited<ReturnType<typeof historyOf>>>;

/**
 * All statements, acts and documents that a lot's certificate follows from: its history, what its history is checked by,
 * and everything that was said of any subject in it. Null where there is no such lot.
 *
 * @param limit the most productions  @throws HistoryTooLarge
 */
export function bundleRowsOf(db: Db, lot: Hex, limit: number): Promise<BundleRows | null> {
  return inSnapshot(db, async (trx) => {
    const history = await historyOf(trx, lot, limit);
    if (!history) return null;
    const ids = await statementsOf(trx, history);
    const base = await recordedBy(trx, ids);
    const keys = await keyStatementsOf(
      trx,
      base.map(({ id }) => id),
    );
    const statements = [...base, ...(await recordedBy(trx, keys))].sort((a, b) => a.seq - b.seq);
    return {
      ledger: history.ledger,
      asOf: history.asOf,
      lot,
      statements,
      acts: await actsOf(
        trx,
        history,
        statements.map(({ author }) => author),
      ),
      documents: await documentsOf(trx, history.disclosed.keys()),
    };
  });
}

async function statementsOf(db: Db, history: History): Promise<Set<Hex>> {
  const { productions, facilities, parties, attestations, corrections, observations } = history;
  const beside = await observationsOn(db, [...facilities.keys(), ...[...parties.keys()].map(partySubject)]);
  return new Set([
    ...productions.keys(),
    ...facilities.keys(),
    ...travelledBy(history.legs),
    ...travelledBy(await legsSince(db, history)),
    ...(await spenderOf(db, history)),
    ...corrections.flatMap(({ id, production }) => [id, production]),
    ...attestations.flatMap(({ id, revocations }) => [id, ...revocations.map((revocation) => revocation.id)]),
    ...[...observations, ...beside].map(({ id }) => id),
  ]);
}

function travelledBy(legs: History['legs']): Hex[] {
  return [...legs.values()]
    .flat()
    .flatMap(({ dispatch, receipt }) => (receipt ? [dispatch, receipt.id] : [dispatch]));
}

/** What went into a void lot was given back, and may have travelled since: its head names that. */
async function legsSince(db: Db, { state, lots, lot, productions }: History): Promise<History['legs']> {
  const production = productions.get(lots.get(lot)?.production ?? lot);
  return state.status === 'void' && production ? legsOf(db, production.inputs) : new Map();
}

async function spenderOf(db: Db, { lot, state }: History): Promise<Hex[]> {
  if (state.status !== 'spent') return [];
  const { rows } = await sql<{ production: Hex }>`
    select input.production from production_input input
    where input.lot = ${bytes(lot)}
      and not exists (select from correction where correction.production = input.production)`.execute(db);
  return rows.map(({ production }) => production);
}

type Recorded = RecordedRow & { readonly id: Hex; readonly author: Hex };

function recordedBy(db: Db, ids: Iterable<Hex>): Promise<Recorded[]> {
  return db
    .selectFrom('statement')
    .select(['id', 'seq', 'block', 'type', 'author', 'message', 'signer', 'signature'])
    .select('recorded_at as recordedAt')
    .where('id', '=', anyOf(ids))
    .orderBy('seq')
    .execute();
}

/** The delegations by which any of the statements were signed, and every replacement of their authors' keys. */
async function keyStatementsOf(db: Db, statements: readonly Hex[]): Promise<Hex[]> {
  const { rows } = await sql<{ id: Hex }>`
    with told as (select author, signer from statement where id = any(${bytesArray(statements)}))
    select id from delegation
    where exists (select from told where told.author = delegation.party and told.signer = delegation.delegate)
    union all
    select id from key_replacement where party in (select author from told)`.execute(db);
  return rows.map(({ id }) => id);
}

async function actsOf(db: Db, history: History, authors: readonly Hex[]): Promise<ActRow[]> {
  const auditors = history.attestations.map(({ auditor, scheme }) => `${auditor} ${scheme}`);
  const relied = new Set(auditors);
  const onAuditors = await accreditationActs(
    db,
    history.attestations.map(({ auditor }) => auditor),
  );
  const acts = [
    ...(await partyActs(db, history.parties.keys())),
    ...onAuditors.filter(({ fields: { auditor, scheme } }) => relied.has(`${auditor} ${scheme}`)),
    ...(await keyCompletions(db, authors)),
  ];
  return acts.sort((a, b) => a.seq - b.seq);
}

const partyEvents = {
  admit: 'PartyAdmitted',
  suspend: 'PartySuspended',
  reinstate: 'PartyReinstated',
} as const;
const accreditationEvents = { accredit: 'AuditorAccredited', withdraw: 'AccreditationWithdrawn' } as const;

async function partyActs(db: Db, parties: Iterable<Hex>): Promise<ActRow[]> {
  const rows = await db
    .selectFrom('party_act')
    .select(['seq', 'block', 'recorded_at as recordedAt', 'act', 'party', 'evidence'])
    .where('party', '=', anyOf(parties))
    .execute();
  return rows.map(({ act, party, evidence, ...place }) => ({
    ...place,
    type: partyEvents[act],
    fields: { party, evidence },
  }));
}

async function accreditationActs(db: Db, auditors: Iterable<Hex>): Promise<ActRow[]> {
  const rows = await db
    .selectFrom('accreditation_act')
    .select(['seq', 'block', 'recorded_at as recordedAt', 'act', 'auditor', 'scheme', 'evidence'])
    .where('auditor', '=', anyOf(auditors))
    .execute();
  return rows.map(({ act, auditor, scheme, evidence, ...place }) => ({
    ...place,
    type: accreditationEvents[act],
    fields: { auditor, scheme, evidence },
  }));
}

async function keyCompletions(db: Db, parties: Iterable<Hex>): Promise<ActRow[]> {
  const rows = await db
    .selectFrom('key_completion')
    .select(['seq', 'block', 'recorded_at as recordedAt', 'party', 'key', 'number'])
    .where('party', '=', anyOf(parties))
    .execute();
  return rows.map(({ party, key, number, ...place }) => ({
    ...place,
    type: 'KeyProposalCompleted',
    fields: { party, key, number },
  }));
}

async function documentsOf(db: Db, roots: Iterable<Hex>): Promise<BundleRows['documents']> {
  const rows = await db
    .selectFrom('evidence')
    .select(['root', 'fields'])
    .where('root', '=', anyOf(roots))
    .orderBy('root')
    .execute();
  return rows.map(({ root, fields }) => ({ root, fields: fields as EvidenceField[] }));
}
