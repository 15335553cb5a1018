import { z } from 'zod';
import { addressJson, bytes32Json, timeJson } from '../../protocol/json.ts';
import { type PageRequest, readCursor } from '../../store/queries/page.ts';
import type { Page } from '../schemas/common.ts';

/** `:lot`, `:facility`, … in a path. */
export const idParam = bytes32Json.describe('0x and 64 hexadecimal digits.');
export const accountParam = addressJson.describe('0x and 40 hexadecimal digits.');

/** A whole number in a query, where everything is text. */
export function wholeNumber(min: number, max: number) {
  return z.preprocess(
    (text) => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text),
    z.int(`expected a whole number, ${min} to ${max}`).min(min).max(max),
  );
}

/** Yes or no in a query. */
export const flagParam = z.enum(['true', 'false']).transform((text) => text === 'true');

/** A time in a query: Unix seconds. */
export const timeParam = z.preprocess(
  (text) => (typeof text === 'string' && /^\d{1,13}$/.test(text) ? Number(text) : text),
  timeJson,
);

/** The query parameters of every list. */
export const pageQuery = {
  limit: wholeNumber(1, 200).default(50).describe('How many items, 1 to 200; 50 if not given.'),
  cursor: z.string().max(200).optional().describe('`next` of the page before.'),
};

export function pageOfQuery({ limit, cursor }: { limit: number; cursor?: string | undefined }): PageRequest {
  return { limit, ...(cursor !== undefined && { cursor }) };
}

type Paging = { readonly limit: number; readonly cursor?: string | undefined };

/** A page of a list that only ever grows at its end. @throws CursorInvalid */
export function pageOldestFirst<T>(all: readonly T[], { limit, cursor }: Paging): Page<T> {
  const start = cursor === undefined ? 0 : (readCursor(cursor, 1)[0] ?? 0);
  const end = start + limit;
  return { items: all.slice(start, end), next: end < all.length ? String(end) : null };
}

/** The same, the last of the list first. @throws CursorInvalid */
export function pageNewestFirst<T>(all: readonly T[], { limit, cursor }: Paging): Page<T> {
  const end = cursor === undefined ? all.length : (readCursor(cursor, 1)[0] ?? 0);
  const start = Math.max(0, end - limit);
  return { items: all.slice(start, end).toReversed(), next: start > 0 ? String(start) : null };
}
