import { expect, test } from 'vitest';
import { gathered } from '../../src/chain/gather.ts';
import { ChainUnavailable, NodeError, type Rpc, type RpcCall } from '../../src/chain/rpc.ts';

/** Answers each call with its first parameter; `no` is an error of the node, `away` of the connection. */
function echo() {
  const requests: (readonly RpcCall[])[] = [];
  const rpc: Rpc = {
    send: () => Promise.reject(new Error('every call goes in a batch')),
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

test('where the chain is away, all of them hear it', async () => {
  const { rpc } = echo();
  const answers = await Promise.allSettled([rpc.send('echo', [1]), rpc.send('away', [])]);
  for (const answer of answers) expect(answer).toMatchObject({ reason: expect.any(ChainUnavailable) });
});
