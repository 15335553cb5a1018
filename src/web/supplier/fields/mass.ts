import { parseMass } from '../../../protocol/mass.ts';

export const massUnits = ['mg', 'g', 'kg', 't'] as const;
export type MassUnit = (typeof massUnits)[number];

/** A mass as it is typed: the number as text, so that nothing of it is lost, and its unit. */
export type TypedMass = { readonly number: string; readonly unit: MassUnit };

export const noMass: TypedMass = { number: '', unit: 'kg' };

/** Milligrams; null where it is no mass. Either decimal sign will do. */
export function milligramsOf({ number, unit }: TypedMass): bigint | null {
  try {
    return parseMass(`${number.trim().replace(',', '.')} ${unit}`);
  } catch {
    return null;
  }
}

/** A percentage as it is typed, in parts per million of a percent: exact, as many digits as people write. */
function gradeOf(text: string): bigint | null {
  const match = /^\s*(\d{1,3})(?:[.,](\d{1,6}))?\s*$/.exec(text);
  if (!match) return null;
  const grade = BigInt(`${match[1]}${(match[2] ?? '').padEnd(6, '0')}`);
  return grade <= 100_000_000n ? grade : null;
}

/** What a grade makes of a net mass, in whole milligrams, rounded down; null where either is none. @param grade percent, as typed */
export function contentAt(grade: string, net: bigint | null): bigint | null {
  const parts = gradeOf(grade);
  return parts === null || net === null ? null : (net * parts) / 100_000_000n;
}
