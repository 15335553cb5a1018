import { z } from 'zod';
import { addressJson, bytes32Json } from '../../protocol/json.ts';
import type { PageRequest } from '../../store/queries/page.ts';

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

/** The query parameters of every list. */
export const pageQuery = {
  limit: wholeNumber(1, 200).default(50).describe('How many items, 1 to 200; 50 if not given.'),
  cursor: z.string().max(200).optional().describe('`next` of the page before.'),
};

export function pageOfQuery({ limit, cursor }: { limit: number; cursor?: string | undefined }): PageRequest {
  return { limit, ...(cursor !== undefined && { cursor }) };
}
