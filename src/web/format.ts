let locale = 'en';

/** The language of everything below, as BCP 47 spells it. */
export function setLocale(tag: string): void {
  locale = tag;
}

/** One of each kind and locale, made when something is first written by it: a phone takes milliseconds for each. */
function once<Format>(make: (locale: string) => Format): () => Format {
  const made = new Map<string, Format>();
  return () => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}

const formats = {
  decimal: once((tag) => new Intl.NumberFormat(tag, { maximumSignificantDigits: 4 })),
  whole: once((tag) => new Intl.NumberFormat(tag)),
  percent: once((tag) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })),
  day: once((tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' })),
  moment: once(
    (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
  ),
  list: once((tag) => new Intl.ListFormat(tag, { type: 'conjunction' })),
  regions: once((tag) => new Intl.DisplayNames(tag, { type: 'region' })),
};

const UNITS: [string, number][] = [
  ['t', 1e9],
  ['kg', 1e6],
  ['g', 1e3],
];

/** Milligrams for reading: four digits in the largest unit that they fill. The exact figure belongs beside it. */
export function readableMass(milligrams: string | bigint): string {
  const amount = Number(milligrams);
  const [unit, size] = UNITS.find(([, size]) => Math.abs(amount) >= size) ?? ['mg', 1];
  return `${formats.decimal().format(amount / size)}\u00a0${unit}`;
}

/** Milligrams in full, digits in groups. */
export function exactMass(milligrams: string | bigint): string {
  return `${formats.whole().format(BigInt(milligrams))}\u00a0mg`;
}

/** A count, digits in groups. */
export function readableNumber(number: number): string {
  return formats.whole().format(number);
}

/** A number of bytes for reading: "340 kB", "3.2 MB". */
export function readableBytes(bytes: number): string {
  const isSmall = bytes < 1e6;
  const unit = isSmall ? 'kilobyte' : 'megabyte';
  const amount = isSmall ? Math.ceil(bytes / 1e3) : bytes / 1e6;
  return amount.toLocaleString(locale, { style: 'unit', unit, maximumFractionDigits: 1 });
}

/** Parts per million as a percentage; what is there but rounds to nothing says so. */
export function readableShare(ppm: number): string {
  if (ppm > 0 && ppm < 500) return `< ${formats.percent().format(0.001)}`;
  return formats.percent().format(ppm / 1e6);
}

/** Unix seconds as a day, UTC. French writes the first of a month as an ordinal, which Intl does not know. */
export function readableDay(time: number): string {
  const day = formats.day().format(time * 1000);
  return locale.startsWith('fr') ? day.replace(/^1 /, '1er ') : day;
}

/** Unix seconds as a day and time, UTC. */
export function readableTime(time: number): string {
  return `${formats.moment().format(time * 1000)} UTC`;
}

/** "A, B and C". */
export function readableList(items: readonly string[]): string {
  return formats.list().format(items);
}

/** A country's name by its ISO 3166-1 alpha-2 code. */
export function regionName(alpha2: string): string {
  return formats.regions().of(alpha2) ?? alpha2;
}

/** The first digits of an id: enough to tell two apart on a page. */
export function shortId(id: string): string {
  return `${id.slice(0, 8)}…${id.slice(-4)}`;
}
