import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/api/schemas/problem.ts';
import { toJson } from '../../src/protocol/json.ts';
import { account } from '../support/accounts.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { facilityRegistration, output, production } from '../support/statements.ts';

let service: TestService;
const author = account('somebody');
const signature = `0x${'5c'.repeat(65)}`;
const registration = toJson(facilityRegistration(author.address));

beforeAll(async () => {
  service = await startTestService({ requestsPerMinute: 500 });
});
afterAll(() => service?.stop());

const message = (fields: object) => ({
  ...registration,
  signature,
  message: { ...registration.message, ...fields },
});

describe('a body that is not one', () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const cases: [name: string, body: unknown, status: number, code: string, path?: string][] = [
    ['nothing', '', 400, 'invalid-request', 'type'],
    ['half of an object', '{"type":', 400, 'invalid-json'],
    ['a number', '1', 400, 'invalid-json'],
    ['null', 'null', 400, 'invalid-json'],
    ['a list', '[]', 400, 'invalid-request', ''],
    ['very deep nesting', `{"type":${deep}}`, 400, 'invalid-json'],
    ['more than 1 MiB', `{"type":"${'x'.repeat(1024 * 1024)}"}`, 413, 'payload-too-large'],
    ['an unknown type', { ...registration, type: 'Gift', signature }, 400, 'invalid-request', 'type'],
    ['no signature', registration, 400, 'invalid-request', 'signature'],
    ['an unknown field', { ...registration, signature, note: 1 }, 400, 'invalid-request', ''],
    ['an unknown field of the message', message({ note: 1 }), 400, 'invalid-request', 'message'],
    ['text for a number', message({ kind: '1' }), 400, 'invalid-request', 'message.kind'],
    ['a number above its type', message({ kind: 256 }), 400, 'invalid-request', 'message.kind'],
    ['a fraction', message({ country: 1.5 }), 400, 'invalid-request', 'message.country'],
    ['a negative time', message({ recordBy: -1 }), 400, 'invalid-request', 'message.recordBy'],
    ['a short address', message({ operator: '0x12' }), 400, 'invalid-request', 'message.operator'],
    ['null for an address', message({ operator: null }), 400, 'invalid-request', 'message.operator'],
    ['odd digits', { ...registration, signature: '0x123' }, 400, 'invalid-request', 'signature'],
    ['evidence of nothing', { ...registration, signature, evidence: { fields: [] } }, 400, 'invalid-request'],
  ];

  test.each(cases)('%s', async (...[, body, status, code, path]) => {
    const reply = await service.post<Problem>('/v1/statements', body);
    expect({ status: reply.status, code: reply.body.code }).toEqual({ status, code });
    if (path !== undefined) expect(reply.body.errors?.map((error) => error.path)).toContain(path);
  });

  test.each([
    ['a number', 5],
    ['a fraction', '1.5'],
    ['above the largest', '9223372036854775808'],
    ['signed', '-5'],
    ['hexadecimal', '0x10'],
    ['padded', '007'],
  ])('a mass that is %s', async (_name, milligrams) => {
    const sites = { custodian: author.address, facility: `0x${'11'.repeat(32)}` as const };
    const body = toJson(production(sites, [output(5n)]));
    const outputs = [{ ...body.message.outputs[0], milligrams }];
    const reply = await service.post<Problem>('/v1/statements', {
      ...body,
      signature,
      message: { ...body.message, outputs },
    });
    expect(reply.body).toMatchObject({
      code: 'invalid-request',
      errors: [{ path: 'message.outputs.0.milligrams' }],
    });
  });

  test('text that no database holds', async () => {
    for (const scheme of ['\\u0000', '\\ud800']) {
      const text = `{"type":"Attestation","signature":"0x","message":{"scheme":"${scheme}"}}`;
      const reply = await service.post<Problem>('/v1/statements', text);
      expect(reply.body).toMatchObject({ code: 'invalid-request', errors: [{ path: 'message.scheme' }] });
    }
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1'])(
    '%s is refused',
    async (type) => {
      const reply = await service.post<Problem>('/v1/statements', '{}', { 'content-type': type });
      expect([reply.status, reply.body.code]).toEqual([415, 'unsupported-media-type']);
    },
  );
});

