/**
 * Plays random chains that fork, before nodes that lag, leave out, repeat and fail, with restarts in between, and
 * compares the index with a fresh build of the chain that is left. `--seed N` plays the same again; `--runs N` sets how
 * many. Ends with what was tried, or with the shortest script found after which the two differ.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Failure, runCampaign } from '../test/reorgs/campaign.ts';
import { summaryOf } from '../test/reorgs/tally.ts';
import { startBar, wholeNumber } from './campaigns.ts';

const RUNS = 1_000;
const { values } = parseArgs({ options: { seed: { type: 'string' }, runs: { type: 'string' } } });

function report({ seed, script, what }: Failure): string {
  return [
    'The index is not what it must be after:',
    ...script.beats.map(({ after, act }) => `  after ${after} requests: ${JSON.stringify(act)}`),
    `  at the end: ${JSON.stringify({ ...script, beats: undefined })}`,
    what,
    `Play it again: npm run reorgs -- --seed ${seed} --runs 1`,
  ].join('\n');
}

const seed = wholeNumber('seed', values.seed, randomInt(2 ** 31));
const runs = wholeNumber('runs', values.runs, RUNS);
console.log(`Seed ${seed}, ${runs} chains`);
const bar = startBar(runs, 'chains');
const { tally, failure } = await runCampaign({ seed, runs, onProgress: (done) => bar.update(done) });
bar.stop();
console.log(summaryOf(tally));
if (failure) {
  console.error(report(failure));
  process.exitCode = 1;
}
