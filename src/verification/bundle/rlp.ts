import type { Hex } from '../../protocol/hex.ts';

/** An item of Ethereum's recursive length prefix encoding: bytes, or a list. */
export type RlpItem = Hex | readonly RlpItem[];

/**
 * Reads RLP as it stands in hexadecimal text: most of a bundle are nodes of tries, and going through bytes would cost
 * several times more. What hashes to a known hash is encoded in one way only, so that no stricter reading is needed.
 *
 * @throws RangeError where an item ends behind the text, or the text goes on
 */
export function readRlp(text: Hex): RlpItem {
  const { item, end } = itemAt(text, 2);
  if (end !== text.length) throw new RangeError(`RLP of ${end} digits in a text of ${text.length}`);
  return item;
}

/** Places are those of digits in the text. */
type Read = { readonly item: RlpItem; readonly end: number };

const SHORT_BYTES = 0x80;
const LONG_BYTES = 0xb7;
const SHORT_LIST = 0xc0;
const LONG_LIST = 0xf7;

function itemAt(text: string, at: number): Read {
  const first = numberAt(text, at, 1);
  if (first < SHORT_BYTES) return { item: `0x${text.slice(at, at + 2)}`, end: at + 2 };
  if (first <= LONG_BYTES) return bytesAt(text, at + 2, first - SHORT_BYTES);
  if (first < SHORT_LIST) {
    const size = first - LONG_BYTES;
    return bytesAt(text, at + 2 + 2 * size, numberAt(text, at + 2, size));
  }
  if (first <= LONG_LIST) return listAt(text, at + 2, first - SHORT_LIST);
  const size = first - LONG_LIST;
  return listAt(text, at + 2 + 2 * size, numberAt(text, at + 2, size));
}

function bytesAt(text: string, at: number, length: number): Read {
  const end = endOf(text, at, length);
  return { item: `0x${text.slice(at, end)}`, end };
}

function listAt(text: string, start: number, length: number): Read {
  const end = endOf(text, start, length);
  const items: RlpItem[] = [];
  let at = start;
  while (at < end) {
    const read = itemAt(text, at);
    items.push(read.item);
    at = read.end;
  }
  if (at !== end) throw new RangeError(`An item ends behind its list, at digit ${at} instead of ${end}`);
  return { item: items, end };
}

function numberAt(text: string, at: number, bytes: number): number {
  return Number.parseInt(text.slice(at, endOf(text, at, bytes)), 16);
}

function endOf(text: string, at: number, bytes: number): number {
  const end = at + 2 * bytes;
  if (!(end <= text.length)) throw new RangeError(`RLP ends at digit ${end} of ${text.length}`);
  return end;
}

/** The bytes that a text stands for: quicker than a call for each pair of digits. */
export function bytesOf(text: Hex): Uint8Array {
  const bytes = new Uint8Array((text.length - 2) / 2);
  for (let byte = 0, digit = 2; byte < bytes.length; byte += 1, digit += 2)
    bytes[byte] = (valueAt(text, digit) << 4) | valueAt(text, digit + 1);
  return bytes;
}

/** Of a lower-case hexadecimal digit. */
function valueAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 58 ? code - 48 : code - 87;
}
