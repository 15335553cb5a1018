import { expect, test } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import { ApiProblem, ServiceUnreachable } from '../../src/client/errors.ts';
import { signStatement } from '../../src/client/sign.ts';
import { createTransport } from '../../src/client/transport.ts';
import { ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { ledgerDomain, type Statement, statementId } from '../../src/protocol/statements.ts';
import { account } from '../support/accounts.ts';

const mine = account('mine');
const domain = ledgerDomain(31_337, `0x${'ab'.repeat(20)}`);
const statement: Statement = {
  type: 'Revocation',
  message: {
    author: mine.address,
    attestation: ZERO_BYTES32,
    effectiveAt: 5,
    evidence: ZERO_BYTES32,
    recordBy: 9,
  },
};

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });
const problem = {
  type: '/docs/problems#away',
  title: 'Away',
  status: 503,
  detail: 'It is away.',
  code: 'away',
};

function answering(...responses: (Response | Error)[]) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const fetch = (async (url: string, init?: RequestInit) => {
    asked.push({ url, init });
    const next = responses.shift();
    if (next === undefined || next instanceof Error) throw next ?? new Error('nothing left to answer');
    return next;
  }) as typeof globalThis.fetch;
  return { fetch, asked };
}

test('what the service puts off is asked again, and then it is the answer', async () => {
  const { fetch, asked } = answering(
    json(503, problem, { 'retry-after': '0.01' }),
    json(429, problem),
    json(200, { a: 1 }),
  );
  const request = createTransport({ api: 'http://service/', fetch });
  expect(await request('/v1/x', { query: { b: 2, c: undefined } })).toEqual({ a: 1 });
  expect(asked.map(({ url }) => url)).toEqual(Array(3).fill('http://service/v1/x?b=2'));
});

test('a problem is an error with the service’s words and fields, once there is no more patience', async () => {
  const wrong = { ...problem, errors: [{ path: 'message.kind', message: 'expected 1 to 7' }] };
  const { fetch } = answering(json(503, wrong));
  const request = createTransport({ api: 'http://service', fetch, retries: 0 });
  const asking: Promise<never> = request('/v1/x');
  const error = await asking.catch((caught: ApiProblem) => caught);
  expect(error).toBeInstanceOf(ApiProblem);
  expect([error.status, error.code, error.message]).toEqual([
    503,
    'away',
    'It is away.\n  message.kind: expected 1 to 7',
  ]);
});

test.each([
  ['nothing answers', new Error('ECONNREFUSED')],
  ['something else answers', json(404, { hello: 'world' })],
  ['what answers is no JSON', new Response('<html>', { status: 200 })],
])('%s: the service is not there', async (_name, response) => {
  const { fetch } = answering(response);
  await expect(createTransport({ api: 'http://service', fetch })('/v1/x')).rejects.toBeInstanceOf(
    ServiceUnreachable,
  );
});

test('an abort ends a wait', async () => {
  const stop = new AbortController();
  const { fetch } = answering(json(503, problem, { 'retry-after': '10' }));
  const waiting = createTransport({ api: 'http://service', fetch })('/v1/x', { signal: stop.signal });
  setTimeout(() => stop.abort(new Error('enough')), 20);
  await expect(waiting).rejects.toThrow('enough');
});

test('a signed statement is sent as JSON, with its evidence and the wait that was asked for', async () => {
  const evidence = { fields: [{ path: 'reason', value: 'closed', salt: ZERO_BYTES32 }] };
  const signed = await signStatement(mine.wallet, domain, statement, [evidence]);
  expect(signed.id).toBe(statementId(domain, statement));
  const { fetch, asked } = answering(json(201, { id: signed.id }));
  await createClient({ api: 'http://service', fetch }).submit(signed, 'recorded');
  expect(asked[0]?.url).toBe('http://service/v1/statements?wait=recorded');
  const sent = JSON.parse(String(asked[0]?.init?.body));
  expect(sent).toEqual({ ...statement, signature: signed.signature, evidence: [evidence] });
});

test('nobody signs for somebody else', async () => {
  await expect(signStatement(account('other').wallet, domain, statement)).rejects.toThrow(
    'has to sign this Revocation',
  );
});

test('a statement that the service has never seen is null', async () => {
  const { fetch } = answering(json(404, { ...problem, status: 404, code: 'unknown-statement' }));
  expect(await createClient({ api: 'http://service', fetch }).statement(ZERO_BYTES32)).toBeNull();
});
