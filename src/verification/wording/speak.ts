import type { Phrase, PolicyWords, Value } from './phrase.ts';

/** What a language has to say phrases with. */
export type Speaker = {
  /** The text of a key, in the plural of `count`, filled in; undefined where the language has none. */
  text(key: string, values: Readonly<Record<string, string | number>>): string | undefined;
  mass(milligrams: bigint): string;
  /** Of parts per million. */
  share(ppm: number): string;
  /** Unix seconds, UTC. */
  day(time: number): string;
  country(numeric: number): string;
  material(id: number): string;
  /** By the digits of its HS code. */
  commodity(digits: string): string;
  /** What a policy's words are in this language; undefined where nobody has translated them. */
  policy(words: string): string | undefined;
};

/** What a phrase is in the language of the speaker; undefined where that lacks any of its texts. */
export function speak(speaker: Speaker, said: Phrase | PolicyWords): string | undefined {
  if ('policy' in said) return speaker.policy(said.policy);
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(said.values)) {
    const words = typeof value === 'number' ? value : wordsOf(speaker, value);
    if (words === undefined) return undefined;
    values[name] = words;
  }
  return speaker.text(said.key, values);
}

/** Inside of a phrase, a policy's words that nobody has translated stay as their author wrote them. */
function wordsOf(speaker: Speaker, value: Value): string | undefined {
  if (typeof value === 'number' || typeof value === 'string') return String(value);
  if ('key' in value) return speak(speaker, value);
  if ('policy' in value) return speaker.policy(value.policy) ?? value.policy;
  if ('milligrams' in value) return speaker.mass(BigInt(value.milligrams));
  if ('ppm' in value) return speaker.share(value.ppm);
  if ('day' in value) return speaker.day(value.day);
  if ('country' in value) return speaker.country(value.country);
  if ('material' in value) return speaker.material(value.material);
  if ('commodity' in value) return speaker.commodity(value.commodity);
  if ('id' in value) return shortId(value.id);
  const [first = '', ...rest] = value.list.map((item) => wordsOf(speaker, item));
  return rest.reduce(
    (before, next) =>
      before === undefined || next === undefined
        ? undefined
        : speaker.text(`list.${value.joint}`, { before, next }),
    first,
  );
}

/** An id as people can read it out. */
export function shortId(id: string): string {
  return `${id.slice(0, 10)}…`;
}
