import { zeroPadValue } from 'ethers';
import { baseFeeHex } from './edr.ts';
import { RpcError, rpcCodes } from './errors.ts';
import type { Sequencer } from './sequencer.ts';

export type Chain = Pick<Sequencer, 'send' | 'read'>;

type Params = readonly unknown[];
type Method = (chain: Chain, params: Params) => unknown;

/** Answered by EDR as they are. */
const plain = [
  'web3_clientVersion',
  'net_version',
  'eth_chainId',
  'eth_syncing',
  'eth_blockNumber',
  'eth_getBlockByHash',
  'eth_getBlockTransactionCountByNumber',
  'eth_getBlockTransactionCountByHash',
  'eth_getTransactionByHash',
  'eth_getTransactionReceipt',
  'eth_getTransactionCount',
  'eth_getBalance',
  'eth_getCode',
  'eth_getStorageAt',
  'eth_getLogs',
] as const;

/**
 * Everything that the RPC answers. Reads of `pending` see the last block's state at about the present time; `latest`,
 * as on any node, has the last block's time. Every block is final: `safe` and `finalized` are `latest`.
 *
 * Fees: the base fee is constant and there is no market, so that no tip is suggested.
 */
const methods = new Map<string, Method>([
  ...plain.map((name): [string, Method] => [name, (chain, params) => chain.read(name, params)]),
  ['eth_call', (chain, [call, block, ...rest]) => chain.read('eth_call', [call, block ?? 'latest', ...rest])],
  [
    'eth_estimateGas',
    (chain, [call, block, ...rest]) => chain.read('eth_estimateGas', [call, block ?? 'pending', ...rest]),
  ],
  ['eth_getBlockByNumber', getBlockByNumber],
  ['eth_gasPrice', () => baseFeeHex],
  ['eth_maxPriorityFeePerGas', () => '0x0'],
  ['eth_feeHistory', feeHistory],
  ['eth_getProof', getProof],
  ['eth_sendRawTransaction', sendRawTransaction],
]);

/** @throws RpcError, or what the chain throws */
export async function callMethod(chain: Chain, name: string, params: Params): Promise<unknown> {
  const method = methods.get(name);
  if (method === undefined)
    throw new RpcError(rpcCodes.methodNotFound, `the method ${name} does not exist or is not available`);
  return await method(chain, params);
}

/** EDR leaves the pending block's number out, and ethers cannot read such a block. */
async function getBlockByNumber(chain: Chain, params: Params): Promise<unknown> {
  const block = (await chain.read('eth_getBlockByNumber', params)) as Record<string, unknown> | null;
  if (block === null || block.number !== null) return block;
  const parent = (await chain.read('eth_getBlockByHash', [block.parentHash, false])) as { number: string };
  return { ...block, number: `0x${(BigInt(parent.number) + 1n).toString(16)}` };
}

/** EDR forecasts the next block's base fee by the usual rule; here it is constant. */
async function feeHistory(chain: Chain, params: Params): Promise<unknown> {
  const history = (await chain.read('eth_feeHistory', params)) as { baseFeePerGas: string[] };
  return { ...history, baseFeePerGas: history.baseFeePerGas.map(() => baseFeeHex) };
}

/** Clients may send storage keys in short form, which EDR does not read. */
async function getProof(chain: Chain, [address, keys, ...rest]: Params): Promise<unknown> {
  const padded = Array.isArray(keys) ? keys.map(padKey) : keys;
  return await chain.read('eth_getProof', [address, padded, ...rest]);
}

function padKey(key: unknown): unknown {
  if (typeof key !== 'string' || !/^0x[0-9a-f]{0,64}$/i.test(key)) return key;
  return zeroPadValue(key.length % 2 === 0 ? key : `0x0${key.slice(2)}`, 32);
}

function sendRawTransaction(chain: Chain, [raw]: Params): Promise<string> {
  if (typeof raw !== 'string' || !/^0x([0-9a-f]{2})+$/i.test(raw))
    throw new RpcError(
      rpcCodes.invalidParams,
      'eth_sendRawTransaction takes one signed transaction, as 0x hex',
    );
  return chain.send(raw.toLowerCase());
}

/** EDR's wording, and the one that wallets and libraries look for. */
const wordings: [RegExp, string][] = [
  [/^Sender doesn't have enough funds/, 'insufficient funds for gas * price + value'],
  [/^Known transaction/, 'already known'],
];

/** Any error as JSON-RPC has it. A revert is code 3 with the contract's own data, as ordinary nodes answer. */
export function toRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  const { code, message, data } = error as { code?: unknown; message?: unknown; data?: unknown };
  const text = String(message ?? error);
  if (code === rpcCodes.reverted && typeof data === 'string' && /revert/i.test(text))
    return new RpcError(rpcCodes.reverted, `execution reverted: ${text}`, data);
  const usual = wordings.find(([pattern]) => pattern.test(text))?.[1];
  const worded = usual === undefined ? text : `${usual}: ${text}`;
  if (code === rpcCodes.reverted) return new RpcError(rpcCodes.refused, worded);
  return new RpcError(typeof code === 'number' ? code : rpcCodes.internal, worded);
}
