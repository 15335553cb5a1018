import { startEmbeddedChain } from '../../../src/chain/embedded/start.ts';
import { chainId, genesis } from './accounts.ts';

/** Runs the chain on the journal given, tells its address to the parent process, and waits to be killed. */
const { url } = await startEmbeddedChain({
  journalPath: process.argv[2] as string,
  host: '127.0.0.1',
  port: 0,
  chainId,
  genesis,
});
process.send?.(url);
