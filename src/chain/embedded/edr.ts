import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import hardhatPackage from 'hardhat/package.json' with { type: 'json' };
import type { JournalHeader } from './records.ts';

/**
 * Hardhat's simulated network (EDR), set up so that the same transactions at the same times give the same blocks.
 *
 * What a block of EDR depends on besides its transactions, and what pins it:
 * - timestamp: given to `evm_mine`; the genesis block's comes from the header;
 * - base fee: set before every block (by rule it would climb by an eighth per full block and ruin relayers);
 * - prevRandao and parent beacon block root: EDR draws them from fixed seeds, one draw per mined block; reads, pending
 *   blocks and refused transactions draw nothing (the tests hold EDR to that);
 * - coinbase, gas limit, extra data: constants.
 * The genesis balances enter the state after block 0: block 1's state root is the first to cover them.
 */
export type Edr = {
  request(method: string, params?: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
};

export type Block = { number: number; timestamp: number; hash: string; transactions: string[] };

/** The rules that a journal's header repeats: with others, its blocks would come out otherwise. */
export const rules = { hardfork: 'osaka', gasLimit: 60_000_000, baseFee: '1000000' } as const;

export const baseFeeHex = `0x${BigInt(rules.baseFee).toString(16)}`;

export const engine = `hardhat ${hardhatPackage.version}`;

/**
 * A fresh network at its genesis block, with the genesis balances. Hardhat reports new networks to its makers unless
 * HARDHAT_DISABLE_TELEMETRY is set, as the launcher does.
 */
export async function createEdr(header: Omit<JournalHeader, 'genesisHash'>): Promise<Edr> {
  const hardhat = await createHardhatRuntimeEnvironment(configOf(header), {}, import.meta.dirname);
  const connection = await hardhat.network.create({ network: 'embedded' });
  const edr: Edr = {
    request: (method, params = []) => connection.provider.request({ method, params }),
    close: () => connection.close(),
  };
  for (const { address, balance } of header.genesis)
    await edr.request('hardhat_setBalance', [address, `0x${BigInt(balance).toString(16)}`]);
  await pinBaseFee(edr);
  await correctClock(edr);
  return edr;
}

/** Mines what waits in the pool. `timestamp`: Unix seconds, at least the last block's. */
export async function mine(edr: Edr, timestamp: number): Promise<Block> {
  await edr.request('evm_mine', [timestamp]);
  await pinBaseFee(edr);
  return latestBlock(edr);
}

export async function latestBlock(edr: Edr): Promise<Block> {
  const block = (await edr.request('eth_getBlockByNumber', ['latest', false])) as {
    number: string;
    timestamp: string;
    hash: string;
    transactions: string[];
  };
  return { ...block, number: Number(block.number), timestamp: Number(block.timestamp) };
}

/**
 * EDR's clock, which dates pending blocks, goes on from the last block it mined, and so runs late after a replay by the
 * age of that block. Puts it right; a clock that is ahead (the machine's was set back) is left, so that time never
 * goes back.
 */
export async function correctClock(edr: Edr): Promise<void> {
  const offset = Number(await edr.request('evm_increaseTime', [0]));
  if (offset < 0) await edr.request('evm_increaseTime', [-offset]);
}

async function pinBaseFee(edr: Edr): Promise<void> {
  await edr.request('hardhat_setNextBlockBaseFeePerGas', [baseFeeHex]);
}

function configOf(header: Omit<JournalHeader, 'genesisHash'>) {
  return {
    // A folder that does not exist: nothing of the project is read or compiled.
    paths: { artifacts: `${import.meta.dirname}/no-artifacts`, cache: `${import.meta.dirname}/no-cache` },
    networks: {
      embedded: {
        type: 'edr-simulated' as const,
        chainType: 'l1' as const,
        chainId: header.chainId,
        hardfork: rules.hardfork,
        accounts: [],
        allowBlocksWithSameTimestamp: true,
        blockGasLimit: header.gasLimit,
        initialBaseFeePerGas: BigInt(rules.baseFee),
        initialDate: new Date(header.genesisTime * 1000),
        gasEstimationMode: 'topLevelSuccess' as const,
        mining: { auto: false, interval: 0, mempool: { order: 'fifo' as const } },
      },
    },
  };
}
