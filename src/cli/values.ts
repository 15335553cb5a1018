import { commodityOf } from '../protocol/commodities.ts';
import { pairKey } from '../protocol/content.ts';
import { findCountry } from '../protocol/countries.ts';
import { type Hex, hex } from '../protocol/hex.ts';
import { parseMass } from '../protocol/mass.ts';
import { findMaterial } from '../protocol/materials.ts';
import type { Content } from '../protocol/statements.ts';
import { UsageError } from './failure.ts';

/** A mass with its unit, "25 t", in milligrams. */
export function massIn(text: string): bigint {
  return orUsage(() => parseMass(text));
}

/** A material by symbol, name or number. */
export function materialIn(text: string): number {
  const material = findMaterial(text);
  if (!material)
    throw new UsageError(
      `"${text}" is not a material: write a symbol, a name or a number, such as Co, cobalt or 27.`,
    );
  return material.id;
}

/** Content as people write it: "Co=7.5kg,Ni=3kg", "Co:recycled=2kg"; sorted as statements need it. */
export function contentIn(text: string): Content[] {
  if (text.trim() === '') return [];
  const content = text.split(',').map((part) => {
    const match = /^\s*([^=:]+?)(?::(\w+))?\s*=\s*(.+)$/.exec(part);
    if (!match || (match[2] !== undefined && match[2] !== 'recycled'))
      throw new UsageError(
        `"${part}" is not content: write MATERIAL=MASS or MATERIAL:recycled=MASS, such as Co=7.5kg.`,
      );
    const [, material = '', recycled, mass = ''] = match;
    return { material: materialIn(material), recycled: recycled !== undefined, milligrams: massIn(mass) };
  });
  const keys = content.map((entry) => pairKey(entry.material, entry.recycled));
  if (new Set(keys).size < keys.length)
    throw new UsageError(`"${text}" names a material twice: add its masses up.`);
  return content.sort((a, b) => (pairKey(a.material, a.recycled) < pairKey(b.material, b.recycled) ? -1 : 1));
}

/** An HS-6 code as people write it: 283691, 2836.91 or "2836 91". */
export function commodityIn(text: string): number {
  const digits = text.replaceAll(/[.\s]/g, '');
  if (!/^\d{6}$/.test(digits) || Number(digits) === 0)
    throw new UsageError(
      `"${text}" is not a commodity: write the six digits of its HS code, such as 2836.91 (${commodityOf(283691).name}).`,
    );
  return Number(digits);
}

/** A country by alpha-2 code, as ISO 3166-1 numeric. */
export function countryIn(text: string): number {
  const country = findCountry(text);
  if (!country)
    throw new UsageError(`"${text}" is not a country: write its ISO 3166-1 code, such as CD or FI.`);
  return country.numeric;
}

/** The number of a term in one of the protocol's tables. */
export function termIn<Term extends string>(table: Record<Term, number>, text: string, what: string): Term {
  if (Object.hasOwn(table, text)) return text as Term;
  throw new UsageError(`"${text}" is not a ${what}: expected one of ${Object.keys(table).join(', ')}.`);
}

/** A time in Unix seconds: "now", "2026-03-01" (midnight UTC), "2026-03-01T10:00Z". */
export function timeIn(text: string, now: number): number {
  if (text === 'now') return now;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const milliseconds = Date.parse(isDay ? `${text}T00:00Z` : text);
  if ((!isDay && !isMoment) || Number.isNaN(milliseconds))
    throw new UsageError(
      `"${text}" is not a time: write "now", a day (2026-03-01) or a time (2026-03-01T10:00Z).`,
    );
  return Math.floor(milliseconds / 1000);
}

/** A length of time in seconds: "36h", "7d". */
export function durationIn(text: string): number {
  const match = /^(\d{1,6})\s*([hd])$/.exec(text.trim());
  if (!match)
    throw new UsageError(`"${text}" is not a length of time: write hours or days, such as 36h or 7d.`);
  return Number(match[1]) * (match[2] === 'h' ? 3_600 : 86_400);
}

/** A 32-byte id, whole. */
export function idIn(text: string, what: string): Hex {
  if (!/^0x[0-9a-fA-F]{64}$/.test(text))
    throw new UsageError(`"${text}" is not the id of ${what}: expected 0x and 64 hexadecimal digits.`);
  return hex(text);
}

/** An account. */
export function accountIn(text: string): Hex {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text))
    throw new UsageError(`"${text}" is not an account: expected 0x and 40 hexadecimal digits.`);
  return hex(text);
}

/** A lot in one argument: "2833.29 20t Co=4.2t,Ni=300kg @assay.json" (commodity, net mass, content, its evidence). */
export function outputIn(text: string): {
  commodity: number;
  milligrams: bigint;
  content: Content[];
  evidence: string | undefined;
} {
  const match = /^\s*([\d.]+)\s+(\d[\d.]*\s*[a-zA-Z]+)(?:\s+([^@\s]\S*))?(?:\s+@(.+))?\s*$/.exec(text);
  if (!match)
    throw new UsageError(
      `"${text}" is not a lot: write its commodity, net mass, content and, if any, its evidence file: "2833.29 20t Co=4.2t @assay.json".`,
    );
  const [, commodity = '', mass = '', content = '', evidence] = match;
  return {
    commodity: commodityIn(commodity),
    milligrams: massIn(mass),
    content: contentIn(content),
    evidence,
  };
}

function orUsage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(`${(error as Error).message}.`.replace(/\.\.$/, '.'));
  }
}
