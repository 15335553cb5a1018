import { expect } from 'vitest';
import type { Certificate } from '../../src/verification/certificate.ts';
import { english } from '../../src/verification/wording/english.ts';
import type { Phrase, PolicyWords } from '../../src/verification/wording/phrase.ts';
import { speak } from '../../src/verification/wording/speak.ts';
import { setLocale } from '../../src/web/format.ts';
import { filesFor } from '../../src/web/i18n/parts.ts';
import { speakerOf } from '../../src/web/i18n/speaker.ts';
import { Translator } from '../../src/web/i18n/translator.ts';
import { readMessages } from './texts.ts';

/** What no French sentence has; names of sites and parties of the stories have none of it either. */
const ENGLISH = /\b(the|was|were|is|are|which|nobody|nothing|with|under|from|that|its|it)\b/i;

const translator = new Translator('fr');
for (const part of [...filesFor('certificate', 'fr'), ...filesFor('check', 'fr'), 'terms', 'common'] as const)
  translator.add(part, await readMessages('fr', part));
const french = speakerOf({
  find: (key, values) => translator.find(key, values),
  policy: (words) => translator.instead('policies', words),
});

/** What a French reader is shown. @throws where something has no French */
export function inFrench(...said: readonly (Phrase | PolicyWords)[]): string {
  setLocale('fr');
  const sentences = said.map((one) => speak(french, one) ?? `no French: ${JSON.stringify(one)}`);
  return sentences.join(' ');
}

/** All that the verifier worded says in English what the certificate has, and all of it in French. */
export function expectBothLanguages({ findings, rules, missing }: Certificate): void {
  const said: [string, readonly (Phrase | PolicyWords)[]][] = [
    ...findings.flatMap(({ title, detail, mend, wording }): typeof said => [
      [title, [wording.title]],
      [detail, wording.detail],
      [mend, [wording.mend]],
    ]),
    ...rules.map(({ summary, wording }): (typeof said)[number] => [summary, [wording]]),
    ...missing.flatMap(({ detail, wording }): typeof said => (wording ? [[detail, [wording]]] : [])),
  ];
  for (const [words, wording] of said) {
    expect(english(...wording)).toBe(words);
    if (wording.some((one) => 'policy' in one)) continue;
    expect(inFrench(...wording), words).not.toMatch(ENGLISH);
    expect(inFrench(...wording), words).not.toMatch(/no French|undefined|\{\{|\}\}/);
  }
}
