import { AbiCoder } from 'ethers/abi';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import { ledgerBytecode } from '../../src/chain/deploy.ts';
import { quantity, type Rpc } from '../../src/chain/rpc.ts';
import { openSender, type Sender } from '../../src/chain/sender.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { account } from '../support/accounts.ts';
import { deployAccount } from '../support/solidity.ts';
import type { Log } from './wire.ts';

/**
 * A chain in this process (Hardhat's EDR), spoken to without HTTP, whose time goes where it is told. Blocks are mined as
 * transactions come, and whoever is asked for is unlocked: what the ledger says does not depend on who pays.
 */
export type Chain = {
  readonly ledger: Hex;
  /** One transaction in a block of its own at `time`: what it logged, or with what data it was refused. */
  send(call: Sent): Promise<Answer>;
  /** What a view returns. */
  call(data: Hex): Promise<Hex>;
  close(): Promise<void>;
};
export type Sent = { readonly from: Hex; readonly data: Hex; readonly time: number; readonly gas?: number };
/** `ranOut`: the transaction failed for lack of gas, without data. */
export type Answer = { readonly logs: readonly Log[] } | { readonly revert: Hex; readonly ranOut: boolean };

export const CHAIN_ID = 31_337;
const MAX_GAS = 2 ** 24;

/**
 * The contracts among the accounts: `Owned` takes what its owner signed, `Unsent` nothing that is sent. `also`: a key pair
 * whose account gets the same code.
 */
export type ContractPlan = {
  readonly kind: 'Owned' | 'Unsent';
  readonly owner: Hex;
  readonly also?: Hex;
};
export type ChainOptions = {
  /** The time of the first block. */
  readonly start: number;
  readonly registrar: Hex;
  readonly accreditor: Hex;
  readonly contracts: readonly ContractPlan[];
};

type Request = <T>(method: string, ...params: unknown[]) => Promise<T>;

/** A new chain with the contracts, and then the ledger, deployed. `contracts`: their addresses, in the plan's order. */
export async function openChain(options: ChainOptions): Promise<Chain & { readonly contracts: Hex[] }> {
  const { request, close } = await connect(options.start);
  const relayer = account('relayer');
  await fund(request, relayer.address);
  const contracts = await deployContracts(
    request,
    openSender(directRpc(request), CHAIN_ID, relayer.key),
    options,
  );
  const ledger = await deployLedger(request, relayer.address, options);
  return {
    ledger,
    contracts,
    send: (call) => send(request, ledger, call),
    call: (data) => request('eth_call', { to: ledger, data }, 'latest'),
    close,
  };
}

async function connect(start: number): Promise<{ request: Request; close(): Promise<void> }> {
  const hardhat = await createHardhatRuntimeEnvironment(configOf(start), {}, import.meta.dirname);
  const connection = await hardhat.network.create({ network: 'model' });
  return {
    request: async <T>(method: string, ...params: unknown[]) =>
      (await connection.provider.request({ method, params })) as T,
    close: () => connection.close(),
  };
}

function configOf(start: number) {
  return {
    // A folder that does not exist: nothing of the project is read or compiled.
    paths: { artifacts: `${import.meta.dirname}/no-artifacts`, cache: `${import.meta.dirname}/no-cache` },
    networks: {
      model: {
        type: 'edr-simulated' as const,
        chainType: 'l1' as const,
        chainId: CHAIN_ID,
        hardfork: 'osaka' as const,
        accounts: [],
        allowBlocksWithSameTimestamp: true,
        initialBaseFeePerGas: 0,
        initialDate: new Date(start * 1000),
        mining: { auto: true, interval: 0 },
      },
    },
  };
}

async function deployContracts(
  request: Request,
  sender: Sender,
  { contracts }: ChainOptions,
): Promise<Hex[]> {
  const addresses: Hex[] = [];
  for (const { kind, owner, also } of contracts) {
    const address = await deployAccount(sender, kind, owner);
    if (also) await request('hardhat_setCode', also, await request<Hex>('eth_getCode', address, 'latest'));
    addresses.push(address);
  }
  return addresses;
}

async function deployLedger(
  request: Request,
  from: Hex,
  { registrar, accreditor }: ChainOptions,
): Promise<Hex> {
  const roles = AbiCoder.defaultAbiCoder().encode(['address', 'address'], [registrar, accreditor]);
  await request('hardhat_impersonateAccount', from);
  const transaction = {
    from,
    data: (await ledgerBytecode()) + roles.slice(2),
    gas: quantity(MAX_GAS),
    gasPrice: '0x0',
  };
  const hash = await request<Hex>('eth_sendTransaction', transaction);
  const { contractAddress } = await request<{ contractAddress: Hex }>('eth_getTransactionReceipt', hash);
  return hex(contractAddress);
}

async function send(request: Request, to: Hex, { from, data, time, gas = MAX_GAS }: Sent): Promise<Answer> {
  await request('hardhat_impersonateAccount', from);
  await request('evm_setNextBlockTimestamp', time);
  try {
    const call = { from, to, data, gas: quantity(gas), gasPrice: '0x0' };
    const hash = await request<Hex>('eth_sendTransaction', call);
    const { logs } = await request<{ logs: Log[] }>('eth_getTransactionReceipt', hash);
    return { logs };
  } catch (error) {
    const { data: revert, message } = error as { data?: unknown; message: string };
    if (/out of gas|requires (at least|gas floor)/i.test(message)) return { revert: '0x', ranOut: true };
    if (typeof revert === 'string') return { revert: hex(revert), ranOut: false };
    throw error;
  }
}

/** As the node's own door, for what the project already has to speak through it. */
function directRpc(request: Request): Rpc {
  const send = <T>(method: string, params: readonly unknown[]): Promise<T> => request(method, ...params);
  return {
    send,
    batch: async <T>(calls: readonly (readonly [string, readonly unknown[]])[]) => {
      const answers: T[] = [];
      for (const [method, params] of calls) answers.push(await send(method, params));
      return answers;
    },
  };
}

function fund(request: Request, address: Hex): Promise<unknown> {
  return request('hardhat_setBalance', address, quantity(10n ** 24n));
}
