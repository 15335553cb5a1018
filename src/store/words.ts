import { sql } from 'kysely';
import type { EvidenceField } from '../protocol/evidence.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Db } from './schema.ts';
import { bytes, text } from './values.ts';

/** What a word may lead to. */
export type About = 'site' | 'lot';

/** What evidence calls parties and sites, and what it calls lots. */
const PATHS: Readonly<Record<string, About>> = {
  ...{ legalName: 'site', name: 'site', lei: 'site', gln: 'site', cid: 'site' },
  ...{ gtin: 'lot', serial: 'lot', batch: 'lot' },
};
const MOST_WORDS = 20;
const LONGEST_WORD = 40;

/** The words of a text, as people type them: without case, accents and signs. */
export function wordsOf(value: string): string[] {
  const plain = value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return [...new Set(words.map((word) => [...word].slice(0, LONGEST_WORD).join('')))].slice(0, MOST_WORDS);
}

/** Notes the words of what a document shows to everybody. What was public stays so: words are only added. */
export async function noteWords(db: Db, root: Hex, fields: readonly EvidenceField[]): Promise<void> {
  const rows = fields.flatMap((field) => {
    if ('leaf' in field || typeof field.value !== 'string' || !Object.hasOwn(PATHS, field.path)) return [];
    const about = PATHS[field.path] as About;
    return wordsOf(field.value).map((word) => ({ root: bytes(root), about, word: text(word) }));
  });
  if (rows.length === 0) return;
  await db
    .insertInto('evidence_word')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** For documents that are there already. */
export async function noteAllWords(db: Db): Promise<void> {
  const rows = await db.selectFrom('evidence').select(['root', 'fields']).execute();
  for (const { root, fields } of rows) await noteWords(db, root, fields as EvidenceField[]);
}

/**
 * Documents with all of the words, each of which may be the beginning of theirs.
 * @param limit at most so many documents
 */
export async function rootsWith(
  db: Db,
  words: readonly string[],
  { about, limit }: { about: About; limit: number },
): Promise<Hex[]> {
  const [first, ...others] = [...words].sort((a, b) => b.length - a.length);
  if (first === undefined) return [];
  const also = others.map(
    (word) =>
      sql`and exists (select from evidence_word other where other.root = found.root and other.about = ${about}
        and ${beginsWith(sql.ref('other.word'), word)})`,
  );
  const { rows } = await sql<{ root: Hex }>`
    select distinct root::bytea as root from evidence_word found
    where about = ${about} and ${beginsWith(sql.ref('found.word'), first)} ${sql.join(also, sql` `)}
    limit ${limit}`.execute(db);
  return rows.map(({ root }) => root);
}

/** By the order of bytes: everything from the word itself to just before whatever sorts after all that begin with it. */
function beginsWith(column: ReturnType<typeof sql.ref>, word: string) {
  return sql`(${column} >= ${text(word)} collate "C" and ${column} < ${text(`${word}\u{10ffff}`)} collate "C")`;
}
