import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { urls } from '../../src/web/urls.ts';
import { DIALOGS, PAGES, pageAt } from './flows/places.ts';

const WEB = join(import.meta.dirname, '../../src/web');
const sources = globSync('**/*.tsx', { cwd: WEB }).map((file) => ({
  file,
  text: readFileSync(join(WEB, file), 'utf8'),
}));

/** The routes that a file adds to the app: those of a workspace are below its own name. */
function routesIn({ file, text }: { file: string; text: string }): string[] {
  const above = file === 'App.tsx' ? '' : `/${file.split('/')[0]}`;
  return [...text.matchAll(/<Route\b([^>]*)>/g)].flatMap(([, said = '']) => {
    const name = /path=\{urls\.(\w+)\}/.exec(said)?.[1];
    const path = name === undefined ? /path="([^"]+)"/.exec(said)?.[1] : urls[name as 'home'];
    const whole = `${above}${path ?? '/*'}`;
    return whole.length > 1 ? whole.replace(/\/$/, '') : whole;
  });
}

describe('what axe looks at in the browser', () => {
  test('is every page that a route leads to, the certificate, and the certificate as one file', () => {
    const routes = new Set(sources.flatMap(routesIn));
    expect([...routes, '/lots/:lot', 'file'].toSorted()).toEqual([...PAGES].toSorted());
  });

  test('is every dialog', () => {
    const withDialogs = sources.filter(({ text }) =>
      /<(Modal|Drawer|Dialog|dialog)\b|role="dialog"/.test(text),
    );
    expect(withDialogs.map(({ file }) => file).toSorted()).toEqual(Object.keys(DIALOGS).toSorted());
    for (const { text } of withDialogs) expect(text.match(/<(Modal|Drawer)\b/g)).toHaveLength(1);
  });

  test('is known by its address', () => {
    const id = `0x${'ab'.repeat(32)}`;
    const pages = ['/', '/supplier/', `/lots/${id}?policy=x`, `/auditor/lots/${id}`, '/auditor/no', '/no'];
    expect(pages.map((page) => pageAt(`http://host${page}`))).toEqual([
      ...['/', '/supplier', '/lots/:lot', '/auditor/lots/:lot', '/auditor/*', '/*'],
    ]);
    expect(pageAt('file:///a/b.html')).toBe('file');
  });
});
