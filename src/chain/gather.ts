import { setImmediate as nextTurn } from 'node:timers/promises';
import { NodeError, type Rpc, type RpcCall } from './rpc.ts';

type Waiting = {
  readonly call: RpcCall;
  resolve(result: unknown): void;
  reject(error: unknown): void;
};

/**
 * An RPC whose single calls share a request with all others of the same turn of the event loop: what a request costs
 * by itself, both ends pay once. Nothing waits longer for it than that turn.
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
      for (const { reject } of all) reject(error);
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
