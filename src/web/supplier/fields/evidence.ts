import type { Hex } from '../../../protocol/hex.ts';
import { newSalt, type Paper, paperOf } from '../../signing/draft.ts';

/** A field of evidence as it is typed. `audience`: `public`, `hidden`, or a party's account. */
export type TypedField = {
  readonly key: number;
  readonly path: string;
  readonly value: string;
  readonly audience: string;
};

/** What a field may be called where the ledger has a word for it. */
export const knownPaths = [
  'assay.method',
  'assay.uncertainty',
  'moisture',
  'gtin',
  'serial',
  'batch',
  'owner',
  'seller',
  'buyer',
  'transitCountries',
  'reason',
] as const;

let keys = 0;

export function newField(path = '', value = ''): TypedField {
  keys += 1;
  return { key: keys, path, value, audience: 'public' };
}

/** The document of the fields that say something; null where none does. */
export function paperIn(fields: readonly TypedField[]): Paper | null {
  const said = fields.filter(({ path, value }) => path.trim() !== '' && value.trim() !== '');
  return paperOf(
    said.map(({ path, value, audience }) => ({
      path: path.trim(),
      value: path.trim() === 'transitCountries' ? value.split(/[\s,;]+/).filter(Boolean) : value.trim(),
      salt: newSalt(),
      audience: audience === 'public' || audience === 'hidden' ? audience : [audience as Hex],
    })),
  );
}

/** The path that is there twice; undefined where none is. */
export function twice(fields: readonly TypedField[]): string | undefined {
  const paths = fields.map(({ path }) => path.trim()).filter((path) => path !== '');
  return paths.find((path, index) => paths.indexOf(path) !== index);
}

/** The SHA-256 of a file, which evidence names in its place: lower-case hexadecimal. */
export async function sha256Of(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The next free number of `documents[i].sha256`. */
export function nextDocument(fields: readonly TypedField[]): number {
  const numbers = fields.map(({ path }) => Number(/^documents\[(\d+)\]/.exec(path)?.[1] ?? -1));
  return Math.max(-1, ...numbers) + 1;
}
