/** How numbers, masses and times read in one language. */
type Formats = {
  readonly decimal: Intl.NumberFormat;
  readonly whole: Intl.NumberFormat;
  readonly percent: Intl.NumberFormat;
  readonly day: Intl.DateTimeFormat;
  readonly moment: Intl.DateTimeFormat;
  readonly ago: Intl.RelativeTimeFormat;
  readonly list: Intl.ListFormat;
  readonly regions: Intl.DisplayNames;
};

let locale = 'en';
const byLocale = new Map<string, Formats>();

/** The language of everything below, as BCP 47 spells it. */
export function setLocale(tag: string): void {
  locale = tag;
}

function formats(): Formats {
  const known = byLocale.get(locale);
  if (known) return known;
  const moment = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' } as const;
  const made: Formats = {
    decimal: new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 }),
    whole: new Intl.NumberFormat(locale),
    percent: new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }),
    day: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
    moment: new Intl.DateTimeFormat(locale, moment),
    ago: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    list: new Intl.ListFormat(locale, { type: 'conjunction' }),
    regions: new Intl.DisplayNames(locale, { type: 'region' }),
  };
  byLocale.set(locale, made);
  return made;
}

const UNITS: [string, number][] = [
  ['t', 1e9],
  ['kg', 1e6],
  ['g', 1e3],
];

/** Milligrams for reading: four digits in the largest unit that they fill. The exact figure belongs beside it. */
export function readableMass(milligrams: string | bigint): string {
  const amount = Number(milligrams);
  const [unit, size] = UNITS.find(([, size]) => Math.abs(amount) >= size) ?? ['mg', 1];
  return `${formats().decimal.format(amount / size)}\u00a0${unit}`;
}

/** Milligrams in full, digits in groups. */
export function exactMass(milligrams: string | bigint): string {
  return `${formats().whole.format(BigInt(milligrams))}\u00a0mg`;
}

/** A count, digits in groups. */
export function readableNumber(number: number): string {
  return formats().whole.format(number);
}

/** Parts per million as a percentage; what is there but rounds to nothing says so. */
export function readableShare(ppm: number): string {
  if (ppm > 0 && ppm < 500) return `< ${formats().percent.format(0.001)}`;
  return formats().percent.format(ppm / 1e6);
}

/** Unix seconds as a day, UTC. */
export function readableDay(time: number): string {
  return formats().day.format(time * 1000);
}

/** Unix seconds as a day and time, UTC. */
export function readableTime(time: number): string {
  return `${formats().moment.format(time * 1000)} UTC`;
}

const SPANS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long before `now` something was: "3 hours ago". Unix seconds. */
export function readableAgo(time: number, now: number): string {
  const past = time - now;
  const [unit, size] = SPANS.find(([, size]) => Math.abs(past) >= size) ?? ['minute', 60];
  return formats().ago.format(Math.trunc(past / size), unit);
}

/** "A, B and C". */
export function readableList(items: readonly string[]): string {
  return formats().list.format(items);
}

/** A country's name by its ISO 3166-1 alpha-2 code. */
export function regionName(alpha2: string): string {
  return formats().regions.of(alpha2) ?? alpha2;
}

/** The first digits of an id: enough to tell two apart on a page. */
export function shortId(id: string): string {
  return `${id.slice(0, 8)}…${id.slice(-4)}`;
}
