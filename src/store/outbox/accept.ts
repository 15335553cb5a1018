import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import { authorOf } from '../../protocol/statements.ts';
import { insertAll } from '../bulk.ts';
import { putEvidence } from '../evidence.ts';
import type { Acceptance, NewStatement } from '../outbox.ts';
import type { NewHead } from '../projections/projection.ts';
import { headsOf, namedOnce, rootsOf } from '../projections/statement.ts';
import type { Db } from '../schema.ts';
import { anyOf, bytes, json } from '../values.ts';
import { headsOf as presentHeadsOf } from './heads.ts';
import { isOpen } from './open.ts';

/** Any number; the same for every process. */
const ACCEPTING = 4_051_970_001;

/** Inside a transaction. See StatementOutbox. */
export async function accept(db: Db, added: NewStatement, limit: number): Promise<Acceptance> {
  // One at a time: positions then come in sight in their order, and neither the limit nor a head is passed twice.
  await sql`select pg_advisory_xact_lock(${ACCEPTING})`.execute(db);
  const isKnown = await isOpenOrRecorded(db, added.id);
  const refusal = isKnown ? null : await obstacle(db, added, limit);
  if (refusal) return refusal;
  if (!isKnown) await insert(db, added);
  for (const document of added.evidence) await putEvidence(db, document, added.at);
  return { kind: isKnown ? 'known' : 'accepted' };
}

async function isOpenOrRecorded(db: Db, id: Hex): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from statement where id = ${bytes(id)})
      or exists (select from outbox where id = ${bytes(id)} and rejected_at is null) as known`.execute(db);
  return rows[0]?.known ?? false;
}

async function obstacle(db: Db, added: NewStatement, limit: number): Promise<Acceptance | null> {
  const { rows } = await sql<{ open: number }>`
    select count(*) as open from (select from outbox where ${isOpen} limit ${limit}) waiting`.execute(db);
  const open = rows[0]?.open ?? 0;
  if (open >= limit) return { kind: 'full', open, limit };
  return headTaken(db, await newHeads(db, added));
}

/** What a correction makes void may have been spent and given back before: then it extends that head. */
async function newHeads(db: Db, { id, statement, witness }: NewStatement): Promise<NewHead[]> {
  const heads = headsOf(id, statement, witness);
  const voided = heads.filter(({ status }) => status === 'void').map(({ lot }) => lot);
  if (voided.length === 0) return heads;
  const present = await presentHeadsOf(db, voided);
  return heads.map((head) =>
    head.status === 'void' ? { ...head, extends: present.get(head.lot)?.head ?? head.extends } : head,
  );
}

async function headTaken(db: Db, heads: readonly NewHead[]): Promise<Acceptance | null> {
  const extended = heads.filter((head) => head.extends !== null);
  if (extended.length === 0) return null;
  const rows = await db
    .selectFrom('outbox_head')
    .select(['lot', 'extends', 'statement'])
    .where('lot', '=', anyOf(extended.map(({ lot }) => lot)))
    .execute();
  const taken = rows.find((row) =>
    extended.some((head) => head.lot === row.lot && head.extends === row.extends),
  );
  return taken ? { kind: 'head-taken', lot: taken.lot, by: taken.statement } : null;
}

async function insert(db: Db, added: NewStatement): Promise<void> {
  const { id, statement, signature, witness, at } = added;
  await db.deleteFrom('outbox').where('id', '=', bytes(id)).execute();
  await db
    .insertInto('outbox')
    .values({
      id: bytes(id),
      type: statement.type,
      author: bytes(authorOf(statement)),
      message: json(statement.message),
      signature: bytes(signature),
      witness: json(witness),
      accepted_at: at,
    })
    .execute();
  const heads = (await newHeads(db, added)).map((head) => ({
    statement: bytes(id),
    lot: bytes(head.lot),
    extends: head.extends === null ? null : bytes(head.extends),
    head: bytes(head.head),
    status: head.status,
  }));
  await insertAll(db, 'outbox_head', heads);
  const roots = namedOnce(rootsOf(statement)).map((root) => ({ root: bytes(root), statement: bytes(id) }));
  await insertAll(db, 'outbox_root', roots);
}
