import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docsRouter } from '../../src/api/docs/pages.ts';
import { openApiDocument } from '../../src/api/openapi.ts';
import { problems } from '../../src/api/problems.ts';
import { routes } from '../../src/api/router.ts';
import { kebab } from '../../src/chain/refusals.ts';
import { ledgerAbi } from '../../src/protocol/abi.generated.ts';

let server: ReturnType<ReturnType<typeof express>['listen']>;

beforeAll(async () => {
  server = express().use(docsRouter()).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
});

async function page(path: string): Promise<string> {
  const { port } = server.address() as { port: number };
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}

test('every reference leads somewhere, and every operation has a name of its own', () => {
  const document = openApiDocument();
  const text = JSON.stringify(document);
  const { schemas } = document.components as { schemas: Record<string, unknown> };
  for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    expect(schemas).toHaveProperty(name);
  expect(text).not.toMatch(/\$defs|__schema/);
  expect(new Set(routes.map((route) => route.operationId)).size).toBe(routes.length);
});

test('the description is the same each time', () => {
  expect(JSON.stringify(openApiDocument())).toBe(JSON.stringify(openApiDocument()));
});

test('the docs show every route and every problem, with no script', async () => {
  const [docs, listed] = [await page('/docs'), await page('/docs/problems')];
  for (const route of routes) expect(docs).toContain(`id="${route.operationId}"`);
  for (const code of Object.keys(problems)) expect(listed).toContain(`id="${code}"`);
  for (const html of [docs, listed]) {
    expect(html).not.toMatch(/<script|onclick|javascript:|https?:\/\/(?!localhost)/);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
  }
});

test('every error of the contract that a statement can meet is explained', () => {
  // What only the registrar's and the accreditor's own transactions meet, or the deployment.
  const others =
    /^(access-control|invalid-short-string|string-too-long|party-(already-admitted|is-not-suspended|is-zero)|auditor-already-accredited|quota-below-used)/;
  const codes = ledgerAbi.flatMap((entry) => (entry.type === 'error' ? [kebab(entry.name)] : []));
  expect(codes.filter((code) => !others.test(code) && !Object.hasOwn(problems, code))).toEqual([]);
});

test('docs/api.md names no problem that does not exist', async () => {
  const text = await readFile('docs/api.md', 'utf8');
  const named = [...text.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, code]) => code as string);
  const terms = /^(in-transit|max-age|if-none-match|retry-after|x-request-id|no-cache|no-store)$/;
  expect(named.filter((code) => !terms.test(code) && !Object.hasOwn(problems, code))).toEqual([]);
});
