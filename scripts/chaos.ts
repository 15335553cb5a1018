/**
 * Kills services, chain and database under load, tears and damages the chain's journal, fills the disk; then looks up
 * every statement that was accepted, and compares the index with the chain. `--seed N` makes the same choices again;
 * `--kills N` sets how many processes are killed. Ends with the counts.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runChaos } from '../test/chaos/campaign.ts';
import { faultsIn, summaryOf } from '../test/chaos/tally.ts';
import { ensureBuilt } from './build.ts';
import { startBar, wholeNumber } from './campaigns.ts';

const KILLS = 110;
const { values } = parseArgs({ options: { seed: { type: 'string' }, kills: { type: 'string' } } });

const seed = wholeNumber('seed', values.seed, randomInt(2 ** 31));
const kills = wholeNumber('kills', values.kills, KILLS);
const alone = Math.floor(kills / 5);
console.log(`Seed ${seed}, ${kills} kills`);
await ensureBuilt((line) => console.log(line));
const bar = startBar(kills, 'kills');
const tally = await runChaos({
  ...{ seed, kills: { apart: kills - alone, alone }, tryDisk: true },
  onKill: (done) => bar.update(done),
});
bar.stop();
console.log(summaryOf(tally));
const faults = faultsIn(tally);
if (faults.length > 0) {
  console.error(
    `What must not be:\n  ${faults.join('\n  ')}\nThe same choices again: npm run chaos -- --seed ${seed}`,
  );
  process.exitCode = 1;
}
// A connection that lingers must not keep a campaign that is over alive.
process.exit();
