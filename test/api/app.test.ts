import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../src/api/app.ts';
import type { Context } from '../../src/api/context.ts';
import { createMetrics } from '../../src/api/metrics.ts';

let webDir: string;
let server: Server;
let url: string;
let logged: string[];

/** The application alone: whatever asks for data fails in a way that nobody foresaw. */
beforeEach(async () => {
  webDir = await mkdtemp(join(tmpdir(), 'lodebook-web-'));
  logged = [];
  const app = createApi({
    context: { readAccess: 'public' } as Context,
    logger: pino({ level: 'error' }, { write: (line) => logged.push(line) }),
    metrics: createMetrics({
      health: () => Promise.reject(new Error('no health')),
      duties: () => Promise.reject(new Error('no duties')),
      pool: () => ({ inUse: 0, idle: 0, waiting: 0 }),
    }),
    newRequestId: () => '7d5f3a52-0000-4000-8000-000000000001',
    requestsPerMinute: 0,
    pages: null,
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  await rm(webDir, { recursive: true, force: true });
});

test('an error that nobody foresaw goes to the log, and no part of it to the caller', async () => {
  const response = await fetch(`${url}/v1/lots`);
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(JSON.parse(text)).toMatchObject({
    code: 'internal-error',
    instance: 'urn:uuid:7d5f3a52-0000-4000-8000-000000000001',
  });
  expect(text).not.toMatch(/TypeError|undefined|\.ts|node_modules/);
  expect(logged.join()).toMatch(/cannot be compiled.*\.ts:/);
  expect(logged.join()).toContain('7d5f3a52-0000-4000-8000-000000000001');
});

test('without a built web app there are no pages but the docs', async () => {
  const response = await fetch(`${url}/`, { headers: { accept: 'text/html' } });
  expect(response.status).toBe(404);
  expect((await fetch(`${url}/docs`)).status).toBe(200);
});

const SCRIPT = 'export const answer = 42;\n'.repeat(100);

describe('with a built web app', () => {
  beforeEach(async () => {
    await mkdir(join(webDir, 'assets'));
    for (const [file, title] of [
      ['index.html', 'Lodebook'],
      ['certificate.html', 'Certificate'],
    ] as const)
      await writeFile(join(webDir, file), `<!doctype html><title>${title}</title>`);
    await writeFile(join(webDir, 'assets', 'app-5c.js'), SCRIPT);
    server.close();
    const app = createApi({
      ...{
        context: { readAccess: 'public' } as Context,
        requestsPerMinute: 0,
        pages: {
          webDir,
          certificate: { wordsFor: () => ({ language: 'en', locale: 'en' }), page: () => '' },
        },
        newRequestId: () => 'x',
      },
      logger: pino({ level: 'silent' }),
      metrics: createMetrics({
        health: () => Promise.reject(),
        duties: () => Promise.reject(),
        pool: () => ({ inUse: 0, idle: 0, waiting: 0 }),
      }),
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  test.each([
    ['/', 'Lodebook'],
    ['/lots/0x12', 'Certificate'],
    ['/parties', 'Lodebook'],
  ])('%s is a page, for a browser: %s', async (path, title) => {
    const response = await fetch(url + path, { headers: { accept: 'text/html,*/*' } });
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(await response.text()).toContain(`<title>${title}</title>`);
  });

  test('assets are kept for good, and compressed; what is missing is missing', async () => {
    const script = await fetch(`${url}/assets/app-5c.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(script.headers.get('cache-control')).toMatch(/immutable/);
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect(await script.text()).toBe(SCRIPT);
    for (const path of ['/assets/gone.js', '/v1/gone', '/..%2fpackage.json'])
      expect((await fetch(url + path, { headers: { accept: 'text/html' } })).status, path).not.toBe(500);
    expect((await fetch(`${url}/assets/gone.js`, { headers: { accept: 'text/html' } })).status).toBe(404);
    expect((await fetch(`${url}/v1/gone`, { headers: { accept: 'text/html' } })).status).toBe(404);
    expect((await fetch(`${url}/lots/0x12`, { headers: { accept: 'application/json' } })).status).toBe(404);
  });
});
