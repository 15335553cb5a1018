import { keccak256 } from 'ethers/crypto';
import { getBytes } from 'ethers/utils';
import type { Hex } from '../protocol/hex.ts';
import type { LedgerBlock } from './events.ts';
import { assembleBlocks, ChainMoved, type Header, headerOf, type RawHeader, type RawLog } from './ledger.ts';
import { NodeError, quantity, type Rpc, type RpcCall } from './rpc.ts';

/**
 * Every block of the range, each with its events. Logs are asked for by block hash: a node that does not have the block
 * says so, where a range would come out empty.
 */
export async function blocksOf(rpc: Rpc, ledger: Hex, from: number, to: number): Promise<LedgerBlock[]> {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const headers = await headersOf(rpc, numbers);
  const logs = await logsInBlocks(rpc, ledger, headers);
  return assembleBlocks(headers, logs);
}

/** Of a final range: the blocks with events, and `to` in any case. */
export async function settledBlocksOf(
  rpc: Rpc,
  ledger: Hex,
  from: number,
  to: number,
): Promise<LedgerBlock[]> {
  const logs = await logsOf(rpc, ledger, from, to);
  const numbers = new Set([...logs.map((log) => Number(log.blockNumber)), to]);
  const headers = await headersOf(
    rpc,
    [...numbers].sort((a, b) => a - b),
  );
  return assembleBlocks(headers, logs);
}

/**
 * A node that lags behind the others at the same address answers for blocks that it does not have with no logs. So it
 * is asked for the range's last block in the same request: it has all of the range, or none of its answer counts.
 * Nodes limit ranges and results, each in its own way: a range that is refused is halved.
 */
async function logsOf(rpc: Rpc, ledger: Hex, from: number, to: number): Promise<RawLog[]> {
  const filter = { address: ledger, fromBlock: quantity(from), toBlock: quantity(to) };
  const [last, found] = await rpc.batch<RawHeader | null | RawLog[]>([
    headerCall(to),
    ['eth_getLogs', [filter]],
  ]);
  if (!last) throw new ChainMoved(`The node that was asked for logs has no block ${to}: it is behind`);
  if (found instanceof NodeError && from < to) {
    const middle = Math.floor((from + to) / 2);
    return [...(await logsOf(rpc, ledger, from, middle)), ...(await logsOf(rpc, ledger, middle + 1, to))];
  }
  if (last instanceof NodeError) throw last;
  if (found instanceof NodeError) throw found;
  const logs = found as RawLog[];
  await requireLast(rpc, ledger, last as RawHeader, logs);
  return logs;
}

/** A node's logs may lag behind its blocks. Of the last block, its own header tells whether logs may be missing. */
async function requireLast(rpc: Rpc, ledger: Hex, last: RawHeader, logs: readonly RawLog[]): Promise<void> {
  if (logs.some(({ blockHash }) => blockHash === last.hash) || !mayHold(last.logsBloom, ledger)) return;
  const missing = await logsInBlocks(rpc, ledger, [headerOf(last)]);
  if (missing.length > 0)
    throw new ChainMoved(`The node left out the logs of block ${Number(last.number)}: it is behind`);
}

/** Whether a block's bloom filter has an address, or happens to look as if it had. Chains without one hold it empty. */
function mayHold(bloom: Hex | undefined, address: Hex): boolean {
  if (bloom?.length !== 514) return false;
  const [bits, hash] = [BigInt(bloom), getBytes(keccak256(address))];
  return [0, 2, 4].every((at) => {
    const bit = (((hash[at] as number) << 8) | (hash[at + 1] as number)) & 2047;
    return ((bits >> BigInt(bit)) & 1n) === 1n;
  });
}

async function logsInBlocks(rpc: Rpc, ledger: Hex, headers: readonly Header[]): Promise<RawLog[]> {
  const answers = await rpc.batch<RawLog[]>(
    headers.map(({ hash }) => ['eth_getLogs', [{ address: ledger, blockHash: hash }]]),
  );
  return answers.flatMap((answer, index) => {
    if (answer instanceof NodeError)
      throw new ChainMoved(`The node has no logs of block ${headers[index]?.number}: ${answer.message}`);
    return answer;
  });
}

async function headersOf(rpc: Rpc, numbers: readonly number[]): Promise<Header[]> {
  const answers = await rpc.batch<RawHeader | null>(numbers.map(headerCall));
  return answers.map((answer, index) => {
    if (answer instanceof NodeError) throw answer;
    if (!answer) throw new ChainMoved(`The chain no longer reaches block ${numbers[index]}`);
    return headerOf(answer);
  });
}

export function headerCall(number: number): RpcCall {
  return ['eth_getBlockByNumber', [quantity(number), false]];
}
