import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { certificatePages } from '../../../src/api/web/drawing.ts';
import type { CertificateDrawer, SentCertificate } from '../../../src/api/web/sent.ts';

const template = await readFile(join(import.meta.dirname, '../../../src/web/certificate.html'), 'utf8');
const manifest = Object.fromEntries(
  ['common', 'terms', 'certificate', 'findings'].map((part) => [
    `messages/fr/${part}.json`,
    { file: `assets/${part}-1a.json` },
  ]),
);
const drawer: CertificateDrawer = {
  wordsFor: () => ({ language: 'fr', locale: 'fr-CH' }),
  draw: () => ({ title: 'Un lot : conforme', description: 'Ce lot…', body: '<main>conforme $& $1</main>' }),
};
const sent: SentCertificate = {
  lot: `0x${'12'.repeat(32)}`,
  policy: null,
  ...{ language: 'fr', locale: 'fr-CH' },
  answers: [[['certificate'], { name: '</script><script>alert(1)</script><!--' }]],
};

test('what is drawn stands in its places of the page, as it is', () => {
  const html = certificatePages(drawer, template, manifest).page(sent);
  expect(html).toContain('<html lang="fr">');
  expect(html).toContain('<title>Un lot : conforme</title>');
  expect(html).toContain('name="description" content="Ce lot…"');
  expect(html).toContain('<div id="root"><main>conforme $& $1</main></div>');
  for (const part of ['terms', 'findings'])
    expect(html).toContain(`<link rel="preload" as="fetch" crossorigin href="/assets/${part}-1a.json">`);
  expect(html).not.toContain('undefined');
  expect(html).not.toContain('<noscript>');
});

test('scripts wait, for the page to be painted', () => {
  const html = certificatePages(drawer, template, manifest).page(sent);
  const [before, later] = html.split('<template id="scripts">');
  expect(before).not.toMatch(/type="module"|preload/);
  expect(later).toContain('<script type="module" src="/certificate/main.tsx"></script></template>');
  expect(later?.indexOf('preload')).toBeLessThan(later?.indexOf('type="module"') ?? 0);
});

test('what people typed cannot end the element that holds it', () => {
  const html = certificatePages(drawer, template, manifest).page(sent);
  expect(html).not.toContain('alert(1)</script>');
  const held = /<script type="application\/json" id="sent">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  expect(JSON.parse(held)).toEqual(sent);
});

test('a page without a place for what is drawn is said to be one', () => {
  const { page } = certificatePages(drawer, template.replace('<div id="root"></div>', ''), manifest);
  expect(() => page(sent)).toThrow(/has no place for .*root/);
  const scriptless = template.replace(/<script type="module".*<\/script>/, '');
  expect(() => certificatePages(drawer, scriptless, manifest)).toThrow(/has no scripts/);
});
