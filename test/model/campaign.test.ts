import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Call } from './acts.ts';
import { runCampaign } from './campaign.ts';
import { type Judge, judge } from './model.ts';
import { shortened } from './shorten.ts';
import { summaryOf } from './tally.ts';

const FIXED_SEED = 20_261_121;
const STATEMENTS = 1500;
const TIMEOUT_MS = 600_000;

/** Fresh at each run; it stands in the test's name, so that a failure can be played again. */
const freshSeed = randomInt(2 ** 31);

test.each([FIXED_SEED, freshSeed])(
  'I1–I15: contract and model agree on random statements (seed %i)',
  async (seed) => {
    const { tally, failure } = await runCampaign({ seed, statements: STATEMENTS });
    expect(failure, `Play it again: npm run fuzz -- --seed ${failure?.seed} --statements 1`).toBeNull();
    expect(tally.statements).toBeGreaterThanOrEqual(STATEMENTS);
    expect(tally.accepted, summaryOf(tally)).toBeGreaterThan(STATEMENTS / 3);
    expect(tally.refused.size, summaryOf(tally)).toBeGreaterThan(30);
  },
  TIMEOUT_MS,
);

/** A model that is wrong about one kind of call. */
const wrongAbout =
  (method: Call['method'], wrong: Judge): Judge =>
  (scene, call) =>
    call.method === method ? wrong(scene, call) : judge(scene, call);

const flaws: Record<string, Judge> = {
  'an error that the contract does not give': wrongAbout('recordDispatch', (scene, call) => {
    const verdict = judge(scene, call);
    return 'fault' in verdict ? { fault: { ...verdict.fault, name: 'StatementEmpty' } } : verdict;
  }),
  'an error with another argument': wrongAbout('recordProduction', (scene, call) => {
    const verdict = judge(scene, call);
    return 'fault' in verdict ? { fault: { ...verdict.fault, args: [...verdict.fault.args, 1] } } : verdict;
  }),
  'an event with another field': wrongAbout('recordReceipt', (scene, call) => {
    const verdict = judge(scene, call);
    if ('fault' in verdict) return verdict;
    return { events: verdict.events.map((event) => ({ ...event, args: { ...event.args, signer: '0x00' } })) };
  }),
  'a state that is not written': wrongAbout('recordProduction', (scene, call) => {
    const quotas = new Map(scene.book.quotas);
    const verdict = judge(scene, call);
    for (const [key, quota] of quotas) scene.book.quotas.set(key, quota);
    return verdict;
  }),
};

test.each(Object.entries(flaws))(
  'a model with %s is found out',
  async (_, rules) => {
    const { failure } = await runCampaign({ seed: FIXED_SEED, statements: 3000, rules, shorteningMs: 0 });
    expect(failure?.difference).toMatch(/expected .*\n.*got /s);
    expect(failure?.trace.length).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

test('a failing plan is shortened to the steps that it takes', async () => {
  const steps = Array.from({ length: 100 }, (_, index) => index);
  const fails = async (plan: { steps: readonly number[] }): Promise<boolean> =>
    plan.steps.includes(17) && plan.steps.includes(80) && plan.steps.indexOf(17) < plan.steps.indexOf(80);
  expect(await shortened({ world: 1, steps }, fails, 60_000)).toEqual({ world: 1, steps: [17, 80] });
});
