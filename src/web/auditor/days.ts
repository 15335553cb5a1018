/** The first second of a day as a date field has it ("2026-01-31"), UTC; null where the field is empty. */
export function startOf(day: string): number | null {
  return day === '' ? null : Date.parse(`${day}T00:00:00Z`) / 1000;
}
