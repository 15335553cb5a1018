import { startEmbeddedChain } from '../../src/chain/embedded/start.ts';
import { accounts, CHAIN_ID } from './accounts.ts';

/** The chain in a process of its own: `chain.ts JOURNAL PORT`. Waits to be killed. */
const [journalPath, port] = process.argv.slice(2) as [string, string];
await startEmbeddedChain({
  ...{ journalPath, host: '127.0.0.1', port: Number(port), chainId: CHAIN_ID },
  genesis: Object.values(accounts).map(({ address }) => ({ address, balance: 10n ** 24n })),
});
