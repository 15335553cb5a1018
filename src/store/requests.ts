import { sql } from 'kysely';
import { type Hex, partyOfSubject, partySubject } from '../protocol/hex.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './queries/page.ts';
import type { Db } from './schema.ts';
import { bytes, text } from './values.ts';

export type RequestSubject = 'facility' | 'lot' | 'party' | 'dispatch' | 'attestation';

/** Whom a subject concerns: who operates the site, made the lot, sent the dispatch, attested, or is the party itself. */
export type Concerned = { readonly kind: RequestSubject; readonly subject: Hex; readonly addressee: Hex };

/** `asker`: null where nobody was signed in. `lot`, `rule`: whose certificate, and which finding of it. */
export type NewRequest = Concerned & {
  readonly id: Hex;
  readonly asker: Hex | null;
  readonly lot: Hex | null;
  readonly rule: string | null;
  readonly message: string;
  readonly contact: string | null;
  /** Unix seconds. */
  readonly askedAt: number;
};

/** `id`: the root of a document, or a statement; null where the party declined. */
export type RequestAnswer = {
  readonly kind: 'evidence' | 'statement' | 'declined';
  readonly id: Hex | null;
  readonly note: string | null;
  readonly answeredAt: number;
};

export type RequestRow = NewRequest & { readonly answer: RequestAnswer | null };

/** @param subject a facility's, lot's, dispatch's or attestation's id, or a party's account padded to 32 bytes */
export async function concernedBy(db: Db, subject: Hex): Promise<Concerned | null> {
  const party = partyOfSubject(subject);
  const isParty = partySubject(party) === subject;
  const { rows } = await sql<{ kind: RequestSubject; addressee: Hex }>`
    select 'facility' as kind, operator::bytea as addressee from facility where id = ${bytes(subject)}
    union all
    select 'lot', custodian::bytea from lot join production on production.id = lot.production where lot.id = ${bytes(subject)}
    union all
    select 'dispatch', consignor::bytea from dispatch where id = ${bytes(subject)}
    union all
    select 'attestation', auditor::bytea from attestation where id = ${bytes(subject)}
    union all
    select 'party', party::bytea from party_act where act = 'admit' and party = ${bytes(party)} and ${isParty}`.execute(
    db,
  );
  const [found] = rows;
  return found ? { ...found, subject } : null;
}

export async function addRequest(db: Db, request: NewRequest): Promise<void> {
  await db
    .insertInto('evidence_request')
    .values({
      ...{ id: bytes(request.id), addressee: bytes(request.addressee), subject_kind: request.kind },
      ...{ asker: request.asker && bytes(request.asker), subject: bytes(request.subject) },
      ...{ lot: request.lot && bytes(request.lot), rule: request.rule === null ? null : text(request.rule) },
      message: text(request.message),
      contact: request.contact === null ? null : text(request.contact),
      asked_at: request.askedAt,
    })
    .execute();
}

/** How many requests came since then: of that asker; without one, of strangers to the addressee. */
export async function requestsSince(
  db: Db,
  { asker, addressee }: Pick<NewRequest, 'asker' | 'addressee'>,
  since: number,
): Promise<number> {
  const whose =
    asker === null ? sql`asker is null and addressee = ${bytes(addressee)}` : sql`asker = ${bytes(asker)}`;
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from evidence_request where ${whose} and asked_at >= ${since}`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function requestById(db: Db, id: Hex): Promise<RequestRow | null> {
  const row = await db
    .selectFrom('evidence_request')
    .selectAll()
    .where('id', '=', bytes(id))
    .executeTakeFirst();
  return row ? requestRow(row) : null;
}

/** What a party received, or sent, the newest first. `open`: without an answer. @throws CursorInvalid */
export async function listRequests(
  db: Db,
  { party, box, open }: { readonly party: Hex; readonly box: 'received' | 'sent'; readonly open: boolean },
  { limit, cursor }: PageRequest,
): Promise<Page<RequestRow>> {
  let query = db
    .selectFrom('evidence_request')
    .selectAll()
    .where(box === 'received' ? 'addressee' : 'asker', '=', bytes(party));
  if (open) query = query.where('answer', 'is', null);
  if (cursor !== undefined) query = query.where('position', '<', readCursor(cursor, 1)[0] ?? 0);
  const rows = await query
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, { item: requestRow, position: ({ position }) => [position] });
}

/** @returns false where it has an answer already */
export async function answerRequest(db: Db, id: Hex, answer: RequestAnswer): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('evidence_request')
    .set({
      ...{ answer: answer.kind, answer_id: answer.id && bytes(answer.id), answered_at: answer.answeredAt },
      answer_note: answer.note === null ? null : text(answer.note),
    })
    .where('id', '=', bytes(id))
    .where('answer', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

type Selected = {
  id: Hex;
  addressee: Hex;
  asker: Hex | null;
  subject_kind: RequestSubject;
  subject: Hex;
  lot: Hex | null;
  rule: string | null;
  message: string;
  contact: string | null;
  asked_at: number;
  answer: RequestAnswer['kind'] | null;
  answer_id: Hex | null;
  answer_note: string | null;
  answered_at: number | null;
};

function requestRow(row: Selected): RequestRow {
  const { subject_kind: kind, asked_at: askedAt, answer, answered_at: answeredAt, ...rest } = row;
  const { id, addressee, asker, subject, lot, rule, message, contact } = rest;
  return {
    ...{ id, addressee, asker, kind, subject, lot, rule, message, contact, askedAt },
    answer:
      answer === null || answeredAt === null
        ? null
        : { kind: answer, id: row.answer_id, note: row.answer_note, answeredAt },
  };
}
