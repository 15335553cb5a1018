import { setImmediate as nextTurn } from 'node:timers/promises';
import { NodeError, type Rpc, type RpcCall } from './rpc.ts';

type Waiting = {
  readonly call: RpcCall;
  resolve(result: unknown): void;
  reject(error: unknown): void;
};

/** Sent twice, its second answer would be that the node knows it: not what became of it. */
const ONCE = new Set(['eth_sendRawTransaction']);

/**
 * An RPC whose single calls share a request with all others of the same turn of the event loop: what a request costs
 * by itself, both ends pay once. Nothing waits longer for it than that turn. Where such a request fails, as it does where
 * the node turns one of its calls away, each call is repeated once by itself: it may be another's fault.
 */
export function gathered(rpc: Rpc): Rpc {
  let waiting: Waiting[] = [];
  const flush = async () => {
    await nextTurn();
    const all = waiting;
    waiting = [];
    try {
      const answers = await rpc.batch<unknown>(all.map(({ call }) => call));
      for (const [index, { resolve, reject }] of all.entries()) {
        const answer = answers[index];
        if (answer instanceof NodeError) reject(answer);
        else resolve(answer);
      }
    } catch (error) {
      for (const { call, resolve, reject } of all) {
        if (all.length === 1 || ONCE.has(call[0])) reject(error);
        else rpc.send(...call).then(resolve, reject);
      }
    }
  };
  return {
    batch: (calls) => rpc.batch(calls),
    send: <T>(method: string, params: readonly unknown[]) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ call: [method, params], resolve: resolve as Waiting['resolve'], reject });
        if (waiting.length === 1) void flush();
      }),
  };
}
