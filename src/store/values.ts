import { type RawBuilder, sql } from 'kysely';
import type { Hex } from '../protocol/hex.ts';

declare const stored: unique symbol;
/** A value in the form in which the driver sends it: made here alone, so that no column gets another form. */
type Stored = { readonly [stored]: true };
export type StoredHex = Hex & Stored;
export type StoredText = string & Stored;
export type StoredJson = string & Stored;

/** `hex` for a bytea column, as PostgreSQL writes it. */
export function bytes(hex: Hex): StoredHex {
  return `\\${hex.slice(1)}` as StoredHex;
}

/**
 * `hex` for a bytea column of rows that go through `insertAll`, which sends bytes as bytes: the string stays as it is, so
 * that a value that many rows share is one.
 */
export function rowBytes(hex: Hex): StoredHex {
  return hex as StoredHex;
}

/** Several values as one parameter, so that the text of a query is the same for any number of them. */
export function bytesArray(hexes: Iterable<Hex>): RawBuilder<readonly Hex[]> {
  const values: readonly Hex[] = [...new Set(hexes)].map(bytes);
  return sql`${sql.val(values)}::bytea[]`;
}

/** For `where(column, '=', anyOf(hexes))`: it is one of these. */
export function anyOf(hexes: Iterable<Hex>): RawBuilder<Hex> {
  return sql`any(${bytesArray(hexes)})`;
}

/**
 * A string for a text column. PostgreSQL's text holds neither NUL nor lone surrogates, and a statement may: they are
 * written as `\0` and `\ud800`, and a backslash as `\\`. `readText` takes it back, for every text column, in the driver.
 */
export function text(value: string): StoredText {
  return escapeText(value) as StoredText;
}

const ESCAPED = /[\\\0]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escapeText(value: string): string {
  return value.replace(ESCAPED, (unit) => {
    if (unit === '\\') return '\\\\';
    return unit === '\0' ? '\\0' : `\\u${unit.charCodeAt(0).toString(16)}`;
  });
}

/** The string that `text` was given. */
export function readText(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\(\\|0|u([0-9a-f]{4}))/g, (_, escaped: string, unit: string | undefined) => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    return escaped === '0' ? '\0' : '\\';
  });
}

/** A value for a json column: masses become decimal strings; JSON's own escapes keep every string whole. */
export function json(value: unknown): StoredJson {
  return JSON.stringify(value, bigintsAsText) as StoredJson;
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
