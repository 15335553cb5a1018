import { termOf } from '../protocol/codes.ts';
import { formatMass } from '../protocol/mass.ts';
import { materialOf } from '../protocol/materials.ts';
import type { RefusalArgs, RefusalClass } from './refusal-rows.ts';

/** What is known of one of the ledger's errors. */
export type RefusalRow = {
  readonly class: RefusalClass;
  /** No later state of the chain, nor of another branch of it, could make the statement valid. */
  readonly permanent: boolean;
  readonly detail: (args: RefusalArgs) => string;
};

type Detail = RefusalRow['detail'];

export const forbidden = (detail: Detail): RefusalRow => ({ class: 'forbidden', permanent: false, detail });
export const notFound = (detail: Detail): RefusalRow => ({ class: 'not-found', permanent: false, detail });
export const conflict = (detail: Detail): RefusalRow => ({ class: 'conflict', permanent: false, detail });
export const unprocessable = (detail: Detail): RefusalRow => ({
  class: 'unprocessable',
  permanent: false,
  detail,
});
export const forGood = (row: RefusalRow): RefusalRow => ({ ...row, permanent: true });
/** The statement contradicts itself, or what its own hashes commit it to. */
export const wrong = (detail: Detail): RefusalRow => forGood(unprocessable(detail));

export const time = (seconds = ''): string =>
  new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
export const mass = (milligrams = '0'): string => formatMass(BigInt(milligrams));
export const pair = (args: RefusalArgs): string =>
  `${args.recycled === 'true' ? 'recycled' : 'primary'} ${materialOf(Number(args.material)).name}`;
export const term = (table: Record<string, number>, code = ''): string =>
  `"${termOf(table, Number(code)) ?? code}"`;
export const known = (table: Record<string, number>): string =>
  Object.entries(table)
    .map(([name, code]) => `${code} (${name})`)
    .join(', ');
