import { type RawBuilder, sql } from 'kysely';
import { recordedTerm } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import { type BookKind, bookKinds, LAST_ADDING } from '../projections/book-line.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';
import type { Between } from './impact.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './page.ts';

/** A site's book, or the part of it that is of one material, or of one pair. */
export type BookFilter = Between & {
  readonly facility: Hex;
  readonly material?: number | undefined;
  readonly recycled?: boolean | undefined;
};

/** What came or went in one way in the time: milligrams of the pair, in so many lots, by so many statements. */
export type BookFigure = {
  readonly milligrams: bigint;
  readonly lots: number;
  readonly statements: number;
};

/** One pair at one site: opening + everything that came − everything that went = closing, exactly. */
export type BookRow = {
  readonly material: number;
  readonly recycled: boolean;
  readonly opening: bigint;
  readonly figures: ReadonlyMap<BookKind, BookFigure>;
  readonly closing: bigint;
};

/** One statement's part of a figure. */
export type BookLineRow = {
  readonly statement: Hex;
  readonly kind: BookKind;
  readonly material: number;
  readonly recycled: boolean;
  readonly milligrams: bigint;
  readonly lots: number;
  readonly occurredAt: number;
};

/** Every pair that the site held, or that came or went, until then; by material, primary before recycled. */
export async function bookOf(db: Db, filter: BookFilter): Promise<BookRow[]> {
  const { from, until } = filter;
  const within = sql`(where occurred_at >= ${from})`;
  const { rows } = await sql<Summed>`
    select material, recycled, kind,
      coalesce(sum(milligrams) filter (where occurred_at < ${from}), 0) as before,
      coalesce(sum(milligrams) filter ${within}, 0) as milligrams,
      coalesce(sum(lots) filter ${within}, 0)::int8 as lots, count(*) filter ${within} as statements
    from book_line where occurred_at < ${until} and ${narrowed(filter)}
    group by material, recycled, kind order by material, recycled, kind`.execute(db);
  const pairs = Map.groupBy(rows, ({ material, recycled }) => `${material} ${recycled}`);
  return [...pairs.values()].map(rowOf);
}

/** The statements behind it, those that happened last first. @throws CursorInvalid */
export async function bookLines(
  db: Db,
  { kind, ...filter }: BookFilter & { readonly kind?: BookKind | undefined },
  { limit, cursor }: PageRequest,
): Promise<Page<BookLineRow>> {
  const after = cursor === undefined ? null : readCursor(cursor, 3);
  const isAfter = after ? sql`(occurred_at, seq, kind) < (${sql.join(after)})` : sql`true`;
  const isKind = kind === undefined ? sql`true` : sql`kind = ${bookKinds[kind]}`;
  const { rows } = await sql<Line>`
    select statement::bytea as statement, kind, material, recycled, milligrams, lots, occurred_at as "occurredAt", seq
    from book_line
    where occurred_at >= ${filter.from} and occurred_at < ${filter.until} and ${narrowed(filter)}
      and ${isKind} and ${isAfter}
    order by occurred_at desc, seq desc, kind desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, {
    item: ({ seq, kind, ...line }) => ({ ...line, kind: recordedTerm(bookKinds, kind) }),
    position: (line) => [line.occurredAt, line.seq, line.kind],
  });
}

/** Whether a figure of that kind adds to what the site holds. */
export function isAdding(kind: BookKind): boolean {
  return bookKinds[kind] <= LAST_ADDING;
}

type Pair = { readonly material: number; readonly recycled: boolean };
type Summed = Pair & BookFigure & { readonly kind: number; readonly before: bigint };
type Line = Omit<BookLineRow, 'kind'> & { readonly kind: number; readonly seq: number };

function narrowed({ facility, material, recycled }: BookFilter): RawBuilder<boolean> {
  const isMaterial = material === undefined ? sql`true` : sql`material = ${material}`;
  const isRecycled = recycled === undefined ? sql`true` : sql`recycled = ${recycled}`;
  return sql<boolean>`facility = ${bytes(facility)} and ${isMaterial} and ${isRecycled}`;
}

function rowOf(rows: readonly Summed[]): BookRow {
  const { material = 0, recycled = false } = rows[0] ?? {};
  const figures = new Map<BookKind, BookFigure>();
  let [opening, change] = [0n, 0n];
  for (const { kind, before, milligrams, lots, statements } of rows) {
    const term = recordedTerm(bookKinds, kind);
    const sign = isAdding(term) ? 1n : -1n;
    opening += sign * before;
    change += sign * milligrams;
    if (statements > 0) figures.set(term, { milligrams, lots, statements });
  }
  return { material, recycled, opening, figures, closing: opening + change };
}
