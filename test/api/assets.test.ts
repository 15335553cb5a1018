import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compressedAssets } from '../../src/api/assets.ts';

const SCRIPT = 'export const answer = 42;\n'.repeat(200);
let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lodebook-assets-'));
  await writeFile(join(folder, 'main-a1.js'), SCRIPT);
  await writeFile(join(folder, 'secret.json'), '{}');
  const app = express().use('/assets', compressedAssets(folder), (_request, response) => {
    response.status(418).end();
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** As it comes over the wire: fetch would undo the compression. */
async function get(path: string, encoding: string) {
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, path, headers: { 'accept-encoding': encoding } }).end();
  const [response] = await once(asked, 'response');
  const body = Buffer.concat(await response.toArray());
  return { status: response.statusCode as number, headers: response.headers, body };
}

test('a script is sent gzipped to those who take it, for good, twice the same', async () => {
  for (let time = 0; time < 2; time += 1) {
    const { headers, body } = await get('/assets/main-a1.js', 'br, gzip');
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(headers['content-type']).toMatch(/^text\/javascript/);
    expect(headers['cache-control']).toContain('immutable');
    expect(gunzipSync(body).toString()).toBe(SCRIPT);
  }
});

test.each([
  ['/assets/main-a1.js', 'identity'],
  ['/assets/none.js', 'gzip'],
  ['/assets/secret.json', 'gzip'],
  ['/assets/..%2fmain-a1.js', 'gzip'],
  ['/assets/%2e%2e/main-a1.js', 'gzip'],
])('%s, asked for with %s, goes on to the next handler', async (path, encoding) => {
  expect((await get(path, encoding)).status).toBe(418);
});
