/** The largest mass that a statement may hold, in milligrams: 2⁶³ − 1. */
export const MAX_MILLIGRAMS = (1n << 63n) - 1n;

// Milligrams per unit; UN/CEFACT Rec 20 codes in upper case beside the symbols people type.
const UNITS: Record<string, bigint> = {
  mg: 1n,
  g: 1_000n,
  grm: 1_000n,
  kg: 1_000_000n,
  kgm: 1_000_000n,
  t: 1_000_000_000n,
  tne: 1_000_000_000n,
};

/**
 * A mass as a person types it ("25 t", "7.5kg", "300 mg") in milligrams.
 *
 * @throws RangeError that says what is wrong: no unit, an unknown one, less than a milligram, more than 2⁶³ − 1
 */
export function parseMass(text: string): bigint {
  const match = /^\s*(\d+)(?:\.(\d+))?\s*([a-zA-Z]+)\s*$/.exec(text);
  const perUnit = UNITS[match?.[3]?.toLowerCase() ?? ''];
  if (!match || perUnit === undefined)
    throw new RangeError(
      `"${text}" is not a mass: write a number and a unit (mg, g, kg or t), such as "7.5 kg"`,
    );
  const fraction = match[2] ?? '';
  const scaled = BigInt(`${match[1]}${fraction}`) * perUnit;
  const divisor = 10n ** BigInt(fraction.length);
  if (scaled % divisor !== 0n) throw new RangeError(`"${text}" is finer than a milligram`);
  const milligrams = scaled / divisor;
  if (milligrams > MAX_MILLIGRAMS) throw new RangeError(`"${text}" is more than ${MAX_MILLIGRAMS} mg`);
  return milligrams;
}

/** A mass for people, exact to the milligram, in the largest unit that it fills: 7500000n → "7.5 kg". */
export function formatMass(milligrams: bigint): string {
  const [symbol, perUnit] =
    milligrams >= 1_000_000_000n
      ? (['t', 1_000_000_000n] as const)
      : milligrams >= 1_000_000n
        ? (['kg', 1_000_000n] as const)
        : milligrams >= 1_000n
          ? (['g', 1_000n] as const)
          : (['mg', 1n] as const);
  const whole = milligrams / perUnit;
  const rest = milligrams % perUnit;
  if (rest === 0n) return `${whole} ${symbol}`;
  const digits = String(rest)
    .padStart(String(perUnit).length - 1, '0')
    .replace(/0+$/, '');
  return `${whole}.${digits} ${symbol}`;
}
