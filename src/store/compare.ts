import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { canonicalJson, type JsonValue } from '../protocol/evidence.ts';
import type { Hex } from '../protocol/hex.ts';
import { toJson } from '../protocol/json.ts';
import type { Db, Schema } from './schema.ts';
import { bytes } from './values.ts';

/** Where two indexes differ. `column` is null where the whole row is missing on one side (its value is then null). */
export type Difference = {
  readonly table: string;
  readonly key: string;
  readonly column: string | null;
  readonly got: string | null;
  readonly expected: string | null;
};

type Compared = {
  readonly table: keyof Schema;
  readonly key: readonly string[];
  readonly except?: readonly string[];
  readonly only?: RawBuilder<SqlBool>;
};

/** Whether a block without events has a row depends on when it was indexed. */
const WITH_EVENTS = sql<SqlBool>`
  exists (select from statement where block = number) or exists (select from party_act where block = number)
  or exists (select from accreditation_act where block = number) or exists (select from quota_grant where block = number)
  or exists (select from key_proposal where block = number) or exists (select from key_completion where block = number)`;

/** Every table that follows from the chain. How far it is final depends on when one asked. */
const COMPARED: readonly Compared[] = [
  { table: 'chain', key: ['chain_id'], except: ['only_row', 'finalized'] },
  { table: 'block', key: ['number'], only: WITH_EVENTS },
  { table: 'statement', key: ['seq'] },
  { table: 'named_root', key: ['root', 'seq'] },
  { table: 'party_act', key: ['seq'] },
  { table: 'accreditation_act', key: ['seq'] },
  { table: 'facility', key: ['id'] },
  { table: 'quota_grant', key: ['seq'] },
  { table: 'production', key: ['id'] },
  { table: 'lot', key: ['id'] },
  { table: 'content', key: ['lot', 'material', 'recycled'] },
  { table: 'production_input', key: ['production', 'position'] },
  { table: 'production_summary', key: ['production'] },
  { table: 'production_content', key: ['seq'] },
  { table: 'book_line', key: ['facility', 'material', 'recycled', 'occurred_at', 'seq', 'kind'] },
  { table: 'delivery', key: ['seq'] },
  { table: 'dispatch', key: ['id'] },
  { table: 'receipt', key: ['id'] },
  { table: 'lot_event', key: ['lot', 'seq'] },
  { table: 'lot_current', key: ['lot'] },
  { table: 'attestation', key: ['id'] },
  { table: 'revocation', key: ['id'] },
  { table: 'correction', key: ['id'] },
  { table: 'observation', key: ['id'] },
  { table: 'delegation', key: ['id'] },
  { table: 'key_replacement', key: ['id'] },
  { table: 'key_objection', key: ['id'] },
  { table: 'key_proposal', key: ['seq'] },
  { table: 'key_completion', key: ['seq'] },
];

/**
 * Compares every row of every table that follows from the chain, in the order of keys, a page at a time. Both indexes
 * must be at the same block, and stay there meanwhile. What people sent (outbox, evidence) is no part of it.
 */
export async function* compareIndexes(got: Db, expected: Db): AsyncGenerator<Difference> {
  for (const compared of COMPARED) yield* compareTable(compared, got, expected);
}

type Row = Record<string, unknown>;

async function* compareTable(compared: Compared, got: Db, expected: Db): AsyncGenerator<Difference> {
  const left = rowsOf(got, compared);
  const right = rowsOf(expected, compared);
  let [a, b] = [await nextOf(left), await nextOf(right)];
  while (a || b) {
    const order = compareKeys(compared, a, b);
    if (order === 0) yield* differencesOf(compared, a ?? {}, b ?? {});
    else yield missing(compared, order < 0 ? { got: a ?? {} } : { expected: b ?? {} });
    if (order <= 0) a = await nextOf(left);
    if (order >= 0) b = await nextOf(right);
  }
}

async function nextOf(rows: AsyncGenerator<Row>): Promise<Row | null> {
  const { value, done } = await rows.next();
  return done ? null : value;
}

const PAGE = 2_000;

async function* rowsOf(db: Db, { table, key, only = sql`true` }: Compared): AsyncGenerator<Row> {
  const keys = sql.join(key.map((column) => sql.ref(column)));
  let after = sql<SqlBool>`true`;
  while (true) {
    const { rows } = await sql<Row>`
      select * from ${sql.table(table)} where (${only}) and ${after} order by ${keys} limit ${PAGE}`.execute(
      db,
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = sql`(${keys}) > (${sql.join(key.map((column) => parameter(last[column])))})`;
  }
}

function parameter(value: unknown) {
  return typeof value === 'string' ? bytes(value as Hex) : sql.val(value);
}

/** Below 0: `a` comes first, or `b` has ended. Hex of one length sorts as its bytes do. */
function compareKeys({ key }: Compared, a: Row | null, b: Row | null): number {
  if (!a || !b) return a ? -1 : 1;
  for (const column of key) {
    const [left, right] = [a[column] as string | number | boolean, b[column] as string | number | boolean];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function* differencesOf({ table, key, except = [] }: Compared, a: Row, b: Row): Generator<Difference> {
  for (const column of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [got, expected] = [textOf(a[column]), textOf(b[column])];
    if (got !== expected && !except.includes(column))
      yield { table, key: keyText(key, a), column, got, expected };
  }
}

function missing({ table, key }: Compared, { got, expected }: { got?: Row; expected?: Row }): Difference {
  const sides = { got: got ? textOf(got) : null, expected: expected ? textOf(expected) : null };
  return { table, key: keyText(key, got ?? expected ?? {}), column: null, ...sides };
}

function keyText(key: readonly string[], row: Row): string {
  return key.map((column) => String(row[column])).join(' ');
}

function textOf(value: unknown): string {
  return canonicalJson(toJson(value ?? null) as JsonValue);
}
