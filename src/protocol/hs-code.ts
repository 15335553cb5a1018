/** How an HS-6 code is written: 283691 → "2836.91". */
export function hsCode(code: number): string {
  const digits = String(code).padStart(6, '0');
  return `${digits.slice(0, 4)}.${digits.slice(4)}`;
}
