import { keccak256 } from 'ethers/crypto';
import { Transaction } from 'ethers/transaction';
import { Wallet } from 'ethers/wallet';
import { type Hex, hex } from '../protocol/hex.ts';
import { ChainUnavailable, NodeError, quantity, type Rpc } from './rpc.ts';

/** What a transaction offers per gas, in wei. Chains without a base fee (before EIP-1559) take a price alone. */
export type Fees =
  | { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }
  | { readonly gasPrice: bigint };

/** `to` null deploys. */
export type TransactionRequest = {
  readonly nonce: number;
  readonly to: Hex | null;
  readonly data: Hex;
  readonly gas: bigint;
  readonly fees: Fees;
  /** In wei; none where it is left out. */
  readonly value?: bigint;
};
export type SignedTransaction = { readonly hash: Hex; readonly raw: Hex };

/** A log that a transaction left. Hex in lower case. */
export type TransactionLog = { readonly address: Hex; readonly topics: readonly Hex[]; readonly data: Hex };

/** `block` is the number of the block that holds it; `logs` are in the order of the stream. */
export type Receipt = {
  readonly block: number;
  readonly succeeded: boolean;
  readonly created: Hex | null;
  readonly logs: readonly TransactionLog[];
};

/**
 * What a node said to a transaction.
 * - `sent`: it has it (now, or before)
 * - `no-funds`: the account cannot pay; `nonce-used`, `nonce-ahead`: another transaction has the nonce, or must go first
 * - `underpriced`: offer more; `unclear`: no answer, it may or may not have it; `refused`: anything else
 */
export type SendOutcome = {
  readonly status: 'sent' | 'no-funds' | 'nonce-used' | 'nonce-ahead' | 'underpriced' | 'unclear' | 'refused';
  readonly message: string;
};

/** One account that pays for transactions. Throws ChainUnavailable and NodeError, except where told. */
export interface Sender {
  readonly address: Hex;
  /** The first nonce that no mined transaction has. */
  nonce(): Promise<number>;
  balance(): Promise<bigint>;
  /** Twice the base fee, and the tip that the node suggests. */
  fees(): Promise<Fees>;
  /** The most gas that a block holds, of all its transactions together. */
  blockGas(): Promise<bigint>;
  /** Gas that the call needs on the pending state. @throws NodeError with the revert's data */
  estimate(call: Pick<TransactionRequest, 'to' | 'data' | 'value'>): Promise<bigint>;
  sign(request: TransactionRequest): SignedTransaction;
  /** Sends in this order, in one request. Never throws. */
  broadcast(raws: readonly Hex[]): Promise<SendOutcome[]>;
  /** null = not mined, or no longer. */
  receipts(hashes: readonly Hex[]): Promise<(Receipt | null)[]>;
}

/** @param key the account's private key, 32 bytes */
export function openSender(rpc: Rpc, chainId: number, key: Hex): Sender {
  const wallet = new Wallet(key);
  const address = hex(wallet.address);
  const read = <T>(method: string, ...params: unknown[]): Promise<T> => rpc.send<T>(method, params);
  return {
    address,
    nonce: async () => Number(await read<Hex>('eth_getTransactionCount', address, 'latest')),
    balance: async () => BigInt(await read<Hex>('eth_getBalance', address, 'latest')),
    fees: () => feesOf(rpc),
    blockGas: async () => {
      const block = await read<{ gasLimit: Hex } | null>('eth_getBlockByNumber', 'latest', false);
      if (!block) throw new ChainUnavailable('The node does not know its latest block.');
      return BigInt(block.gasLimit);
    },
    estimate: async ({ to, data, value = 0n }) => {
      const call = { from: address, ...(to && { to }), data, value: quantity(value) };
      return BigInt(await read<Hex>('eth_estimateGas', call));
    },
    sign: (request) => signed(wallet, chainId, request),
    broadcast: (raws) => broadcast(rpc, raws),
    receipts: async (hashes) => {
      const answers = await rpc.batch<RawReceipt | null>(
        hashes.map((hash) => ['eth_getTransactionReceipt', [hash]]),
      );
      return answers.map(receiptOf);
    },
  };
}

