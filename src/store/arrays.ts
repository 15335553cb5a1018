/** What the elements of an array are: PostgreSQL's name of the type, without domains. */
export type ElementType = string;

/** How PostgreSQL's type catalogue numbers them (pg_type.dat). */
const BYTEA = 17;
const INT8 = 20;

const HEADER = 20;
const LENGTH = 4;
const NULL = -1;

/**
 * An array as a parameter. Bytes and integers, most of what is indexed, are written as PostgreSQL holds them, which spares
 * both sides writing and reading digits; anything else as text.
 */
export function arrayOf(type: ElementType, values: readonly unknown[]): Buffer | string {
  if (type === 'bytea') return bytesArray(values as readonly (string | null)[]);
  if (type === 'bigint') return integerArray(values as readonly (number | null)[]);
  return textArray(values);
}

/** @param values as `bytes` or `rowBytes` in values.ts write them. Rows that follow each other often share one. */
function bytesArray(values: readonly (string | null)[]): Buffer {
  const size = values.reduce((sum, value) => sum + LENGTH + lengthOf(value), HEADER);
  const array = arrayBuffer({ size, element: BYTEA, count: values.length, hasNull: values.includes(null) });
  let at = HEADER;
  let previous: string | null = null;
  for (const value of values) {
    const length = lengthOf(value);
    if (value !== null && value === previous) {
      array.copyWithin(at, at - LENGTH - length, at);
      at += LENGTH + length;
      continue;
    }
    at = array.writeInt32BE(value === null ? NULL : length, at);
    if (value !== null) at += array.write(value.slice(2), at, 'hex');
    previous = value;
  }
  return array;
}

function lengthOf(value: string | null): number {
  return value === null ? 0 : (value.length - 2) / 2;
}

function integerArray(values: readonly (number | null)[]): Buffer {
  const present = values.filter((value) => value !== null).length;
  const size = HEADER + values.length * LENGTH + present * 8;
  const hasNull = present < values.length;
  const array = arrayBuffer({ size, element: INT8, count: values.length, hasNull });
  let at = HEADER;
  for (const value of values) {
    at = array.writeInt32BE(value === null ? NULL : 8, at);
    if (value !== null) at = array.writeBigInt64BE(BigInt(value), at);
  }
  return array;
}

type Head = {
  readonly size: number;
  readonly element: number;
  readonly count: number;
  readonly hasNull: boolean;
};

/** One dimension, whose indexes start at 1. */
function arrayBuffer({ size, element, count, hasNull }: Head): Buffer {
  const array = Buffer.alloc(size);
  [1, hasNull ? 1 : 0, element, count, 1].forEach((word, index) => {
    array.writeInt32BE(word, index * LENGTH);
  });
  return array;
}

function textArray(values: readonly unknown[]): string {
  let previous: unknown;
  let written = '';
  const elements = values.map((value, index) => {
    if (index === 0 || value !== previous) written = elementText(value);
    previous = value;
    return written;
  });
  return `{${elements.join(',')}}`;
}

function elementText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`;
  return String(value);
}
