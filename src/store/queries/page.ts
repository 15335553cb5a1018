/** Some of a list, and where the next page starts: null at the end. */
export type Page<Row> = { readonly items: readonly Row[]; readonly next: string | null };

/** Which page: `cursor` is the `next` of the page before, or absent for the first. */
export type PageRequest = { readonly limit: number; readonly cursor?: string | undefined };

/** A cursor that no page gave. */
export class CursorInvalid extends Error {
  constructor(cursor: string) {
    super(`"${cursor}" is not a cursor: pass the "next" of the page before, unchanged`);
    this.name = 'CursorInvalid';
  }
}

/** The numbers that a cursor holds, newest first. @throws CursorInvalid unless it holds exactly `count` numbers */
export function readCursor(cursor: string, count: number): number[] {
  const numbers = cursor.split('.').map(Number);
  const isWhole = numbers.every((number) => Number.isSafeInteger(number) && number >= 0);
  if (numbers.length !== count || !isWhole || numbers.join('.') !== cursor) throw new CursorInvalid(cursor);
  return numbers;
}

/** A page of rows that were read with `limit + 1`, to know whether there are more. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  { item, position }: { item: (row: Row) => Item; position: (row: Row) => readonly number[] },
): Page<Item> {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(item), next: last ? position(last).join('.') : null };
}
