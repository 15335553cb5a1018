import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyBundle } from '../../src/verification/bundle/verify.ts';
import { shippedPolicies } from '../../src/verification/policies/shipped.ts';
import { voidJudgement } from '../../src/verification/void-lot.ts';
import { english, englishTexts } from '../../src/verification/wording/english.ts';
import { say } from '../../src/verification/wording/say.ts';
import { AUSTRALIA, cobalt } from '../verification/story.ts';
import { inFrench } from './french.ts';
import { PLURAL, placeholders, readMessages, texts } from './texts.ts';

const said = [
  ...texts(await readMessages('fr', 'findings')),
  ...texts(await readMessages('fr', 'conclusion')),
];
const translated = await readMessages('fr', 'policies');
const keysOf = (keys: readonly string[]) => [...new Set(keys.map((key) => key.replace(PLURAL, '')))].sort();

test('each text of the verifier has a French twin, and none has lost its own', () => {
  expect(keysOf(said.map(([key]) => key))).toEqual(keysOf(Object.keys(englishTexts)));
});

test('the twins leave room for the same values, of plurals in each form', () => {
  const room = (text: string, key: string) =>
    placeholders(text).filter((name) => !PLURAL.test(key) || name !== '{{count}}');
  const wanted = new Map(
    Object.entries(englishTexts).map(([key, text]) => [key.replace(PLURAL, ''), room(text, key)]),
  );
  for (const [key, text] of said) expect(room(text, key), key).toEqual(wanted.get(key.replace(PLURAL, '')));
});

test('all that a policy that ships shows has a French twin, and nothing else has', () => {
  const policies = shippedPolicies();
  const { rule } = voidJudgement(cobalt({ mineCountry: AUSTRALIA }).history());
  const words = [
    ...[rule.clause, rule.question],
    ...policies.flatMap(({ name, rules }) => [
      name,
      ...rules.flatMap(({ question, clause }) => [question, clause]),
    ]),
    ...policies.flatMap(({ rules }) =>
      rules.flatMap(({ check, parameters }) => {
        if (check === 'not-told') return parameters.why;
        return check === 'countries'
          ? [...parameters.refused, ...(parameters.allowed ?? [])].map(({ title }) => title)
          : [];
      }),
    ),
  ];
  expect(Object.keys(translated).sort()).toEqual([...new Set(words)].sort());
});

test('what proves a certificate, and what is left to trust, is said in both languages', () => {
  const { bundle } = JSON.parse(readFileSync(`${import.meta.dirname}/../vectors/bundle.json`, 'utf8')) as {
    bundle: unknown;
  };
  const result = verifyBundle(bundle);
  if (!result.ok) throw new Error('The vector does not hold');
  const { proven, trusted, wording } = result;
  expect([...wording.proven, ...wording.trusted].map((one) => english(one))).toEqual([...proven, ...trusted]);
  for (const one of [...wording.proven, ...wording.trusted])
    expect(inFrench(one)).not.toMatch(/no French|\bthe\b/);
});

test('French reads as French: figures, names, elisions, spaces', () => {
  const masses = [50, 27].map((material) =>
    say('origin-known.mass', { mass: { milligrams: '1234500000' }, material: { material } }),
  );
  expect(inFrench(say('origin-known.undeclared.title', { masses: { list: masses, joint: 'and' } }))).toBe(
    '1,235\u00a0t d’étain et 1,235\u00a0t de cobalt\u00a0: origine absente du registre',
  );
  const site = say('site', { name: 'Kolwezi', country: { country: 180 } });
  expect(inFrench(say('high-risk-origins.listed', { country: { country: 180 } }))).toMatch(
    /\u00a0: Congo-Kinshasa\.$/,
  );
  expect(inFrench(say('sites.breach.title', { site }))).toMatch(/^Kolwezi \(Congo-Kinshasa\) n’était/);
  const when = { from: { day: 1_772_323_200 }, until: { day: 1_775_088_000 } };
  expect(inFrench(say('suppliers.mend', { days: say('from-day-to-day', when) }))).toMatch(
    /du 1er mars 2026 au 2 avr\. 2026\.$/,
  );
});

test('a policy’s own words that nobody has translated stay as they are within a sentence', () => {
  const list = { list: [{ policy: 'Pays de la maison' }], joint: 'semicolon' } as const;
  expect(inFrench(say('countries.refused.why', { lists: list }))).toBe('Refusés\u00a0: Pays de la maison.');
  expect(inFrench({ policy: 'Une question de la maison' })).toMatch(/^no French/);
  expect(inFrench({ key: 'of-a-newer-service', values: {} })).toMatch(/^no French/);
});
