import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ChainUnavailable, NodeError, openRpc } from '../../src/chain/rpc.ts';

type Request = { id: number; method: string; params: unknown[] };
type Reply = (body: string, response: ServerResponse, request: IncomingMessage) => void;

/** A node that answers as told. @returns its URL, without a slash at the end */
async function serve(reply: Reply): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    reply(Buffer.concat(chunks).toString(), response, request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json =
  (answer: (requests: Request[]) => unknown): Reply =>
  (body, response) => {
    const requests = JSON.parse(body) as Request | Request[];
    const answers = answer([requests].flat());
    response.end(JSON.stringify(Array.isArray(requests) ? answers : [answers].flat()[0]));
  };

describe('answers', () => {
  test('come in the order of the calls, however the node orders them; errors stand in their place', async () => {
    const url = await serve(
      json((requests) =>
        requests
          .map(({ id, method }) =>
            method === 'bad'
              ? { jsonrpc: '2.0', id, error: { code: 3, message: 'execution reverted', data: '0xABCD' } }
              : { jsonrpc: '2.0', id, result: method },
          )
          .reverse(),
      ),
    );
    const answers = await openRpc(url).batch([
      ['a', []],
      ['bad', []],
      ['c', []],
    ]);
    expect(answers).toEqual(['a', expect.any(NodeError), 'c']);
    expect(answers[1]).toMatchObject({ code: 3, data: '0xabcd' });
  });

  test('more calls than a node takes at a time go out in several requests', async () => {
    const sizes: number[] = [];
    const url = await serve(
      json((requests) => {
        sizes.push(requests.length);
        return requests.map(({ id, params }) => ({ jsonrpc: '2.0', id, result: params[0] }));
      }),
    );
    const calls = Array.from({ length: 250 }, (_, index) => ['echo', [index]] as const);
    expect(await openRpc(url).batch(calls)).toEqual(calls.map((_, index) => index));
    expect(sizes).toEqual([100, 100, 50]);
  });

  test('errors are thrown by `send`, with the revert’s data wherever the node puts it', async () => {
    const wrapped = { code: -32603, message: 'reverted', data: { message: 'x', data: '0x01' } };
    const url = await serve(
      json((requests) => requests.map(({ id }) => ({ jsonrpc: '2.0', id, error: wrapped }))),
    );
    await expect(openRpc(url).send('eth_call', [])).rejects.toMatchObject({
      name: 'NodeError',
      code: -32603,
      data: '0x01',
    });
  });

  test('errors count even where HTTP calls the request bad', async () => {
    const url = await serve((body, response) => {
      const { id } = JSON.parse(body) as Request;
      response
        .writeHead(400)
        .end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32601, message: 'no such method' } }));
    });
    await expect(openRpc(url).send('nope', [])).rejects.toThrow('no such method');
  });

  test('a user and a password in the URL become basic authentication', async () => {
    const url = await serve((body, response, { headers }) => {
      const { id } = JSON.parse(body) as Request;
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: headers.authorization }));
    });
    const withUser = url.replace('http://', 'http://me:p%40ss@');
    expect(await openRpc(withUser).send('x', [])).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
  });
});

describe('a chain that is away', () => {
  const away = (url: string, timeoutMs = 5_000): Promise<unknown> =>
    openRpc(url, { timeoutMs })
      .send('eth_chainId', [])
      .then(
        () => null,
        (error: unknown) => error,
      );

  test.each<[string, Reply]>([
    ['answers with a page', (_, response) => response.end('<html>')],
    ['answers with an error of HTTP', (_, response) => response.writeHead(503).end('busy')],
    [
      'limits requests',
      json((requests) =>
        requests.map(({ id }) => ({
          jsonrpc: '2.0',
          id,
          error: { code: -32005, message: 'limit exceeded' },
        })),
      ),
    ],
    ['leaves the request out', json(() => [{ jsonrpc: '2.0', id: 77, result: '0x1' }])],
    ['hangs up', (_, response) => response.destroy()],
  ])('one that %s', async (_, reply) => {
    const error = await away(`${await serve(reply)}/v3/secret`);
    expect(error).toBeInstanceOf(ChainUnavailable);
    expect((error as Error).message).not.toContain('secret');
  });

  test('one that does not answer in time', async () => {
    const error = await away(await serve(() => {}), 50);
    expect(error).toBeInstanceOf(ChainUnavailable);
    expect((error as Error).message).toContain('no answer within 50 ms');
  });

  test('one that is not there', async () => {
    expect(await away('http://127.0.0.1:9')).toBeInstanceOf(ChainUnavailable);
  });
});
