import { type Statement, type StructName, statementTypes } from '../protocol/statements.ts';

/** A statement as a json column holds its message: masses, which are decimal strings there, become bigint again. */
export function readStatement(type: string, message: unknown): Statement {
  return { type, message: revive(type, message) } as Statement;
}

/** A value of one of the protocol's structs, from a json column. */
export function revive(type: string, value: unknown): unknown {
  if (type.endsWith('[]')) return (value as unknown[]).map((item) => revive(type.slice(0, -2), item));
  if (type === 'uint64') return BigInt(value as string);
  if (!(type in statementTypes)) return value;
  const fields = statementTypes[type as StructName];
  const struct = value as Record<string, unknown>;
  return Object.fromEntries(fields.map((field) => [field.name, revive(field.type, struct[field.name])]));
}
