import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, test } from 'vitest';
import { problems } from '../../src/api/problems.ts';
import { ApiError } from '../../src/web/api.ts';
import { ProblemText, RefusalText } from '../../src/web/components/ProblemText.tsx';
import { loadLanguages, loadServicePart, speak } from '../../src/web/i18n/i18n.ts';
import french from '../../src/web/messages/fr/problems.json' with { type: 'json' };
import { readMessages } from './texts.ts';

const said = Object.entries(french);

describe('the problems in French', () => {
  test('are those of the closed list, each of them', () => {
    expect(Object.keys(french).sort()).toEqual(Object.keys(problems).sort());
  });

  test('say what happened and what to do, in one sentence or two', () => {
    for (const [code, text] of said) expect(text, code).toMatch(/^\p{Lu}[^.]+\.( \p{Lu}[^.]+\.)?$/u);
  });

  test('are not the English words', () => {
    const english = Object.values(problems).flatMap(({ title, cause, remedy }) => [title, cause, remedy]);
    for (const [code, text] of said)
      for (const words of english) expect(text, code).not.toContain(words.replace(/\.$/, ''));
  });

  test('use the apostrophe of all messages, and no value that nobody would fill in', () => {
    for (const [code, text] of said) expect(text, code).not.toMatch(/['"]|\{\{/);
  });
});

describe('an answer of the service', () => {
  const drawn = (error: Error) => renderToStaticMarkup(<ProblemText error={error} />);
  const spent = new ApiError(409, 'lot-is-spent', 'Lot 0x12 is spent.');
  const own = '<span lang="en">Lot 0x12 is spent.</span>';

  beforeAll(() => loadLanguages(['common'], readMessages));

  test('stands in English as the service words it', () => {
    speak('en', 'en');
    expect(drawn(spent)).toBe('Lot 0x12 is spent.');
  });

  test('stands in French as the service words it until the French is there, and then below it', async () => {
    speak('fr', 'fr');
    expect(drawn(spent)).toBe(own);
    await loadServicePart('fr', 'problems');
    expect(drawn(spent)).toBe(
      'Ce lot a été consommé par une production. Lisez son histoire\u00a0: elle dit laquelle.' +
        `<span class="service-words">Le service, mot pour mot\u00a0: ${own}</span>`,
    );
  });

  test('is marked as English under a code that has no French', async () => {
    speak('fr', 'fr');
    await loadServicePart('fr', 'problems');
    expect(drawn(new ApiError(418, 'teapot', 'Short and stout.'))).toBe(
      '<span lang="en">Short and stout.</span>',
    );
  });

  test('is told from what these pages word themselves', () => {
    speak('fr', 'fr');
    const ours = 'Choisissez d’abord qui vous êtes.';
    expect(drawn(new Error(ours))).toBe(ours);
    expect(renderToStaticMarkup(<RefusalText code={undefined} words={ours} />)).toBe(ours);
  });
});
