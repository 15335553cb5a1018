/**
 * The embedded chain by itself, for what is measured beside Lodebook: it answers as in the service, and nothing else
 * runs in its process.
 *
 *     node bench/chain-process.ts JOURNAL ADDRESS…     says its URL; ends when its input does
 */
import { startEmbeddedChain } from '../src/chain/embedded/start.ts';

const [journalPath, ...funded] = process.argv.slice(2);
if (journalPath === undefined) throw new Error('Usage: node bench/chain-process.ts JOURNAL ADDRESS…');
const chain = await startEmbeddedChain({
  journalPath,
  host: '127.0.0.1',
  port: 0,
  chainId: 31_337,
  genesis: funded.map((address) => ({ address, balance: 10n ** 27n })),
});
process.stdout.write(`${chain.url}\n`);
process.stdin.resume();
process.stdin.once('end', () => void chain.stop().then(() => process.exit()));
