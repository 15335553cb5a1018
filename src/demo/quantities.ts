import { type PairKey, pairKey, pairOf } from '../protocol/content.ts';
import { parseMass } from '../protocol/mass.ts';
import { findMaterial } from '../protocol/materials.ts';
import type { Content } from '../protocol/statements.ts';
import { type FigureName, figures } from './figures.ts';

/** Milligrams per (material, recycled) pair. */
export type Mix = ReadonlyMap<PairKey, bigint>;

/** An exact share: 0.126 is 126 / 1000. */
export type Ratio = { readonly over: bigint; readonly under: bigint };

/** A figure that is a mass, in milligrams. */
export function mass(name: FigureName): bigint {
  return parseMass(figures[name].value);
}

/** A figure that is a number or a percentage ("98 %", "60 kWh"), exactly. */
export function ratio(name: FigureName): Ratio {
  const match = /^(\d+)(?:\.(\d+))?( %)?/.exec(figures[name].value);
  if (!match) throw new RangeError(`The figure ${name}, "${figures[name].value}", is not a number`);
  const [, whole = '', fraction = '', percent] = match;
  return { over: BigInt(whole + fraction), under: 10n ** BigInt(fraction.length) * (percent ? 100n : 1n) };
}

/** `amount` × ratio, rounded down. */
export function times(amount: bigint, { over, under }: Ratio): bigint {
  return (amount * over) / under;
}

/** How much of something of that grade holds `amount`, rounded up. */
export function per(amount: bigint, { over, under }: Ratio): bigint {
  return (amount * under + over - 1n) / over;
}

/** Content by symbol, all primary unless `recycled`: `mix({ Co: 3n })`. */
export function mix(amounts: Readonly<Record<string, bigint>>, recycled = false): Mix {
  return new Map(
    Object.entries(amounts).map(([symbol, milligrams]) => [keyOf(symbol, recycled), milligrams]),
  );
}

/** Milligrams of a material, primary and recycled together. */
export function total(content: Mix, symbol: string): bigint {
  return (content.get(keyOf(symbol, false)) ?? 0n) + (content.get(keyOf(symbol, true)) ?? 0n);
}

export function add(...contents: Mix[]): Mix {
  const sums = new Map<PairKey, bigint>();
  for (const content of contents) {
    for (const [key, milligrams] of content) sums.set(key, (sums.get(key) ?? 0n) + milligrams);
  }
  return sums;
}

/** What is left. @throws RangeError where there is less than is taken */
export function subtract(content: Mix, taken: Mix): Mix {
  const rest = new Map(content);
  for (const [key, milligrams] of taken) {
    const left = (rest.get(key) ?? 0n) - milligrams;
    if (left < 0n) throw new RangeError(`${milligrams} mg of ${key} taken, ${rest.get(key) ?? 0n} mg there`);
    rest.set(key, left);
  }
  return rest;
}

export function scale(content: Mix, share: Ratio): Mix {
  return new Map([...content].map(([key, milligrams]) => [key, times(milligrams, share)]));
}

/** Takes `amounts` out of a mixture: primary and recycled in the proportion that they have in it. */
export function draw(content: Mix, amounts: Readonly<Record<string, bigint>>): Mix {
  const drawn = new Map<PairKey, bigint>();
  for (const [symbol, amount] of Object.entries(amounts)) {
    const all = total(content, symbol);
    if (amount > all) throw new RangeError(`${amount} mg of ${symbol} drawn, ${all} mg there`);
    const recycled = all === 0n ? 0n : (amount * (content.get(keyOf(symbol, true)) ?? 0n)) / all;
    drawn.set(keyOf(symbol, false), amount - recycled);
    drawn.set(keyOf(symbol, true), recycled);
  }
  return drawn;
}

/** What a recycler may do: everything becomes recycled. */
export function asRecycled(content: Mix): Mix {
  return add(
    ...[...content].map(([key, milligrams]) => new Map([[pairKey(pairOf(key).material, true), milligrams]])),
  );
}

/** As statements hold it: sorted, without zeros. */
export function contentOf(content: Mix): Content[] {
  return [...content]
    .filter(([, milligrams]) => milligrams > 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, milligrams]) => ({ ...pairOf(key), milligrams }));
}

export function mixOf(content: readonly Content[]): Mix {
  return new Map(
    content.map(({ material, recycled, milligrams }) => [pairKey(material, recycled), milligrams]),
  );
}

function keyOf(symbol: string, recycled: boolean): PairKey {
  const material = findMaterial(symbol);
  if (!material) throw new RangeError(`No material is called "${symbol}"`);
  return pairKey(material.id, recycled);
}
