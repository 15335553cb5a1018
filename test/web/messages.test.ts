import { glob } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { commodityOf, knownCommodities } from '../../src/protocol/commodities.ts';
import { materials } from '../../src/protocol/materials.ts';
import { type AnyPart, serviceParts, verifierParts } from '../../src/web/i18n/parts.ts';
import { Translator } from '../../src/web/i18n/translator.ts';
import { MESSAGES, PLURAL, placeholders, readMessages, texts } from './texts.ts';

const parts = (await Array.fromAsync(glob('*.json', { cwd: `${MESSAGES}/en` }))).map(
  (file) => file.slice(0, -5) as AnyPart,
);

/** What the verifier and the service word in English themselves. */
const twins = [...new Set(Object.values(verifierParts).flat()), ...serviceParts];

test('both languages have the same parts, and French those that are worded in English elsewhere', async () => {
  const french = await Array.fromAsync(glob('*.json', { cwd: `${MESSAGES}/fr` }));
  expect(french.map((file) => file.slice(0, -5)).sort()).toEqual([...parts, ...twins].sort());
  expect(parts).toContain('certificate');
});

describe.each(parts)('messages of %s', (part) => {
  test('have the same keys in English and French, none of them empty', async () => {
    const [en, fr] = [texts(await readMessages('en', part)), texts(await readMessages('fr', part))];
    const names = (all: [string, string][]) => [...new Set(all.map(([key]) => key.replace(PLURAL, '')))];
    expect(names(fr)).toEqual(names(en));
    for (const [key, text] of [...en, ...fr]) expect(text.trim(), key).not.toBe('');
  });

  test('leave room for the same values and elements, of plurals in each form', async () => {
    const en = new Map(
      texts(await readMessages('en', part)).map(([key, text]) => [key.replace(PLURAL, ''), text]),
    );
    for (const [key, text] of texts(await readMessages('fr', part))) {
      const optional = PLURAL.test(key) ? ['{{count}}'] : [];
      const wanted = placeholders(en.get(key.replace(PLURAL, '')) ?? '').filter(
        (name) => !optional.includes(name),
      );
      expect(
        placeholders(text).filter((name) => !optional.includes(name)),
        key,
      ).toEqual(wanted);
    }
  });

  test.each(['en', 'fr'])('have every plural form of %s', async (language) => {
    const all = new Map(texts(await readMessages(language, part)));
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of all.keys())
      if (PLURAL.test(key))
        for (const form of forms)
          expect(all.has(key.replace(PLURAL, `_${form}`)), `${key}, ${form}`).toBe(true);
  });

  test('hold neither code nor HTML', async () => {
    for (const language of ['en', 'fr'])
      for (const [key, text] of texts(await readMessages(language, part)))
        expect(text.replaceAll(/<\w+\/>/g, ''), key).not.toMatch(/[<>]|javascript:/i);
  });
});

test.each(twins)('%s has every plural form of French, and holds neither code nor HTML', async (part) => {
  const all = new Map(texts(await readMessages('fr', part)));
  for (const [key, text] of all) {
    expect(text, key).not.toMatch(/[<>]|javascript:/i);
    if (PLURAL.test(key))
      for (const form of ['one', 'many', 'other'])
        expect(all.has(key.replace(PLURAL, `_${form}`)), `${key}, ${form}`).toBe(true);
  }
});

test('terms name every material and every commodity of the protocol, as it does', async () => {
  const { material, commodity } = (await readMessages('en', 'terms')) as Record<
    string,
    Record<string, string>
  >;
  expect(material).toEqual(Object.fromEntries(materials.map(({ id, name }) => [id, name])));
  for (const [key, name] of Object.entries(commodity ?? {}))
    expect(commodityOf(Number(key.slice(2).padEnd(6, '0'))).name, key).toBe(name);
  const names = Object.values(commodity ?? {});
  for (const code of knownCommodities) expect(names).toContain(commodityOf(code).name);
});

describe('a translator', () => {
  const french = new Translator('fr');
  french.add('common', {
    lots_one: 'un lot de {{mass}}',
    lots_many: '{{count}} de lots',
    lots_other: '{{count}} lots',
    group: { inner: 'dedans' },
  });

  test('ends no French line before its punctuation', () => {
    french.add('terms', { said: 'Pourquoi : « {{what}} » ?' });
    expect(french.find('terms:said', { what: 'a ; b' })).toBe('Pourquoi\u00a0: «\u00a0a ; b\u00a0»\u00a0?');
  });

  test('chooses the plural of its language, and writes counts its way', () => {
    expect(french.find('common:lots', { count: 1, mass: '2 kg' })).toBe('un lot de 2 kg');
    expect(french.find('common:lots', { count: 0, mass: '0 kg' })).toBe('0 lots');
    expect(french.find('common:lots', { count: 12_345 })).toBe(
      `${new Intl.NumberFormat('fr').format(12_345)} lots`,
    );
    expect(french.find('common:lots', { count: 1_000_000 })).toMatch(/de lots$/);
  });

  test('finds what is in a group, and nothing where there is nothing', () => {
    expect(french.find('common:group.inner')).toBe('dedans');
    for (const key of ['common:group', 'common:none', 'common:group.inner.more', 'terms:group'])
      expect(french.find(key)).toBeUndefined();
  });

  test('elides "de" before a vowel, in French alone', () => {
    const texts = { of: '{{mass}} de {{what}} au code de {{x}}' };
    const english = new Translator('en');
    for (const translator of [french, english]) translator.add('check', texts);
    const values = { mass: '5 kg', what: 'étain', x: '3' };
    expect(french.find('check:of', values)).toBe('5 kg d’étain au code de 3');
    expect(french.find('check:of', { ...values, what: 'nickel', x: 'yttrium' })).toBe(
      '5 kg de nickel au code d’yttrium',
    );
    expect(english.find('check:of', values)).toBe('5 kg de étain au code de 3');
  });

  test('puts values in as text, whatever they say', () => {
    expect(french.find('common:lots', { count: 1, mass: '{{count}} <b/> $&' })).toBe(
      'un lot de {{count}} <b/> $&',
    );
  });
});
