import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { gathered } from '../../src/chain/gather.ts';
import { ChainUnavailable, NodeError, openRpc, type Rpc, type RpcCall } from '../../src/chain/rpc.ts';

/** Answers each call with its first parameter; `no` is an error of the node, `away` of the connection. */
function echo() {
  const requests: (readonly RpcCall[])[] = [];
  const rpc: Rpc = {
    send: async <T>(...call: RpcCall) => {
      const [answer] = await rpc.batch<T>([call]);
      if (answer instanceof NodeError) throw answer;
      return answer as T;
    },
    batch: async <T>(calls: readonly RpcCall[]) => {
      requests.push(calls);
      if (calls.some(([method]) => method === 'away')) throw new ChainUnavailable('gone');
      return calls.map(([method, [value]]) => (method === 'no' ? new NodeError(3, 'no') : (value as T)));
    },
  };
  return { rpc: gathered(rpc), requests };
}

test('calls of one turn share a request, and each gets its own answer', async () => {
  const { rpc, requests } = echo();
  const answers = await Promise.allSettled([
    rpc.send('echo', [1]),
    rpc.send('no', []),
    rpc.send('echo', [2]),
  ]);
  expect(answers).toMatchObject([{ value: 1 }, { reason: { code: 3 } }, { value: 2 }]);
  expect(requests).toHaveLength(1);
  expect(await rpc.send('echo', [3])).toBe(3);
  expect(requests).toHaveLength(2);
});

test('a call that fails the request that it shares does not fail the others', async () => {
  const { rpc, requests } = echo();
  const calls = [rpc.send('echo', [1]), rpc.send('away', []), rpc.send('no', []), rpc.send('echo', [2])];
  const unavailable = expect.any(ChainUnavailable);
  expect(await Promise.allSettled(calls)).toMatchObject([
    ...[{ value: 1 }, { reason: unavailable }, { reason: { code: 3 } }, { value: 2 }],
  ]);
  expect(requests.map(({ length }) => length)).toEqual([4, 1, 1, 1, 1]);
});

test('a call alone is not repeated, and a transaction is sent once', async () => {
  const { rpc, requests } = echo();
  await expect(rpc.send('away', [])).rejects.toThrow(ChainUnavailable);
  expect(requests).toHaveLength(1);
  const calls = [rpc.send('eth_sendRawTransaction', ['0x00']), rpc.send('away', [])];
  for (const answer of await Promise.allSettled(calls))
    expect(answer).toMatchObject({ reason: expect.any(ChainUnavailable) });
  expect(requests.flat().filter(([method]) => method === 'eth_sendRawTransaction')).toHaveLength(1);
});

test('of calls that share a request, a node that turns one away still answers the others', async () => {
  const server = createServer(async (request, response) => {
    const asked = JSON.parse((await request.toArray()).join(''));
    const answer = ({ id, method }: { id: number; method: string }) =>
      method === 'eth_getLogs'
        ? { jsonrpc: '2.0', id, error: { code: -32005, message: 'limit exceeded' } }
        : { jsonrpc: '2.0', id, result: '0x1' };
    response.end(JSON.stringify(Array.isArray(asked) ? asked.map(answer) : answer(asked)));
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const rpc = gathered(openRpc(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  const answers = await Promise.allSettled([rpc.send('eth_call', []), rpc.send('eth_getLogs', [])]);
  expect(answers).toMatchObject([{ value: '0x1' }, { reason: expect.any(ChainUnavailable) }]);
});
