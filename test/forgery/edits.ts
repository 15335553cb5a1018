import type { Dice } from '../model/draw/dice.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Path = readonly (string | number)[];

/** The value at a path. */
export function at(value: Json, path: Path): Json {
  return path.reduce((inner, key) => (inner as Record<string | number, Json>)[key] as Json, value);
}

/** The same value with another one at a path; what the path does not touch is shared. */
export function withAt(value: Json, path: Path, change: (found: Json) => Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    const copy = [...value];
    copy[Number(key)] = withAt(copy[Number(key)] as Json, rest, change);
    return copy;
  }
  const found = value as { readonly [name: string]: Json };
  return { ...found, [key]: withAt(found[key] as Json, rest, change) };
}

/** A way from `path` down to something that is neither a list with items nor an object with members. */
export function leafBelow(value: Json, path: Path, dice: Dice): Path {
  const found = at(value, path);
  if (found === null || typeof found !== 'object') return path;
  const keys = Array.isArray(found) ? [...found.keys()] : Object.keys(found);
  const key = dice.maybe<string | number>(keys);
  return key === undefined ? path : leafBelow(value, [...path, key], dice);
}

/** The paths of all lists at or below `path` that have so many items. */
export function listsBelow(value: Json, path: Path, least: number): Path[] {
  const found = at(value, path);
  if (found === null || typeof found !== 'object') return [];
  const keys = Array.isArray(found) ? [...found.keys()] : Object.keys(found);
  const own = Array.isArray(found) && found.length >= least ? [path] : [];
  return [...own, ...keys.flatMap((key) => listsBelow(value, [...path, key], least))];
}

/** Another value of the same kind, as close to it as may be. */
export function nudged(value: Json, dice: Dice): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + dice.pick([1, -1, 60, -3_600, 86_400]);
  if (typeof value !== 'string') return Array.isArray(value) ? [0] : 0;
  if (/^\d+$/.test(value)) return String(BigInt(value) + (dice.chance(0.5) || value === '0' ? 1n : -1n));
  const digits = /^0x[0-9a-f]+$/.test(value) ? '0123456789abcdef' : 'abcdefghijklmnopqrstuvwxyz ';
  const start = value.startsWith('0x') ? 2 : 0;
  if (value.length === start) return `${value}00`;
  const place = dice.int(start, value.length - 1);
  const other = dice.pick([...digits].filter((digit) => digit !== value[place]));
  return value.slice(0, place) + other + value.slice(place + 1);
}

export function without(list: Json, index: number): Json {
  return (list as readonly Json[]).toSpliced(index, 1);
}

export function exchanged(list: Json, a: number, b: number): Json {
  const items = list as readonly Json[];
  return items.with(a, items[b] as Json).with(b, items[a] as Json);
}

export function repeated(list: Json, index: number, before: number): Json {
  const items = list as readonly Json[];
  return items.toSpliced(before, 0, items[index] as Json);
}
