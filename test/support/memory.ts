import { existsSync, openAsBlob } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DatabaseLocation } from '../../src/store/database.ts';
import { newImage } from '../../src/store/pglite.ts';

const CACHE = join(import.meta.dirname, '../../.cache');

/** A new database in memory, of an image that is made once and kept: making each costs seconds of a processor. */
export async function memoryDatabase(): Promise<DatabaseLocation> {
  const path = join(CACHE, `pglite-${versionOfPGlite()}.tar`);
  if (!existsSync(path)) await make(path);
  return { memory: true, image: await openAsBlob(path) };
}

function versionOfPGlite(): string {
  const require = createRequire(import.meta.url);
  const root = join(dirname(require.resolve('@electric-sql/pglite')), '..');
  return (require(join(root, 'package.json')) as { version: string }).version;
}

/** Aside and into place: test files run side by side. */
async function make(path: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  await mkdir(CACHE, { recursive: true });
  await writeFile(aside, (await newImage()).stream());
  await rename(aside, path);
}
