import { SingleBar } from 'cli-progress';

/** @throws Error where the option is no whole number */
export function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number, not "${text}"`);
}

/** How far a campaign is; where nobody watches, a line now and then. @param units such as "chains" */
export function startBar(total: number, units: string): SingleBar {
  const bar = new SingleBar({
    format: `{bar} {percentage} % | {value} of {total} ${units} | {eta_formatted} left`,
    noTTYOutput: !process.stdout.isTTY,
    notTTYSchedule: 30_000,
  });
  bar.start(total, 0);
  return bar;
}
