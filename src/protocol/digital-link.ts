import type { JsonValue } from './evidence.ts';

/** What a product is by GS1's identifiers: a GTIN of 14 digits, with a serial number, a batch, or both. */
export type TradeItem = {
  readonly gtin: string;
  readonly serial: string | null;
  readonly batch: string | null;
};

/** GS1's character set 82, of which serial numbers (AI 21) and batches (AI 10) have up to 20. */
const TEXT = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/;

/** A GTIN of 8, 12, 13 or 14 digits as one of 14. Null where it is none, or its check digit is wrong. */
export function gtin14(text: string): string | null {
  if (!/^(\d{8}|\d{12,14})$/.test(text)) return null;
  const digits = text.padStart(14, '0');
  const sum = [...digits].reduce(
    (total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1),
    0,
  );
  return sum % 10 === 0 ? digits : null;
}

/** Whether it may stand as a serial number, or as a batch. */
export function isQualifier(text: string): boolean {
  return TEXT.test(text);
}

/** What the fields `gtin`, `serial` and `batch` of a document name. Null where that is no product. */
export function tradeItemIn(fields: Readonly<Record<string, JsonValue>>): TradeItem | null {
  const gtin = typeof fields.gtin === 'string' ? gtin14(fields.gtin) : null;
  const [serial, batch] = [fields.serial, fields.batch].map((value) =>
    typeof value === 'string' && isQualifier(value) ? value : null,
  ) as [string | null, string | null];
  return gtin === null || (serial === null && batch === null) ? null : { gtin, serial, batch };
}

/** Its GS1 Digital Link, from the domain on: `/01/{gtin}/10/{batch}/21/{serial}`. */
export function digitalLinkPath({ gtin, serial, batch }: TradeItem): string {
  const part = (ai: string, value: string | null) =>
    value === null ? '' : `/${ai}/${encodeURIComponent(value)}`;
  return `/01/${gtin}${part('10', batch)}${part('21', serial)}`;
}
