import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/build.ts';
import { verifierParts } from '../../src/web/i18n/parts.ts';

const DIST = join(import.meta.dirname, '../../dist/web');

type Chunk = { readonly file: string; readonly imports?: readonly string[] };
type Manifest = Readonly<Record<string, Chunk>>;

beforeAll(() => ensureBuilt(() => undefined), 300_000);

const manifestOf = async () =>
  JSON.parse(await readFile(join(DIST, '.vite/certificate.json'), 'utf8')) as Manifest;

/** The script of an entry and all that it imports before it can run. */
function closure(manifest: Manifest, name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk) throw new Error(`The pages have no ${name}`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) closure(manifest, imported, found);
  return found;
}

async function gzipped(files: Iterable<string>): Promise<number> {
  let sum = 0;
  for (const file of files) sum += gzipSync(await readFile(join(DIST, file)), { level: 9 }).length;
  return sum;
}

test('the certificate page is at most 130 kB of gzipped script until it is checked, the tools included', async () => {
  const manifest = await manifestOf();
  const scripts = closure(manifest, 'certificate.html');
  closure(manifest, 'certificate/CertificateTools.tsx', scripts);
  expect(await gzipped(scripts)).toBeLessThanOrEqual(130_000);
});

test.each([
  ['en', 8_000, ['common', 'terms', 'certificate']],
  ['fr', 21_000, ['common', 'terms', 'certificate', ...verifierParts.certificate]],
])('its messages in %s are data, of at most %i bytes gzipped', async (language, most, parts) => {
  const manifest = await manifestOf();
  const files = parts.map((part) => manifest[`messages/${language}/${part}.json`]?.file ?? '');
  for (const file of files) expect(file).toMatch(/\.json$/);
  expect(await gzipped(files)).toBeLessThanOrEqual(most);
});

test('the certificate page loads nothing of the workspaces, of keys or of signing', async () => {
  for (const file of closure(await manifestOf(), 'certificate.html')) {
    const text = await readFile(join(DIST, file), 'utf8');
    expect(text, file).not.toMatch(/eth_signTypedData|keystore|secp256k1/);
  }
});
