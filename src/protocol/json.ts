import { z } from 'zod';
import type { Hex } from './hex.ts';
import { MAX_MILLIGRAMS } from './mass.ts';
import {
  type Statement,
  type StatementType,
  type Struct,
  type StructName,
  statementTypeNames,
  statementTypes,
} from './statements.ts';

/** A 32-byte id or root in JSON. Any case comes in, lower case goes out. */
export const bytes32Json = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, 'expected 0x and 64 hexadecimal digits')
  .toLowerCase() as unknown as z.ZodType<Hex, string>;

/** An account in JSON. */
export const addressJson = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'expected 0x and 40 hexadecimal digits')
  .toLowerCase() as unknown as z.ZodType<Hex, string>;

/** Bytes of any length up to 8 kB, such as a signature. */
export const bytesJson = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2})*$/, 'expected 0x and pairs of hexadecimal digits')
  .max(16_384)
  .toLowerCase() as unknown as z.ZodType<Hex, string>;

/** A mass in JSON: a decimal string of milligrams, because JSON numbers end at 2⁵³. */
export const milligramsJson = z
  .string()
  .regex(/^(0|[1-9]\d{0,18})$/, 'expected a decimal string of milligrams')
  .transform(BigInt)
  .refine((milligrams) => milligrams <= MAX_MILLIGRAMS, `expected at most ${MAX_MILLIGRAMS} milligrams`);

/** A time in JSON: whole Unix seconds, UTC. */
export const timeJson = z
  .int()
  .min(0)
  .max(2 ** 40 - 1);

/** Text that has bytes in UTF-8: no half of a surrogate pair alone. */
export function textJson(longest: number): z.ZodString {
  return z
    .string()
    .max(longest)
    .refine((text) => text.isWellFormed(), 'expected text without half characters');
}

const scalars: Record<string, () => z.ZodType> = {
  bool: () => z.boolean(),
  string: () => textJson(256),
  address: () => addressJson,
  bytes32: () => bytes32Json,
  uint64: () => milligramsJson,
  uint40: () => timeJson,
  uint32: () =>
    z
      .int()
      .min(0)
      .max(2 ** 32 - 1),
  uint16: () =>
    z
      .int()
      .min(0)
      .max(2 ** 16 - 1),
  uint8: () =>
    z
      .int()
      .min(0)
      .max(2 ** 8 - 1),
};

/** The JSON schema of any struct: unknown fields are errors, masses become bigint. */
export function structJson<Name extends StructName>(name: Name): z.ZodType<Struct<Name>> {
  const fields = statementTypes[name].map((field) => [field.name, valueJson(field.type)] as const);
  return z.strictObject(Object.fromEntries(fields)) as unknown as z.ZodType<Struct<Name>>;
}

function valueJson(type: string): z.ZodType {
  if (type.endsWith('[]')) return z.array(valueJson(type.slice(0, -2))).max(MAX_ITEMS);
  if (type in statementTypes) return structJson(type as StructName);
  const scalar = scalars[type];
  if (!scalar) throw new Error(`No JSON form for ${type}`);
  return scalar();
}

/** No statement within the block's gas limit holds more of anything. */
const MAX_ITEMS = 1_000;

/** The messages, by type. */
export const messageJson = Object.fromEntries(
  statementTypeNames.map((type) => [type, structJson(type)]),
) as unknown as { [T in StatementType]: z.ZodType<Struct<T>> };

/** A statement in JSON: `{type, message}`. */
export const statementJson = z.discriminatedUnion(
  'type',
  statementTypeNames.map((type) =>
    z.strictObject({ type: z.literal(type), message: messageJson[type] }),
  ) as never,
) as unknown as z.ZodType<Statement>;

/** Any protocol value as JSON: bigint masses become decimal strings, the rest stays. */
export type Json<T> = T extends bigint
  ? string
  : T extends readonly (infer Item)[]
    ? Json<Item>[]
    : T extends object
      ? { [K in keyof T]: Json<T[K]> }
      : T;

/** `value` with every bigint as a decimal string. */
export function toJson<T>(value: T): Json<T> {
  if (typeof value === 'bigint') return String(value) as Json<T>;
  if (Array.isArray(value)) return value.map(toJson) as Json<T>;
  if (value === null || typeof value !== 'object') return value as Json<T>;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item)])) as Json<T>;
}
