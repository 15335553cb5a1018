import { AbiCoder } from 'ethers/abi';
import { encodeCall, recordCall } from '../../src/chain/calls.ts';
import { firstLedgerOf, ledgerBytecode } from '../../src/chain/deploy.ts';
import { createEdr, type Edr, engine, mine, rules } from '../../src/chain/embedded/edr.ts';
import { journalFormat } from '../../src/chain/embedded/records.ts';
import type { RawHeader, RawLog } from '../../src/chain/ledger.ts';
import { MAX_GAS } from '../../src/chain/refusals.ts';
import { quantity } from '../../src/chain/rpc.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { type Account, account, CHAIN_ID } from '../chain.ts';
import type { PlannedBlock } from './blocks.ts';
import { BEGIN, DAY } from './sites.ts';
import type { Step } from './voice.ts';

const relayer = account('relayer');
const roles = { registrar: account('registrar'), accreditor: account('accreditor') };
const WEALTH = 10n ** 30n;
/** Transactions ask for all the gas that one may use: a block has to have room for what they ask for. */
const BLOCK_GAS = 2 ** 40;
const FEES = { maxFeePerGas: quantity(10n ** 9n), maxPriorityFeePerGas: '0x0' };

/** What a block will record, signed and encoded. */
export type PreparedBlock = { readonly time: number; readonly calls: readonly Call[] };
type Call = { readonly from: Account; readonly data: Hex };

/** A block as the node tells it: with its transactions, and the ledger's logs. */
export type WrittenBlock = {
  readonly header: RawHeader & { transactions: unknown[] };
  readonly logs: readonly RawLog[];
};

/** Each statement is signed, by its author's key. */
export function prepareBlock({ time, steps }: PlannedBlock): PreparedBlock {
  return { time, calls: steps.map((step) => ({ from: senderOf(step), data: callOf(step) })) };
}

/** A chain in memory that holds a ledger, and takes a network's blocks at the times that they were planned for. */
export class NetworkChain {
  readonly ledger: Hex = firstLedgerOf(relayer.address);
  readonly deployedAt = 1;
  readonly #edr: Edr;
  readonly #nonces = new Map<Hex, number>();

  private constructor(edr: Edr) {
    this.#edr = edr;
  }

  static async open(): Promise<NetworkChain> {
    const genesis = [relayer, ...Object.values(roles)].map(({ address }) => ({
      address,
      balance: WEALTH.toString(),
    }));
    const network = { ...rules, gasLimit: BLOCK_GAS, genesis, genesisTime: BEGIN - DAY };
    const chain = new NetworkChain(
      await createEdr({ format: journalFormat, chainId: CHAIN_ID, engine, ...network }),
    );
    for (const { address } of [relayer, ...Object.values(roles)])
      await chain.request('hardhat_impersonateAccount', [address]);
    await chain.#deploy();
    return chain;
  }

  /** The chain's answer, as JSON-RPC has it. */
  request(method: string, params: readonly unknown[]): Promise<unknown> {
    return this.#edr.request(method, params);
  }

  /** @throws Error where the ledger refuses one of the calls */
  async write({ time, calls }: PreparedBlock): Promise<WrittenBlock> {
    const sent: Hex[] = [];
    for (const { from, data } of calls) sent.push(await this.#send(from, this.ledger, data));
    const block = await mine(this.#edr, time);
    const written = await this.block(block.number);
    if (written.logs.length !== calls.length) throw new Error(await this.#whyRefused(sent));
    return written;
  }

  async block(number: number): Promise<WrittenBlock> {
    const header = await this.#edr.request('eth_getBlockByNumber', [quantity(number), true]);
    const filter = { address: this.ledger, fromBlock: quantity(number), toBlock: quantity(number) };
    const logs = await this.#edr.request('eth_getLogs', [filter]);
    return { header, logs } as WrittenBlock;
  }

  close(): Promise<void> {
    return this.#edr.close();
  }

  async #deploy(): Promise<void> {
    const { registrar, accreditor } = roles;
    const holders = [registrar.address, accreditor.address];
    const words = AbiCoder.defaultAbiCoder().encode(['address', 'address'], holders);
    await this.#send(relayer, null, hex((await ledgerBytecode()) + words.slice(2)));
    await mine(this.#edr, BEGIN - DAY + 1);
  }

  /** The chain trusts whoever sends and pays: signatures of transactions are nothing that a ledger looks at. */
  async #send({ address: from }: Account, to: Hex | null, data: Hex): Promise<Hex> {
    const nonce = this.#nonces.get(from) ?? 0;
    this.#nonces.set(from, nonce + 1);
    const transaction = {
      from,
      ...(to && { to }),
      data,
      gas: quantity(MAX_GAS),
      nonce: quantity(nonce),
      ...FEES,
    };
    return (await this.#edr.request('eth_sendTransaction', [transaction])) as Hex;
  }

  async #whyRefused(sent: readonly Hex[]): Promise<string> {
    for (const hash of sent) {
      const receipt = (await this.#edr.request('eth_getTransactionReceipt', [hash])) as {
        status: Hex;
      } | null;
      if (receipt?.status === '0x1') continue;
      const call = (await this.#edr.request('eth_getTransactionByHash', [hash])) as Record<string, unknown>;
      const again = { from: call.from, to: call.to, data: call.input };
      const reason = await this.#edr.request('eth_call', [again, 'latest']).then(
        () => 'it lacked gas, or the state has changed since',
        (error: unknown) => String(error),
      );
      return `The ledger refused a step of the network: ${reason}`;
    }
    return 'The block has other events than its steps';
  }
}

/** Anyone may send what a party signed. */
function senderOf(step: Step): Account {
  return step.kind === 'act' ? roles[step.by] : relayer;
}

function callOf(step: Step): Hex {
  if (step.kind === 'act') return encodeCall(step.method, step.values);
  const signature = hex(step.author.wallet.signingKey.sign(step.id).serialized);
  return recordCall(step.statement, step.witness, signature).data;
}
