import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Context } from '../../../src/api/context.ts';
import type { KeptAnswers } from '../../../src/api/kept.ts';
import { pagesRouter } from '../../../src/api/web/serve.ts';

const LOT = `/lots/0x${'12'.repeat(32)}`;
/** Whatever is asked is drawn already. */
const kept = {
  answer: async () => ({ status: 200, headers: {}, body: Buffer.from('drawn'), etag: '"1"', second: null }),
} as unknown as KeptAnswers;
const isTooOften: RequestHandler = (_request, _response, next) => next(new Error('too often'));
const isFine: RequestHandler = (_request, _response, next) => next();

async function pageUnder(limit: RequestHandler | null): Promise<[status: number, text: string]> {
  const webDir = await mkdtemp(join(tmpdir(), 'lodebook-pages-'));
  await writeFile(join(webDir, 'certificate.html'), 'empty');
  const certificate = { wordsFor: () => ({ language: 'en', locale: 'en' }), page: () => '' };
  const deps = { context: {} as Context, kept, limit, logger: pino({ level: 'silent' }) };
  const server = createServer(express().use(pagesRouter({ webDir, certificate }, deps))).listen(0);
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}${LOT}`, { headers: { accept: 'text/html' } });
    return [response.status, await response.text()];
  } finally {
    server.close();
    await rm(webDir, { recursive: true, force: true });
  }
}

test.each([
  ['without a limit', null, 'drawn'],
  ['within the limit', isFine, 'drawn'],
  ['beyond the limit', isTooOften, 'empty'],
])('%s, a certificate’s page comes', async (_when, limit, text) => {
  expect(await pageUnder(limit)).toEqual([200, text]);
});
