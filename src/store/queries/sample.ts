import { type RawBuilder, sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { StatementType } from '../../protocol/statements.ts';
import type { Db } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { anyOf, bytes } from '../values.ts';

/** Which statements a sample is drawn from: of these blocks, both included. `authors`: null = of everybody. */
export type Population = {
  readonly fromBlock: number;
  readonly toBlock: number;
  readonly type?: StatementType | undefined;
  readonly authors: readonly Hex[] | null;
};

export type SampledRow = {
  readonly id: Hex;
  readonly type: StatementType;
  readonly author: Hex;
  readonly block: number;
  readonly recordedAt: number;
  readonly key: Hex;
};

/** `hash`: SHA-256 of all ids of the population, in their order. */
export type SampleRows = {
  readonly population: { readonly size: number; readonly hash: Hex };
  readonly drawn: readonly SampledRow[];
};

/**
 * What `drawSample` in src/verification/sample.ts draws, by the database: statements by SHA-256(seed ‖ id), the first
 * `size` of them.
 */
export function sampleOf(
  db: Db,
  population: Population,
  { seed, size }: { seed: Hex; size: number },
): Promise<SampleRows> {
  return inSnapshot(db, async (trx) => {
    const { rows } = await sql<{ size: number; hash: Hex }>`
      select count(*) as size, sha256(coalesce(string_agg(id::bytea, ''::bytea order by id), ''::bytea)) as hash
      from statement where ${inPopulation(population)}`.execute(trx);
    const drawn = await sql<SampledRow>`
      select id::bytea as id, type, author::bytea as author, block, recorded_at as "recordedAt",
        sha256(${bytes(seed)}::bytea || id) as key
      from statement where ${inPopulation(population)} order by key, id limit ${size}`.execute(trx);
    return { population: rows[0] ?? { size: 0, hash: seed }, drawn: drawn.rows };
  });
}

/** Where a block is that has the hash; null where the index has none. */
export async function blockWithHash(db: Db, hash: Hex): Promise<number | null> {
  const row = await db
    .selectFrom('block')
    .select('number')
    .where('hash', '=', bytes(hash))
    .executeTakeFirst();
  return row?.number ?? null;
}

/** The newest block that can no longer change and that the index has; null where there is none. */
export async function newestFinalBlock(db: Db): Promise<{ number: number; hash: Hex } | null> {
  const row = await db
    .selectFrom('block')
    .innerJoin('chain', (join) => join.onRef('block.number', '<=', 'chain.finalized'))
    .select(['number', 'hash'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

function inPopulation({ fromBlock, toBlock, type, authors }: Population): RawBuilder<boolean> {
  const parts = [sql`block between ${fromBlock} and ${toBlock}`];
  if (type !== undefined) parts.push(sql`type = ${type}`);
  if (authors !== null) parts.push(sql`author = ${anyOf(authors)}`);
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}
