import { expect, test } from 'vitest';
import { pageNewestFirst, pageOldestFirst } from '../../src/api/routes/inputs.ts';
import { CursorInvalid } from '../../src/store/queries/page.ts';

const all = [1, 2, 3, 4, 5];

function walk(page: typeof pageOldestFirst, limit: number): number[][] {
  const pages: number[][] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = page(all, { limit, cursor });
    pages.push(items);
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

test('pages of a list that grows at its end join without gaps, from either end', () => {
  expect(walk(pageOldestFirst, 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(walk(pageNewestFirst, 2)).toEqual([[5, 4], [3, 2], [1]]);
  expect(walk(pageOldestFirst, 5)).toEqual([all]);
  expect(walk(pageNewestFirst, 5)).toEqual([all.toReversed()]);
});

test('what is added meanwhile comes after, and moves nothing', () => {
  const { next } = pageNewestFirst(all, { limit: 2 });
  expect(pageNewestFirst([...all, 6], { limit: 2, cursor: next ?? '' }).items).toEqual([3, 2]);
});

test('an empty list is one empty page; a cursor that no page gave is refused', () => {
  expect(pageOldestFirst([], { limit: 2 })).toEqual({ items: [], next: null });
  expect(pageNewestFirst([], { limit: 2 })).toEqual({ items: [], next: null });
  expect(() => pageOldestFirst(all, { limit: 2, cursor: 'x' })).toThrow(CursorInvalid);
});
