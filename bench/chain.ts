import { keccak256 } from 'ethers/crypto';
import { Transaction } from 'ethers/transaction';
import { getBytes, toUtf8Bytes } from 'ethers/utils';
import { Wallet } from 'ethers/wallet';
import { createEdr, type Edr, engine, mine, rules } from '../src/chain/embedded/edr.ts';
import { journalFormat } from '../src/chain/embedded/records.ts';
import { MAX_GAS } from '../src/chain/refusals.ts';
import { type Hex, hex } from '../src/protocol/hex.ts';

export const CHAIN_ID = 31_337;

/** 2026-06-01, 08:00 UTC. All times are fixed, as all keys are: a zero byte of calldata costs a quarter of another. */
const GENESIS_TIME = 1_780_300_800;
const SECONDS_PER_BLOCK = 60;
const WEALTH = 10n ** 24n;
/** Zero bytes and other bytes of calldata (EIP-2028). */
const ZERO_BYTE_GAS = 4;
const OTHER_BYTE_GAS = 16;

/** 32 bytes that look random and are always the same for a name. */
export function seeded(name: string): Hex {
  return hex(keccak256(toUtf8Bytes(`Lodebook gas bench: ${name}`)));
}

/** Someone with a key: the same name is always the same account. */
export type Account = { readonly wallet: Wallet; readonly address: Hex };

export function account(name: string): Account {
  const wallet = new Wallet(seeded(name));
  return { wallet, address: hex(wallet.address) };
}

/** `to` null deploys. */
export type Call = { readonly from: Account; readonly to: Hex | null; readonly data: Hex };

/** `gas` is the receipt's gasUsed: calldata and the 21,000 of every transaction included. */
export type Mined = {
  readonly gas: number;
  readonly created: Hex;
  readonly topics: readonly (readonly Hex[])[];
};

type RawReceipt = {
  status: Hex;
  gasUsed: Hex;
  contractAddress: Hex | null;
  logs: { topics: Hex[] }[];
};

/** What a transaction pays for its calldata. */
export function calldataGas(data: Hex): number {
  return getBytes(data).reduce((sum, byte) => sum + (byte === 0 ? ZERO_BYTE_GAS : OTHER_BYTE_GAS), 0);
}

/** The network that the embedded chain runs on, in memory, with times that are always the same. */
export class BenchChain {
  readonly #edr: Edr;
  #time = GENESIS_TIME;

  private constructor(edr: Edr) {
    this.#edr = edr;
  }

  /** @param funded who may send transactions */
  static async open(...funded: readonly Account[]): Promise<BenchChain> {
    const genesis = funded.map(({ address }) => ({ address, balance: WEALTH.toString() }));
    const chain = { format: journalFormat, chainId: CHAIN_ID, ...rules, genesis } as const;
    return new BenchChain(await createEdr({ ...chain, genesisTime: GENESIS_TIME, engine }));
  }

  close(): Promise<void> {
    return this.#edr.close();
  }

  /** The time of the next block. */
  get time(): number {
    return this.#time + SECONDS_PER_BLOCK;
  }

  /** @throws Error where the transaction fails */
  async send(call: Call): Promise<Mined> {
    const nonce = await this.nonce(call.from);
    const hash = await this.enqueue(call, nonce, MAX_GAS);
    await this.mine();
    return this.receipt(hash);
  }

  async nonce({ address }: Account): Promise<number> {
    return Number(await this.#edr.request('eth_getTransactionCount', [address, 'latest']));
  }

  /** Puts a transaction into the pool. @returns its hash */
  async enqueue({ from, to, data }: Call, nonce: number, gasLimit: bigint): Promise<Hex> {
    const fees = { maxFeePerGas: 10n ** 12n, maxPriorityFeePerGas: 0n };
    const transaction = Transaction.from({
      type: 2,
      chainId: CHAIN_ID,
      nonce,
      to,
      data,
      gasLimit,
      ...fees,
    });
    transaction.signature = from.wallet.signingKey.sign(transaction.unsignedHash);
    return (await this.#edr.request('eth_sendRawTransaction', [transaction.serialized])) as Hex;
  }

  /** One block of what is in the pool. */
  async mine(): Promise<void> {
    this.#time = this.time;
    await mine(this.#edr, this.#time);
  }

  /** @throws Error where the transaction failed, or was not mined */
  async receipt(hash: Hex): Promise<Mined> {
    const receipt = (await this.#edr.request('eth_getTransactionReceipt', [hash])) as RawReceipt | null;
    if (receipt === null) throw new Error(`No block holds the transaction ${hash}`);
    if (Number(receipt.status) !== 1) throw new Error(await this.#whyFailed(hash));
    const topics = receipt.logs.map((log) => log.topics);
    return { gas: Number(receipt.gasUsed), created: hex(receipt.contractAddress ?? '0x'), topics };
  }

  /** What `work` does to the chain, time included, is undone afterwards: nothing measured depends on its neighbours. */
  async apart<T>(work: () => Promise<T>): Promise<T> {
    const time = this.#time;
    const snapshot = await this.#edr.request('evm_snapshot');
    try {
      return await work();
    } finally {
      await this.#edr.request('evm_revert', [snapshot]);
      this.#time = time;
    }
  }

  /** Asks for the same call again: its answer holds the reason. */
  async #whyFailed(hash: Hex): Promise<string> {
    const sent = (await this.#edr.request('eth_getTransactionByHash', [hash])) as Record<string, string>;
    const call = { from: sent.from, to: sent.to, data: sent.input };
    const reason = await this.#edr.request('eth_call', [call, 'latest']).then(
      () => 'it lacked gas, or the state has changed since',
      (error: unknown) => String(error),
    );
    return `The transaction ${hash} failed: ${reason}`;
  }
}
