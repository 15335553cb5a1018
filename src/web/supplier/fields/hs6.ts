/** The HS-6 code that a text begins with: "2605.00 Cobalt ores", "260500"; null where it is none. */
export function hs6In(text: string): number | null {
  const digits = /^\s*(\d{4})[.\s]?(\d{2})(?!\d)/.exec(text);
  const code = digits ? Number(`${digits[1]}${digits[2]}`) : 0;
  return code > 0 ? code : null;
}