describe('paths and methods', () => {
  test.each([
    ['/v1/nothing', 404, 'not-found'],
    ['/nothing', 404, 'not-found'],
    ['/%ff', 404, 'not-found'],
    ['/v1/lots/0x12', 400, 'invalid-request'],
    ['/v1/lots?limit=0', 400, 'invalid-request'],
    ['/v1/lots?limit=1e1', 400, 'invalid-request'],
    ['/v1/lots?limit=5&limit=6', 400, 'invalid-request'],
    ['/v1/lots?status=lost', 400, 'invalid-request'],
    ['/v1/lots?colour=blue', 400, 'invalid-request'],
    ['/v1/lots?cursor=here', 400, 'invalid-request'],
    ['/v1/policies?limit=1', 400, 'invalid-request'],
    [`/v1/lots/0x${'ab'.repeat(32)}`, 404, 'unknown-lot'],
    [`/v1/lots/0x${'ab'.repeat(32)}/history`, 404, 'unknown-lot'],
    [`/v1/lots/0x${'ab'.repeat(32)}/ancestry`, 404, 'unknown-lot'],
    [`/v1/lots/0x${'ab'.repeat(32)}/descendants`, 404, 'unknown-lot'],
    [`/v1/lots/0x${'ab'.repeat(32)}/origins`, 404, 'unknown-lot'],
    [`/v1/lots/0x${'ab'.repeat(32)}/certificate`, 404, 'unknown-lot'],
    [`/v1/lots/0x${'ab'.repeat(32)}/certificate?policy=none`, 404, 'unknown-policy'],
    [`/v1/parties/0x${'ab'.repeat(20)}`, 404, 'unknown-party'],
    [`/v1/facilities/0x${'ab'.repeat(32)}`, 404, 'unknown-facility'],
    [`/v1/attestations/0x${'ab'.repeat(32)}`, 404, 'unknown-attestation'],
    [`/v1/statements/0x${'ab'.repeat(32)}`, 404, 'unknown-statement'],
    [`/v1/evidence/0x${'ab'.repeat(32)}`, 404, 'unknown-evidence'],
    ['/v1/policies/none', 404, 'unknown-policy'],
  ])('GET %s: %i %s', async (path, status, code) => {
    const reply = await service.get<Problem>(path);
    expect({ status: reply.status, code: reply.body.code }).toEqual({ status, code });
  });

  test('a method that a path does not take is answered with those that it takes', async () => {
    const response = await fetch(`${service.url}/v1/statements`, { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    expect(await response.json()).toMatchObject({ code: 'method-not-allowed' });
    expect((await fetch(`${service.url}/v1/lots`, { method: 'POST' })).headers.get('allow')).toBe(
      'GET, HEAD, OPTIONS',
    );
  });

  test('HEAD is answered without a body', async () => {
    const response = await fetch(`${service.url}/v1/lots`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('an answer that is known is not sent again', async () => {
    const etag = (await service.get('/v1/policies')).headers.get('etag') ?? '';
    const response = await fetch(`${service.url}/v1/policies`, {
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    });
    expect(response.status).toBe(304);
  });
});

describe('headers', () => {
  test('scripts come from here alone, and nothing tells what serves', async () => {
    const { headers } = await service.get('/docs');
    expect(headers.get('permissions-policy')).toMatch(/^camera=\(self\), microphone=\(\)/);
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.has('x-powered-by')).toBe(false);
  });

  test('any origin may read and send', async () => {
    const preflight = await fetch(`${service.url}/v1/statements`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    expect(preflight.headers.has('access-control-allow-credentials')).toBe(false);
  });

  test('a forwarded address is not believed', async () => {
    const limits = await Promise.all(
      [1, 2].map((last) => remaining(service.url, { 'x-forwarded-for': `203.0.113.${last}` })),
    );
    expect(new Set(limits).size).toBe(2);
  });
});

test('who asks too often is told when to come back', async () => {
  let last = await service.get<Problem>('/v1/policies');
  for (let asked = 0; asked < 600 && last.status === 200; asked += 1)
    last = await service.get<Problem>('/v1/policies');
  expect([last.status, last.body.code]).toEqual([429, 'rate-limited']);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await service.get('/health')).status).toBe(200);
});

/** What the rate limit leaves, as one header says it. */
function remaining(url: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    request(`${url}/v1/policies`, { headers }, (response) => {
      response.resume().once('end', () => resolve(String(response.headers.ratelimit)));
    })
      .once('error', reject)
      .end();
  });
}
