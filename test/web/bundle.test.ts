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

test('the certificate page is at most 130 kB of gzipped script, messages of either language included', async () => {
  const manifest = await manifestOf();
  const scripts = closure(manifest, 'certificate.html');
  for (const language of ['en', 'fr']) {
    const messages = ['common', 'terms', 'certificate'].flatMap((part) => [
      ...closure(manifest, `messages/${language}/${part}.json`),
    ]);
    expect(await gzipped(new Set([...scripts, ...messages]))).toBeLessThanOrEqual(130_000);
  }
});

test('what the verifier words in English costs a reader of French at most 13 kB more', async () => {
  const manifest = await manifestOf();
  const files = verifierParts.certificate.map((part) => manifest[`messages/fr/${part}.json`]?.file ?? '');
  expect(await gzipped(files)).toBeLessThanOrEqual(13_000);
});

test('the certificate page loads nothing of the workspaces, of keys or of signing', async () => {
  for (const file of closure(await manifestOf(), 'certificate.html')) {
    const text = await readFile(join(DIST, file), 'utf8');
    expect(text, file).not.toMatch(/eth_signTypedData|keystore|secp256k1/);
  }
});