async function feesOf(rpc: Rpc): Promise<Fees> {
  const latest: RpcBlock = ['eth_getBlockByNumber', ['latest', false]];
  const [block, tip, price] = await rpc.batch<{ baseFeePerGas?: Hex } | Hex | null>([
    latest,
    ['eth_maxPriorityFeePerGas', []],
    ['eth_gasPrice', []],
  ]);
  const base =
    block && typeof block === 'object' && 'baseFeePerGas' in block ? block.baseFeePerGas : undefined;
  if (typeof price !== 'string')
    throw price instanceof NodeError ? price : new ChainUnavailable('The node names no gas price.');
  if (base === undefined) return { gasPrice: BigInt(price) };
  const priority = typeof tip === 'string' ? BigInt(tip) : 0n;
  return { maxFeePerGas: 2n * BigInt(base) + priority, maxPriorityFeePerGas: priority };
}

type RpcBlock = [string, [string, boolean]];

function signed(
  wallet: Wallet,
  chainId: number,
  { nonce, to, data, gas, fees, value = 0n }: TransactionRequest,
): SignedTransaction {
  const transaction = Transaction.from({
    type: 'gasPrice' in fees ? 0 : 2,
    chainId,
    nonce,
    to,
    data,
    value,
    gasLimit: gas,
    ...fees,
  });
  transaction.signature = wallet.signingKey.sign(transaction.unsignedHash);
  // A transaction of many statements is long: asked of ethers, the hash would be that of bytes encoded once more.
  const raw = hex(transaction.serialized);
  return { hash: hex(keccak256(Buffer.from(raw.slice(2), 'hex'))), raw };
}

async function broadcast(rpc: Rpc, raws: readonly Hex[]): Promise<SendOutcome[]> {
  try {
    const answers = await rpc.batch<Hex>(raws.map((raw) => ['eth_sendRawTransaction', [raw]]));
    return answers.map(outcomeOf);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return raws.map(() => ({ status: 'unclear', message }));
  }
}

// Nodes agree on the codes of no error here; their words are what libraries go by.
const noFunds = /insufficient (funds|balance)/i;
const wordings: readonly [RegExp, SendOutcome['status']][] = [
  [/already known|already imported|\bknown transaction|alreadyknown/i, 'sent'],
  [noFunds, 'no-funds'],
  [/nonce.*too low|nonce.*(already|has been) used|oldnonce/i, 'nonce-used'],
  [/nonce.*(too high|gap|ahead)/i, 'nonce-ahead'],
  [/underpriced|less than block base fee|fee too low|max fee per gas less/i, 'underpriced'],
];

/** Whether a node's error is about the account's money, whatever the call. */
export function isOutOfFunds({ message }: NodeError): boolean {
  return noFunds.test(message);
}

function outcomeOf(answer: Hex | NodeError): SendOutcome {
  if (!(answer instanceof NodeError)) return { status: 'sent', message: '' };
  const status = wordings.find(([pattern]) => pattern.test(answer.message))?.[1] ?? 'refused';
  return { status, message: answer.message };
}

type RawReceipt = {
  blockNumber: Hex | null;
  status: Hex;
  contractAddress?: Hex | null;
  logs: readonly TransactionLog[];
};

function receiptOf(raw: RawReceipt | null | NodeError): Receipt | null {
  if (raw instanceof NodeError) throw raw;
  if (!raw?.blockNumber) return null;
  return {
    block: Number(raw.blockNumber),
    succeeded: BigInt(raw.status) === 1n,
    created: raw.contractAddress ? hex(raw.contractAddress) : null,
    logs: raw.logs.map(({ address, topics, data }) => ({
      address: hex(address),
      topics: topics.map(hex),
      data: hex(data),
    })),
  };
}
