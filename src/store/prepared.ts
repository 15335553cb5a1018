import type { ClientBase, QueryConfig } from 'pg';

/** Texts that a connection remembers; what comes after those is parsed and planned each time, as is without it. */
const MOST_TEXTS = 500;
/** Of one parameter. With more, a query is worth a plan of its own. */
const MOST_CHARACTERS = 4_096;
const MOST_ELEMENTS = 50;
/** A plan that was made for a small table is bad for a large one, and nothing but statistics tells PostgreSQL so. */
const PLANS_LAST_MS = 10_000;

const names = new Map<string, string>();
let given = 0;
let migrations = 0;
const plannedAt = new WeakMap<ClientBase, number>();

/**
 * The same query, as one that the connection parses once, and plans once where a plan serves for all its parameters: of what
 * a small query costs that is more than half. The texts of queries here do not depend on what is asked.
 */
export function prepared(client: ClientBase, text: string, values: readonly unknown[]): QueryConfig {
  const query = { text, values: [...values] };
  // Without parameters, a text may hold several statements, which cannot be prepared.
  const isPreparable = migrations === 0 && values.length > 0 && values.every(isSmall);
  const name = isPreparable ? nameOf(text) : undefined;
  if (name === undefined) return query;
  forgetOldPlans(client);
  return { ...query, name };
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_TEXTS) return known;
  given += 1;
  const name = `lodebook_${given}`;
  names.set(text, name);
  return name;
}

/** What is prepared no longer fits the tables: a connection that asks again gets other names, and prepares anew. */
export function forgetPrepared(): void {
  names.clear();
}

/** Prepares nothing while `work` changes tables, and nothing that was prepared before is used after it. */
export async function whileTablesChange<T>(work: () => Promise<T>): Promise<T> {
  migrations += 1;
  try {
    return await work();
  } finally {
    migrations -= 1;
    forgetPrepared();
  }
}

function isSmall(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MOST_CHARACTERS;
  return !Array.isArray(value) || value.length <= MOST_ELEMENTS;
}

function forgetOldPlans(client: ClientBase): void {
  const now = performance.now();
  const since = plannedAt.get(client);
  if (since !== undefined && now - since < PLANS_LAST_MS) return;
  plannedAt.set(client, now);
  // Goes out before the query itself. Where it fails, so does that.
  if (since !== undefined) client.query('discard plans').catch(() => undefined);
}
