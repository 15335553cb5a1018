/** The part of JSON Schema that zod writes. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
};
export type Schemas = Readonly<Record<string, Schema>>;

const DEEPEST = 7;

/** A value that has the schema's form: its own example where it gives one. */
export function exampleOf(schema: Schema, schemas: Schemas, depth = 0): unknown {
  if (schema.examples) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.$ref) return exampleOf(target(schema.$ref, schemas), schemas, depth);
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (choice) return exampleOf(choice, schemas, depth);
  if (schema.type === 'array')
    return schema.items && depth < DEEPEST ? [exampleOf(schema.items, schemas, depth + 1)] : [];
  if (schema.type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, inner]) => [
        name,
        exampleOf(inner, schemas, depth + 1),
      ]),
    );
  return scalarOf(schema);
}

/** The schema that a reference names. */
export function target(reference: string, schemas: Schemas): Schema {
  return schemas[reference.slice(reference.lastIndexOf('/') + 1)] ?? {};
}

function scalarOf({ type, pattern }: Schema): unknown {
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return true;
  if (type !== 'string') return null;
  if (pattern?.includes('{64}')) return `0x${'5c'.repeat(32)}`;
  if (pattern?.includes('{40}')) return `0x${'a1'.repeat(20)}`;
  if (pattern?.startsWith('^0x')) return '0x5c';
  return pattern?.includes('\\d') ? '25000000000' : 'text';
}
