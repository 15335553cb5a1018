const decimal = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const dateTime = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

const UNITS: [string, number][] = [
  ['t', 1e9],
  ['kg', 1e6],
  ['g', 1e3],
];

/** Milligrams for reading: four digits in the largest unit that they fill. The exact figure belongs beside it. */
export function readableMass(milligrams: string): string {
  const amount = Number(milligrams);
  const [unit, size] = UNITS.find(([, size]) => amount >= size) ?? ['mg', 1];
  return `${decimal.format(amount / size)} ${unit}`;
}

/** A number of bytes for reading: "340 kB", "3.2 MB". */
export function readableBytes(bytes: number): string {
  return bytes < 1e6
    ? `${decimal.format(Math.ceil(bytes / 1e3))} kB`
    : `${decimal.format(Math.round(bytes / 1e5) / 10)} MB`;
}

/** Parts per million as a percentage; what is there but rounds to nothing says so. */
export function readableShare(ppm: number): string {
  if (ppm > 0 && ppm < 500) return `< ${percent.format(0.001)}`;
  return percent.format(ppm / 1e6);
}

/** Unix seconds as a day, UTC. */
export function readableDay(time: number): string {
  return date.format(time * 1000);
}

/** Unix seconds as a day and time, UTC. */
export function readableTime(time: number): string {
  return `${dateTime.format(time * 1000)} UTC`;
}

/** A term of the API in plain words: `smelter-or-refiner` → "smelter or refiner". */
export function readableTerm(term: string): string {
  return term.replaceAll('-', ' ');
}

/** "1 reading", "6 readings". */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The first digits of an id: enough to tell two apart on a page. */
export function shortId(id: string): string {
  return `${id.slice(0, 8)}…${id.slice(-4)}`;
}
