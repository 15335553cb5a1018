import { nodeOver } from './chain/node.ts';
import { ChainUnavailable, openRpc } from './chain/rpc.ts';
import type { ChainHome } from './chain-home.ts';
import type { ReaderConfig } from './config.ts';
import type { LedgerIdentity } from './indexer/port.ts';
import { createIndexStore } from './store/index-store.ts';
import type { Db } from './store/schema.ts';

/**
 * The chain for a process that only reads. The ledger is the one that the database is of; the node only tells how far
 * behind the copy is, and may be away.
 *
 * @throws Error where the database has no index yet, or where it, the settings and the node are not of one ledger
 */
export async function readerChain({ rpcUrl, ledger }: ReaderConfig, db: Db): Promise<ChainHome> {
  const identity = await createIndexStore(db).bound();
  if (identity === null)
    throw new Error(
      'The database holds no index yet: start a process that writes (without ROLE=reader) first.',
    );
  if (ledger !== null && ledger !== identity.ledger)
    throw new Error(
      `The database is of ledger ${identity.ledger}, and LEDGER_ADDRESS is ${ledger}. Correct one.`,
    );
  const rpc = openRpc(rpcUrl);
  await requireChain(identity, nodeOver(rpc, identity.ledger).chainId());
  return { rpc, url: rpcUrl, identity, relayerKey: null, stop: async () => {} };
}

async function requireChain(identity: LedgerIdentity, asked: Promise<number>): Promise<void> {
  const chainId = await asked.catch((error: unknown) => {
    if (error instanceof ChainUnavailable) return identity.chainId;
    throw error;
  });
  if (chainId !== identity.chainId)
    throw new Error(
      `RPC_URL is of chain ${chainId}, and the database of chain ${identity.chainId}. Correct one.`,
    );
}
