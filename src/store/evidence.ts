import { sql } from 'kysely';
import {
  disclosed,
  type EvidenceDocument,
  type EvidenceField,
  evidenceRoot,
  type JsonValue,
  leafOf,
} from '../protocol/evidence.ts';
import { type Hex, ZERO_BYTES32 } from '../protocol/hex.ts';
import { gistOf } from './gist.ts';
import type { Db } from './schema.ts';
import { noteTradeItem } from './trade-items.ts';
import { inTransaction } from './transactions.ts';
import { anyOf, bytes, json, text } from './values.ts';
import { noteWords } from './words.ts';

/** What an evidence document discloses: value by path. */
export type DisclosedFields = Readonly<Record<string, JsonValue>>;

/** A document as it is kept: all that anybody has shown of it, under its root. `receivedAt`: the first upload. */
export type StoredEvidence = {
  readonly root: Hex;
  readonly fields: readonly EvidenceField[];
  readonly receivedAt: number;
};

/**
 * Keeps a document under its root. A field that was ever disclosed stays disclosed; uploads add to each other.
 * Whether anybody names the root is the caller's to ask: `isRootNamed`.
 *
 * @param at Unix seconds
 */
export function putEvidence(db: Db, document: EvidenceDocument, at: number): Promise<StoredEvidence> {
  return inTransaction(db, async (trx) => {
    const root = evidenceRoot(document);
    const known = await insertOrLock(trx, { root, fields: document.fields, receivedAt: at });
    const fields = mergedFields(known.fields, document.fields);
    await trx
      .updateTable('evidence')
      .set({ fields: json(fields), gist: gistColumn(fields) })
      .where('root', '=', bytes(root))
      .execute();
    await noteTradeItem(trx, root, fields);
    await noteWords(trx, root, fields);
    return { ...known, fields };
  });
}

/** What the documents that are there already come to, for an index that did not keep it. */
export async function fillGists(db: Db): Promise<void> {
  const rows = await db.selectFrom('evidence').select(['root', 'fields']).execute();
  for (const { root, fields } of rows)
    await db
      .updateTable('evidence')
      .set({ gist: gistColumn(fields as EvidenceField[]) })
      .where('root', '=', bytes(root))
      .execute();
}

function gistColumn(fields: readonly EvidenceField[]) {
  const gist = gistOf(disclosedFields(fields));
  return gist === null ? null : text(gist);
}

/** The row as it is, locked: two uploads of one document at a time would each overwrite what the other shows. */
async function insertOrLock(db: Db, { root, fields, receivedAt }: StoredEvidence): Promise<StoredEvidence> {
  await db
    .insertInto('evidence')
    .values({ root: bytes(root), fields: json(fields), received_at: receivedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('evidence')
    .selectAll()
    .where('root', '=', bytes(root))
    .forUpdate()
    .executeTakeFirstOrThrow();
  return storedEvidence(row);
}

/**
 * The leaves of the fuller of the two, in its order, each as whichever of the two discloses it. A path names one field:
 * of a document made to show it twice, in two uploads, the field shown first stays, and the other stays hidden.
 *
 * Two documents of one root differ in their leaves where one gives an inner node of the tree, or the root itself, as a
 * hidden leaf: anyone who knows the hashes can do that. The whole document has more leaves than any such one, and
 * nobody can make one with more: a field's leaf is the hash of 32 bytes, an inner node that of 64. For the same reason
 * a field that is shown is a leaf in both, so that nothing which was shown is lost.
 */
function mergedFields(known: readonly EvidenceField[], added: readonly EvidenceField[]): EvidenceField[] {
  const fuller = added.length > known.length ? added : known;
  const shown = new Map(disclosed({ fields: known }).map((field) => [field.path, field]));
  for (const field of disclosed({ fields: added })) if (!shown.has(field.path)) shown.set(field.path, field);
  const byLeaf = new Map([...shown.values()].map((field) => [leafOf(field), field]));
  return fuller.map((field) => byLeaf.get(leafOf(field)) ?? { leaf: leafOf(field) });
}

export async function evidenceOf(db: Db, root: Hex): Promise<StoredEvidence | null> {
  const row = await db.selectFrom('evidence').selectAll().where('root', '=', bytes(root)).executeTakeFirst();
  return row ? storedEvidence(row) : null;
}

/** What is disclosed of each of the documents among `roots` of which anything is. */
export async function disclosedOf(db: Db, roots: Iterable<Hex>): Promise<Map<Hex, DisclosedFields>> {
  const named = [...roots].filter((root) => root !== ZERO_BYTES32);
  if (named.length === 0) return new Map();
  const rows = await db
    .selectFrom('evidence')
    .select(['root', 'fields'])
    .where('root', '=', anyOf(named))
    .execute();
  const disclosing = rows.map(
    ({ root, fields }) => [root, disclosedFields(fields as EvidenceField[])] as const,
  );
  return new Map(disclosing.filter(([, fields]) => Object.keys(fields).length > 0));
}

/** Without a prototype: a field may be called `constructor`. */
function disclosedFields(fields: readonly EvidenceField[]): DisclosedFields {
  const values: Record<string, JsonValue> = Object.create(null);
  for (const { path, value } of disclosed({ fields })) values[path] = value;
  return values;
}

/** Whether the ledger, or a statement of the outbox that was not rejected, names the root. */
export async function isRootNamed(db: Db, root: Hex): Promise<boolean> {
  const { rows } = await sql<{ named: boolean }>`
    select exists (select from named_root where root = ${bytes(root)})
      or exists (select from outbox_root where root = ${bytes(root)}) as named`.execute(db);
  return rows[0]?.named ?? false;
}

function storedEvidence(row: { root: Hex; fields: unknown; received_at: number }): StoredEvidence {
  return { root: row.root, fields: row.fields as EvidenceField[], receivedAt: row.received_at };
}
