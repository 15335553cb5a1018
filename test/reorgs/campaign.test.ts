import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { runCampaign } from './campaign.ts';

const SCRIPTS = 6;

test('whatever forks, lags, fails and starts anew: the index is what a fresh build of the chain gives', async () => {
  const seed = randomInt(2 ** 31);
  const { failure, tally } = await runCampaign({ seed, runs: SCRIPTS, shorteningMs: 10_000 });
  expect(failure, `npm run reorgs -- --seed ${failure?.seed} --runs 1`).toBeNull();
  expect(tally).toMatchObject({ scripts: SCRIPTS, commits: expect.any(Number) });
  expect(tally.commits).toBeGreaterThan(SCRIPTS);
}, 240_000);
