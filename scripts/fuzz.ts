/**
 * Plays random statements, valid and not, against the contract and against a plain model of it, and compares what they
 * say. `--seed N` plays the same again; `--statements N` sets how many. Ends with what was tried, or with the shortest
 * story found in which the two part.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Failure, runCampaign } from '../test/model/campaign.ts';
import { errorsNeverSeen, summaryOf } from '../test/model/tally.ts';
import { startBar, wholeNumber } from './campaigns.ts';

const STATEMENTS = 200_000;
const { values } = parseArgs({ options: { seed: { type: 'string' }, statements: { type: 'string' } } });

function report({ seed, difference, trace }: Failure): string {
  return [
    'Contract and model part. What was sent, from an empty ledger on:',
    ...trace.map((line) => `  ${line}`),
    difference,
    `Play it again: npm run fuzz -- --seed ${seed} --statements 1`,
  ].join('\n');
}

const seed = wholeNumber('seed', values.seed, randomInt(2 ** 31));
const statements = wholeNumber('statements', values.statements, STATEMENTS);
console.log(`Seed ${seed}, ${statements} statements`);
const bar = startBar(statements, 'statements');
const { tally, failure } = await runCampaign({
  seed,
  statements,
  onProgress: (done) => bar.update(Math.min(done, statements)),
});
bar.stop();
console.log(summaryOf(tally));
if (failure) {
  console.error(report(failure));
  process.exitCode = 1;
} else if (statements >= STATEMENTS && errorsNeverSeen(tally).length > 0) {
  console.error('A full campaign gives every error. Adjust what is drawn: test/model/draw.');
  process.exitCode = 1;
}
