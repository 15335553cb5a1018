import { join } from 'node:path';
import type { Logger } from 'pino';
import { startEmbeddedChain } from './chain/embedded/start.ts';
import { nodeOver } from './chain/node.ts';
import { openRpc, type Rpc } from './chain/rpc.ts';
import type { Config } from './config.ts';
import type { LedgerIdentity } from './indexer/port.ts';
import { embeddedLedger, remoteLedger } from './ledger-home.ts';
import { accountOf, operatorKeys } from './operator.ts';
import type { Hex } from './protocol/hex.ts';

/** The chain of a deployment, and the ledger on it. `relayerKey` null: nothing is sent. `stop` ends an embedded chain. */
export type ChainHome = {
  readonly rpc: Rpc;
  readonly url: string;
  readonly identity: LedgerIdentity;
  readonly relayerKey: Hex | null;
  stop(): Promise<void>;
};

const EMBEDDED_CHAIN_ID = 31_337;
/** In wei: a thousand million of the chain's coin, which is worth nothing. */
const GENESIS_BALANCE = 10n ** 27n;

/** The chain that the settings name, or one of this process's own. @param now Unix milliseconds */
export async function openChain(config: Config, logger: Logger, now: () => number): Promise<ChainHome> {
  return config.node ? remote(config.dataDir, config.node) : embedded(config, logger, now);
}

async function remote(
  dataDir: string,
  { url, ledger, relayerKey }: NonNullable<Config['node']>,
): Promise<ChainHome> {
  const rpc = openRpc(url);
  const identity = await remoteLedger(dataDir, nodeOver(rpc, ledger));
  return { rpc, url, identity, relayerKey, stop: async () => {} };
}

async function embedded(config: Config, logger: Logger, now: () => number): Promise<ChainHome> {
  const keys = await operatorKeys(config.dataDir);
  const genesis = Object.values(keys).map((key) => ({ address: accountOf(key), balance: GENESIS_BALANCE }));
  const chain = await startEmbeddedChain({
    journalPath: join(config.dataDir, 'chain', 'journal'),
    host: '127.0.0.1',
    port: config.chainPort,
    chainId: EMBEDDED_CHAIN_ID,
    genesis,
    log: (message, fields) => logger.info(fields, message),
    onReplay: (done, total) => logger.info({ done, total }, 'replaying the chain'),
    now,
  }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EADDRINUSE') throw cause;
    const where = `port ${config.chainPort}: another program listens there`;
    throw new Error(`The chain cannot listen on ${where}. Set CHAIN_PORT.`, { cause });
  });
  try {
    const rpc = openRpc(chain.url);
    const identity = await embeddedLedger(config.dataDir, rpc, keys);
    return { rpc, url: chain.url, identity, relayerKey: keys.relayer, stop: () => chain.stop() };
  } catch (error) {
    await chain.stop();
    throw error;
  }
}
