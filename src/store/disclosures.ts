import { sql } from 'kysely';
import { type Disclosure, showing, type Visibility } from '../protocol/disclosure.ts';
import {
  type DisclosedField,
  disclose,
  disclosed,
  type EvidenceDocument,
  leafOf,
} from '../protocol/evidence.ts';
import type { Hex } from '../protocol/hex.ts';
import { putEvidence } from './evidence.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './queries/page.ts';
import type { Db } from './schema.ts';
import { isShown, leavesShown } from './shown-fields.ts';
import { inTransaction } from './transactions.ts';
import { bytes, json } from './values.ts';

/** A disclosure whose signature is checked, and the document that came with it. `at`: Unix seconds. */
export type NewDisclosure = {
  readonly id: Hex;
  readonly disclosure: Disclosure;
  readonly signature: Hex;
  readonly document: EvidenceDocument;
  readonly at: number;
};

/**
 * - `done`: it was followed, now or before.
 * - `stale`: one issued at `last`, or later, was followed already.
 * - `public`: a field that it would hide or share is public, and stays that.
 * - `unknown-field`: a field that it would show is neither in the document nor kept from before, or is called otherwise.
 * - `twice`: it would show two fields of one path, or another than was shown before, to anybody.
 */
export type DisclosureOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'stale'; readonly last: number }
  | { readonly kind: 'public' | 'unknown-field' | 'twice'; readonly path: string };

/** Field by leaf. */
type Fields = ReadonlyMap<Hex, DisclosedField>;

