import { sql } from 'kysely';
import type { Db } from '../schema.ts';
import { isOpen } from './open.ts';

/** How many statements wait, at most `limit` of them counted, and when the first of them was accepted (Unix seconds). */
export type Crowd = { readonly open: number; readonly limit: number; readonly oldest: number | null };

/**
 * Counts the open statements, unless their positions alone show that there is room for so many more: counting costs
 * time in which nobody else's statement is taken, the more of it the more wait. Null = there is room.
 */
export async function crowdIn(db: Db, limit: number, more: number): Promise<Crowd | null> {
  const span = await sql<{ span: number }>`
    select coalesce(max(position) - (select position from outbox where ${isOpen} order by position limit 1) + 1, 0) as span
    from outbox`.execute(db);
  if ((span.rows[0]?.span ?? 0) + more <= limit) return null;
  const { rows } = await sql<{ open: number; oldest: number | null }>`
    select count(*) as open, min(accepted_at) as oldest
    from (select accepted_at from outbox where ${isOpen} order by position limit ${limit}) waiting`.execute(
    db,
  );
  const { open, oldest } = rows[0] ?? { open: 0, oldest: null };
  return open + more <= limit ? null : { open, limit, oldest };
}
