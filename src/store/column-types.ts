import pg from 'pg';
import { readText } from './values.ts';

// Type numbers of PostgreSQL's catalogue (pg_type.dat). A domain arrives under the number of its base type.
const BYTEA = 17;
const INT8 = 20;
const TEXT = 25;
const NUMERIC = 1700;

const readers: Record<number, (value: string) => unknown> = {
  [BYTEA]: (value) => `0x${value.slice(2)}`,
  [INT8]: safeNumber,
  [TEXT]: readText,
  [NUMERIC]: BigInt,
};

/** How columns are read, for one pool: bytea as Hex, int8 as number, numeric as bigint, text without its escapes. */
export const columnTypes = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    readers[oid] ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

function safeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`${value} does not fit a JavaScript number exactly`);
  return number;
}
