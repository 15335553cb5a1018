import { openRpc, type RpcCall } from '../../src/chain/rpc.ts';

/** The least that anyone who reads the chain must do: the same requests, one after the other, their answers parsed. */
export async function fetchAgain(url: string, calls: readonly (readonly RpcCall[])[]): Promise<number> {
  const rpc = openRpc(url);
  const began = performance.now();
  for (const batch of calls) await rpc.batch(batch);
  return (performance.now() - began) / 1000;
}
