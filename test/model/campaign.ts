import fc from 'fast-check';
import type { Judge } from './model.ts';
import { type Plan, playPlan } from './plan.ts';
import { shortened } from './shorten.ts';
import { newTally, type Tally } from './tally.ts';
import { Difference } from './world.ts';

export type CampaignOptions = {
  /** The same seed plays the same worlds. */
  readonly seed: number;
  /** How many statements at least. */
  readonly statements: number;
  /** The model, unless told otherwise. */
  readonly rules?: Judge;
  /** Told of the statements so far. */
  readonly onProgress?: (statements: number) => void;
  /** What shortening a failing plan may take; two minutes unless told otherwise. */
  readonly shorteningMs?: number;
};

/** A short plan in which contract and model part. */
export type Failure = {
  /** Plays that world first. */
  readonly seed: number;
  readonly plan: Plan;
  readonly difference: string;
  /** What was sent, from an empty ledger on. */
  readonly trace: readonly string[];
};
export type Campaign = { readonly tally: Tally; readonly failure: Failure | null };

/** Half as many on average: worlds are of any length up to it. */
const MOST_STEPS = 600;
const SHORTENING_MS = 120_000;

const uint32 = fc.nat({ max: 2 ** 32 - 1 });
const plans: fc.Arbitrary<Plan> = fc.record({
  world: uint32,
  steps: fc.array(uint32, { maxLength: MOST_STEPS, size: 'max' }),
});

/** Plays world after world until the statements are reached, or contract and model part. */
export async function runCampaign(options: CampaignOptions): Promise<Campaign> {
  const tally = newTally();
  for (let world = 0; tally.statements < options.statements; world += 1) {
    const seed = (options.seed + world) | 0;
    const failure = await runWorld(seed, tally, options);
    if (failure) return { tally, failure };
  }
  return { tally, failure: null };
}

async function runWorld(seed: number, tally: Tally, options: CampaignOptions): Promise<Failure | null> {
  let done = 0;
  const onStep = (): void => {
    done += 1;
    options.onProgress?.(tally.statements);
  };
  const property = fc.asyncProperty(plans, (plan) => playPlan(plan, { tally, onStep, ...rulesOf(options) }));
  // Steps are shortened as a whole: what a step's seed means depends on the state, so that a smaller one is not simpler.
  const result = await fc.check(property, { seed, numRuns: 1, unbiased: true, endOnFailure: true });
  if (!result.failed || result.counterexample === null) return null;
  const [{ world, steps }] = result.counterexample;
  const fails = async (shorter: Plan): Promise<boolean> => (await failureOf(seed, shorter, options)) !== null;
  const failing = { world, steps: steps.slice(0, done + 1) };
  const plan = await shortened(failing, fails, options.shorteningMs ?? SHORTENING_MS);
  const failure = await failureOf(seed, plan, options);
  if (failure === null) throw new Error(`The world of seed ${seed} failed once, and then no more`);
  return failure;
}

/** Plays a plan and takes notes; null where it goes well. @throws what is no difference */
async function failureOf(seed: number, plan: Plan, options: CampaignOptions): Promise<Failure | null> {
  const trace: string[] = [];
  try {
    await playPlan(plan, { tally: newTally(), trace: (line) => trace.push(line), ...rulesOf(options) });
    return null;
  } catch (error) {
    if (!(error instanceof Difference))
      throw new Error(`The world of seed ${seed} broke off: the campaign itself has a fault`, {
        cause: error,
      });
    return { seed, plan, difference: error.message, trace };
  }
}

function rulesOf({ rules }: CampaignOptions): { rules?: Judge } {
  return rules ? { rules } : {};
}
