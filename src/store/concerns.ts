import { sql } from 'kysely';
import type { EvidenceField } from '../protocol/evidence.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Db } from './schema.ts';
import { bytes } from './values.ts';

const PATHS: readonly string[] = ['concern.kind', 'concern.about'];

/** Notes that a document shows a concern, or an answer to one. */
export async function noteConcern(db: Db, root: Hex, fields: readonly EvidenceField[]): Promise<void> {
  if (!fields.some((field) => !('leaf' in field) && PATHS.includes(field.path))) return;
  await sql`insert into concern (root) values (${bytes(root)}) on conflict do nothing`.execute(db);
}

/** For documents that are there already. */
export async function noteAllConcerns(db: Db): Promise<void> {
  const rows = await db.selectFrom('evidence').select(['root', 'fields']).execute();
  for (const { root, fields } of rows) await noteConcern(db, root, fields as EvidenceField[]);
}
