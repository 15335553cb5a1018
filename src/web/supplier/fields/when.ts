/** What was typed, in Unix seconds; null where it is no time. */
export function whenOf(text: string): number | null {
  const milliseconds = Date.parse(`${text}Z`);
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}
