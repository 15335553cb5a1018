import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import { authorOf, type Statement, type StatementType } from '../../protocol/statements.ts';
import { readStatement } from '../message.ts';
import type { NewStatement, StatementState, StatementStatus } from '../outbox.ts';
import type { Db, Schema } from '../schema.ts';
import { anyOf, bytes, bytesArray } from '../values.ts';
import { isOpen } from './open.ts';

type RecordedRow = Selectable<Schema['statement']> & { final: boolean };
type OutboxRow = Selectable<Schema['outbox']>;

/** A statement that was rejected here and recorded all the same, because somebody else sent it, is recorded. */
export async function statusOf(db: Db, id: Hex): Promise<StatementStatus | null> {
  const recorded = await recordedRow(db, id);
  const accepted = await db.selectFrom('outbox').selectAll().where('id', '=', bytes(id)).executeTakeFirst();
  const row = recorded ?? accepted;
  if (!row) return null;
  return {
    id,
    statement: readStatement(row.type, row.message),
    author: row.author,
    signer: recorded?.signer ?? null,
    signature: row.signature,
    status: stateOf(recorded, accepted),
    acceptedAt: accepted?.accepted_at ?? null,
    recordedAt: recorded?.recorded_at ?? null,
    block: recorded?.block ?? accepted?.final_block ?? null,
    transaction: recorded?.transaction ?? null,
    refusal: recorded ? null : refusalOf(accepted),
  };
}

/** Of a statement that was accepted just now. */
export function pendingStatus({ id, statement, signature, at }: NewStatement): StatementStatus {
  return {
    ...{ id, statement, author: authorOf(statement), signer: null, signature },
    ...{ status: 'pending', acceptedAt: at, recordedAt: null, block: null, transaction: null, refusal: null },
  };
}

async function recordedRow(db: Db, id: Hex): Promise<RecordedRow | undefined> {
  return db
    .selectFrom('statement')
    .innerJoin('chain', (join) => join.onTrue())
    .selectAll('statement')
    .select((eb) => eb('statement.block', '<=', eb.ref('chain.finalized')).$castTo<boolean>().as('final'))
    .where('statement.id', '=', bytes(id))
    .executeTakeFirst();
}

/** What was final stays so while the index is built again. */
function stateOf(recorded: RecordedRow | undefined, accepted: OutboxRow | undefined): StatementState {
  if (recorded) return recorded.final ? 'final' : 'recorded';
  if (accepted?.final_block != null) return 'final';
  return accepted?.rejected_at != null ? 'rejected' : 'pending';
}

function refusalOf(row: OutboxRow | undefined): StatementStatus['refusal'] {
  if (row?.refused_code == null) return null;
  return {
    code: row.refused_code,
    detail: row.refused_detail ?? '',
    permanent: row.refused_permanent ?? false,
  };
}

export async function backlog(db: Db): Promise<{ open: number; oldest: number | null }> {
  const { rows } = await sql<{ open: number; oldest: number | null }>`
    select count(*) as open, min(accepted_at) as oldest from outbox where ${isOpen}`.execute(db);
  return rows[0] ?? { open: 0, oldest: null };
}

export async function openOf(
  db: Db,
  author: Hex,
  types: readonly StatementType[],
): Promise<readonly Statement[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['type', 'message'])
    .where('author', '=', bytes(author))
    .where('type', 'in', types)
    .where(isOpen)
    .orderBy('position')
    .execute();
  return rows.map(({ type, message }) => readStatement(type, message));
}

export async function openAmong(db: Db, ids: readonly Hex[]): Promise<Set<Hex>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('outbox')
    .select('id')
    .where('id', '=', anyOf(ids))
    .where(isOpen)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** A facility's registration is its operator's own statement. */
export async function operatorsOf(db: Db, facilities: readonly Hex[]): Promise<Map<Hex, Hex>> {
  const { rows } = await sql<{ id: Hex; operator: Hex }>`
    select id::bytea, operator::bytea from facility where id = any(${bytesArray(facilities)})
    union all
    select id::bytea, author::bytea from outbox
    where id = any(${bytesArray(facilities)}) and type = 'FacilityRegistration' and ${isOpen}`.execute(db);
  return new Map(rows.map(({ id, operator }) => [id, operator]));
}
