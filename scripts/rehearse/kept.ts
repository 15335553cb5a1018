import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { DatabaseLocation } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/database.ts';

/** What the chain does not give back, row by row, and how much of the rest there is. */
export type Kept = {
  /** Rows by table. */
  readonly counts: Readonly<Record<string, number>>;
  /** SHA-256 over all rows, by table. */
  readonly digests: Readonly<Record<string, string>>;
};

/** A restored copy must have these to the byte; the other tables follow from the chain. */
const NOT_ON_CHAIN = [
  ...(['outbox', 'outbox_head', 'outbox_root', 'evidence'] as const),
  ...([
    'disclosure',
    'shared_field',
    'field_reader',
    'session',
    'server_secret',
    'evidence_request',
    'read_grant',
  ] as const),
];

/** Reads a database that nobody writes to meanwhile. */
export async function keptIn(location: DatabaseLocation): Promise<Kept> {
  const { db, close } = await openDatabase(location);
  try {
    const tables = await sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`.execute(db);
    const counts: Record<string, number> = {};
    const digests: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const { rows } = await sql<{
        row: string;
      }>`select row_to_json(t)::text as row from ${sql.table(name)} t`.execute(db);
      counts[name] = rows.length;
      digests[name] = createHash('sha256')
        .update(
          rows
            .map(({ row }) => row)
            .sort()
            .join('\n'),
        )
        .digest('hex');
    }
    return { counts, digests };
  } finally {
    await close();
  }
}

/** @returns the digests of what no chain gives back */
export function notOnChain({ digests }: Kept): Record<string, string | undefined> {
  return Object.fromEntries(NOT_ON_CHAIN.map((table) => [table, digests[table]]));
}

/** In words: the tables with most rows first. */
export function countsOf({ counts }: Kept): string {
  const full = Object.entries(counts).filter(([, rows]) => rows > 0);
  return full
    .sort(([, a], [, b]) => b - a)
    .map(([table, rows]) => `${table} ${rows}`)
    .join(', ');
}