/** What went wrong inside of the transaction, which leaves nothing behind. */
class Undone extends Error {
  readonly outcome: DisclosureOutcome;
  constructor(outcome: DisclosureOutcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

/** Follows a disclosure, whole or not at all. Whose word counts is the caller's to ask. */
export async function followDisclosure(db: Db, added: NewDisclosure): Promise<DisclosureOutcome> {
  try {
    return await inTransaction(db, (trx) => follow(trx, added));
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    throw error;
  }
}

async function follow(db: Db, added: NewDisclosure): Promise<DisclosureOutcome> {
  const { disclosure, document, at } = added;
  const { root, author, fields } = disclosure;
  const before = await sharedFields(db, root, author);
  const known = new Map([...before, ...byLeaf(disclosed(document))]);
  // Locks the document's row: of two disclosures at a time one waits for the other.
  const kept = await putEvidence(db, publicPart(document, fields, known), at);
  const last = await lastDisclosure(db, root, author);
  if (last?.id === added.id) return { kind: 'done' };
  if (last && last.issuedAt >= disclosure.issuedAt) throw new Undone({ kind: 'stale', last: last.issuedAt });
  requireOnce(fields, new Map([...(await leavesShown(db, root)), ...pathsOf(kept)]));
  const open = byLeaf(disclosed(kept));
  for (const field of fields) await setVisibility(db, { root, author }, { field, known, open, at });
  await insertDisclosure(db, added);
  return { kind: 'done' };
}

/** The document, with the fields that are to be public shown, and no other. */
function publicPart(
  document: EvidenceDocument,
  fields: readonly Visibility[],
  known: Fields,
): EvidenceDocument {
  const open = new Set(fields.filter(({ isPublic }) => isPublic).map(({ leaf }) => leaf));
  const shown = [...known].flatMap(([leaf, field]) => (open.has(leaf) ? [field] : []));
  const paths = shown.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new Undone({ kind: 'twice', path: twice });
  return showing(disclose(document, []), shown);
}

function pathsOf(document: EvidenceDocument): [string, Hex][] {
  return disclosed(document).map((field) => [field.path, leafOf(field)]);
}

/** @param shown the leaf of each path that anybody was ever shown */
function requireOnce(fields: readonly Visibility[], shown: Map<string, Hex>): void {
  for (const { path, leaf } of fields.filter(isShown)) {
    if ((shown.get(path) ?? leaf) !== leaf) throw new Undone({ kind: 'twice', path });
    shown.set(path, leaf);
  }
}

type Setting = {
  readonly field: Visibility;
  readonly known: Fields;
  readonly open: Fields;
  readonly at: number;
};

type Owned = { readonly root: Hex; readonly author: Hex };

async function setVisibility(
  db: Db,
  { root, author }: Owned,
  { field, known, open, at }: Setting,
): Promise<void> {
  const { leaf, path, parties, isPublic } = field;
  const value = known.get(leaf);
  if (value && value.path !== path) throw new Undone({ kind: 'unknown-field', path });
  if (isPublic && !open.has(leaf)) throw new Undone({ kind: 'unknown-field', path });
  if (!isPublic && open.has(leaf)) throw new Undone({ kind: 'public', path });
  await db
    .deleteFrom('shared_field')
    .where('root', '=', bytes(root))
    .where('author', '=', bytes(author))
    .where('leaf', '=', bytes(leaf))
    .execute();
  if (isPublic || parties.length === 0) return;
  if (!value) throw new Undone({ kind: 'unknown-field', path });
  const place = { root: bytes(root), author: bytes(author), leaf: bytes(leaf) };
  await db
    .insertInto('shared_field')
    .values({ ...place, field: json(value), shared_at: at })
    .execute();
  const readers = [...new Set(parties)].map((party) => ({ ...place, party: bytes(party) }));
  await db.insertInto('field_reader').values(readers).execute();
}

async function insertDisclosure(db: Db, { id, disclosure, signature, at }: NewDisclosure): Promise<void> {
  const { root, author, issuedAt } = disclosure;
  await db
    .insertInto('disclosure')
    .values({
      ...{ id: bytes(id), root: bytes(root), author: bytes(author) },
      ...{ message: json(disclosure), signature: bytes(signature), issued_at: issuedAt, received_at: at },
    })
    .execute();
}

/** The last disclosure of a document that was followed. @param author whose; of anybody, where it is not given */
export async function lastDisclosure(
  db: Db,
  root: Hex,
  author?: Hex,
): Promise<{ id: Hex; issuedAt: number } | null> {
  let query = db
    .selectFrom('disclosure')
    .select(['id', 'issued_at as issuedAt'])
    .where('root', '=', bytes(root));
  if (author !== undefined) query = query.where('author', '=', bytes(author));
  return (await query.orderBy('issued_at', 'desc').limit(1).executeTakeFirst()) ?? null;
}

async function sharedFields(db: Db, root: Hex, author: Hex): Promise<Fields> {
  const rows = await db
    .selectFrom('shared_field')
    .select(['leaf', 'field'])
    .where('root', '=', bytes(root))
    .where('author', '=', bytes(author))
    .execute();
  return new Map(rows.map(({ leaf, field }) => [leaf, field as DisclosedField]));
}

function byLeaf(fields: readonly DisclosedField[]): Fields {
  return new Map(fields.map((field) => [leafOf(field), field]));
}

/** A field that not everybody may see, and with whom it is shared. */
export type SharedField = DisclosedField & { readonly sharedWith: readonly Hex[] };

/**
 * The fields of a document that are shared with a party, which learns nothing of the others that they are shared with; and
 * those that it shares itself, each with everybody that they are shared with.
 */
export async function sharedFieldsFor(db: Db, root: Hex, party: Hex): Promise<SharedField[]> {
  const { rows } = await sql<{ leaf: Hex; field: DisclosedField; party: Hex }>`
    select leaf::bytea, field, party::bytea from shared_field join field_reader using (root, author, leaf)
    where root = ${bytes(root)} and (author = ${bytes(party)} or party = ${bytes(party)}) order by position`.execute(
    db,
  );
  const fields = Map.groupBy(rows, ({ leaf }) => leaf);
  return [...fields.values()].flatMap((readers) =>
    readers.slice(0, 1).map(({ field }) => ({ ...field, sharedWith: readers.map((one) => one.party) })),
  );
}

/** A field that a party was given to see. */
export type SharedRow = {
  readonly root: Hex;
  readonly path: string;
  readonly author: Hex;
  readonly sharedAt: number;
};

/** What is shared with a party, the newest first. @throws CursorInvalid */
export async function sharedWith(
  db: Db,
  party: Hex,
  { limit, cursor }: PageRequest,
): Promise<Page<SharedRow>> {
  const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : (readCursor(cursor, 1)[0] ?? 0);
  const { rows } = await sql<{
    root: Hex;
    field: DisclosedField;
    author: Hex;
    at: number;
    position: number;
  }>`
    select root::bytea, field, shared_at as at, position, author::bytea
    from field_reader join shared_field using (root, author, leaf)
    where party = ${bytes(party)} and position < ${before} order by position desc limit ${limit + 1}`.execute(
    db,
  );
  return pageOf(rows, limit, {
    item: ({ root, field, author, at }) => ({ root, path: field.path, author, sharedAt: at }),
    position: ({ position }) => [position],
  });
}
