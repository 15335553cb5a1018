import { urls } from '../urls.ts';

/**
 * Where on this server a lot's id, the address of its page, or a product's GS1 Digital Link leads; null where the text is
 * none. Whatever host the text names, the way is within this server: a label can say anything.
 */
export function linkIn(text: string): string | null {
  const id = /0x[0-9a-f]{64}(?![0-9a-f])/i.exec(text)?.[0];
  if (id) return urls.lot(id.toLowerCase());
  const product = /\/01\/\d{8,14}\/(?:10|21)\/[^/?#\s]+(?:\/(?:10|21)\/[^/?#\s]+)?/.exec(text)?.[0];
  return product ?? null;
}
