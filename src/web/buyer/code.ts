import { gtin14, isQualifier, type TradeItem } from '../../protocol/digital-link.ts';
import type { Hex } from '../../protocol/hex.ts';

/** What a scanned code, or a typed text, names. `nothing`: no lot and no product. */
export type Named =
  | { readonly kind: 'lot'; readonly lot: Hex }
  | { readonly kind: 'product'; readonly item: TradeItem }
  | { readonly kind: 'nothing' };

/** The same, with whose it is: `host` is another site's, where the text is the address of one. */
export type Code = { readonly named: Named; readonly host: string | null };

const NOTHING: Named = { kind: 'nothing' };
/** An id alone, or among words: of an address, the path counts. */
const LOT = /^(?:[^/]*[^/\w])?(0x[0-9a-f]{64})(?:[^/\w][^/]*)?$/i;
/** As GS1 prints identifiers beside a code: `(01)09520123456788(21)12345`. */
const PRINTED = /^\(01\)\s*(\d{14})\s*(?:\(10\)\s*([^\s()]+)\s*)?(?:\(21\)\s*([^\s()]+))?$/;
/** The most that a QR code holds is 7,089 digits; what is longer was not meant for here. */
const LONGEST = 7_089;

/** A text as it can be shown: what has no shape of its own, or turns the direction of writing, by its number. */
export function shownText(text: string): string {
  const whole = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  return whole.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}

/** Reads a text as what it names. @param origin of this server, such as `https://lodebook.example` */
export function codeIn(text: string, origin: string): Code {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST) return { named: NOTHING, host: null };
  const lot = LOT.exec(trimmed)?.[1];
  if (lot) return { named: lotOf(lot), host: null };
  const printed = PRINTED.exec(trimmed);
  if (printed) return { named: productOf(printed[1], printed[3], printed[2]), host: null };
  return addressIn(trimmed, origin);
}

/** The GTIN with a serial number, a batch, or both. */
export function productOf(gtin?: string, serial?: string, batch?: string): Named {
  const number = gtin14(gtin ?? '');
  const given = [serial, batch].filter((value) => value !== undefined);
  if (number === null || given.length === 0 || !given.every(isQualifier)) return NOTHING;
  return { kind: 'product', item: { gtin: number, serial: serial ?? null, batch: batch ?? null } };
}

function addressIn(text: string, origin: string): Code {
  const url = urlIn(text, origin);
  if (!url || !/^https?:$/.test(url.protocol)) return { named: NOTHING, host: null };
  const host = url.host === new URL(origin).host ? null : url.host;
  return { named: pathNames(url.pathname), host };
}

/** People also copy addresses without what stands before the path, or before the host. */
function urlIn(text: string, origin: string): URL | null {
  try {
    if (/^\/(?!\/)/.test(text)) return new URL(text, origin);
    if (/^[\w.-]+(:\d+)?\//.test(text)) return new URL(`https://${text}`);
    return new URL(text);
  } catch {
    return null;
  }
}

function pathNames(path: string): Named {
  const lot = /^\/lots\/(0x[0-9a-f]{64})\/?$/i.exec(path)?.[1];
  if (lot) return lotOf(lot);
  const link = /^\/01\/(\d+)((?:\/(?:10|21)\/[^/]+)+)\/?$/.exec(path);
  if (!link) return NOTHING;
  const [batch, serial] = ['10', '21'].map((ai) => qualifierIn(link[2] ?? '', ai));
  return productOf(link[1], serial, batch);
}

function qualifierIn(path: string, ai: string): string | undefined {
  const value = new RegExp(`/${ai}/([^/]+)`).exec(path)?.[1];
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

function lotOf(text: string): Named {
  return { kind: 'lot', lot: text.toLowerCase() as Hex };
}
