import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { json as jsonText } from '../../src/store/values.ts';
import { type LargeBundle, largeBundle } from './history.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.cache/bundles');
/** What decides on what a bundle holds. */
const SOURCES = [
  'bench/bundle/{history,papers,sayings}.ts',
  'bench/network/*.ts',
  'contracts/**/*.sol',
  'src/api/views/bundle.ts',
  'src/store/queries/bundle.ts',
  'src/verification/bundle/{chains,explore,format,ledger.generated,trails}.ts',
  'src/verification/policies/*.ts',
];

/** The bundle of `largeBundle`, which is made once for the same sources and kept in `.cache/bundles`. */
export async function keptBundle(lots: number, onProgress?: (blocks: number) => void): Promise<LargeBundle> {
  const path = join(FOLDER, `${lots}-lots-${await digestOf(SOURCES)}.json`);
  const known = await readFile(path, 'utf8').catch(() => null);
  if (known !== null) return JSON.parse(known) as LargeBundle;
  const made = await largeBundle(lots, onProgress);
  await mkdir(FOLDER, { recursive: true });
  await writeFile(path, jsonText(made));
  return made;
}

async function digestOf(patterns: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const files: string[] = [];
  for await (const file of glob(patterns, { cwd: ROOT })) files.push(file);
  for (const file of files.sort()) hash.update(await readFile(join(ROOT, file)));
  return hash.digest('hex').slice(0, 16);
}
