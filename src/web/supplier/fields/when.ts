/** Unix seconds as a `datetime-local` input holds it, UTC. */
export function whenText(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 16);
}

/** What was typed, in Unix seconds; null where it is no time. */
export function whenOf(text: string): number | null {
  const milliseconds = Date.parse(`${text}Z`);
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}
