import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrayOf } from '../../src/store/arrays.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { bytes, rowBytes } from '../../src/store/values.ts';
import { memoryDatabase } from '../support/memory.ts';

let database: Database;

beforeAll(async () => {
  database = await openDatabase(await memoryDatabase());
});

afterAll(() => database.close());

test.each<[string, readonly unknown[]]>([
  ['bytea', ['\\x', '\\x00ff', null, `\\x${'ab'.repeat(65)}`]],
  ['bytea', ['\\xaa', '\\xaa', '\\xaa', null, null, '\\xaa', '\\x', '\\x', '\\xbbcc', '\\xbbcc']],
  ['bytea', []],
  ['bigint', [0, -1, null, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]],
  ['numeric', [0n, 0n, null, null, 2n ** 63n - 1n, 0n]],
  ['boolean', [true, false, null]],
])('%s, with nulls and without', async (type, values) => {
  const { rows } = await sql<{ same: boolean }>`
    select ${sql.val(arrayOf(type, values))}::${sql.raw(`${type}[]`)} = ${sql.val(literal(values))}::${sql.raw(`${type}[]`)} as same`.execute(
    database.db,
  );
  expect(rows).toEqual([{ same: true }]);
});

test('bytes as a row holds them are those of a parameter', () => {
  expect(arrayOf('bytea', [rowBytes('0x00ff'), rowBytes('0x00ff')])).toEqual(
    arrayOf('bytea', [bytes('0x00ff'), bytes('0x00ff')]),
  );
});

/** The text of an array of values without quotes or spaces. */
function literal(values: readonly unknown[]): string {
  const texts = values.map((value) => (value === null ? 'NULL' : String(value).replaceAll('\\', '\\\\')));
  return `{${texts.join(',')}}`;
}

test('text with whatever arrays give a meaning to', async () => {
  const hostile = ['', 'NULL', 'null', '{}', '"', '\\"', ',', ' a ', '{"a":1}', '💎', '\n\t'];
  const { rows } = await sql<{ element: string }>`
    select convert_to(element, 'UTF8')::text as element from unnest(${sql.val(arrayOf('text', hostile))}::text[])
    with ordinality as read (element, position) order by position`.execute(database.db);
  const written = hostile.map((text) => `\\x${Buffer.from(text).toString('hex')}`);
  expect(rows.map(({ element }) => element)).toEqual(written);
});
