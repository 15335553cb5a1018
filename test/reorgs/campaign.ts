import fc from 'fast-check';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { memoryDatabase } from '../support/memory.ts';
import { play, type Stage } from './play.ts';
import { type Script, scripts } from './script.ts';
import { newTally, type Tally } from './tally.ts';

export type CampaignOptions = {
  /** The same seed plays the same scripts. */
  readonly seed: number;
  readonly runs: number;
  /** Told of the scripts so far. */
  readonly onProgress?: (scripts: number) => void;
  /** What shortening a failing script may take, in milliseconds. */
  readonly shorteningMs?: number;
};

/** The shortest script found after which the index is not what it must be. */
export type Failure = { readonly seed: number; readonly script: Script; readonly what: string };
export type Campaign = { readonly tally: Tally; readonly failure: Failure | null };

/** Plays script after script. Each has a seed of its own, so that a failure is played again by itself. */
export async function runCampaign(options: CampaignOptions): Promise<Campaign> {
  const tally = newTally();
  const stage = { live: await openMemory(), fresh: await openMemory() };
  try {
    for (let run = 0; run < options.runs; run += 1) {
      const failure = await runScript((options.seed + run) | 0, stage, tally, options);
      if (failure) return { tally, failure };
      options.onProgress?.(run + 1);
    }
    return { tally, failure: null };
  } finally {
    await Promise.all([stage.live.close(), stage.fresh.close()]);
  }
}

async function runScript(
  seed: number,
  stage: Stage,
  tally: Tally,
  { shorteningMs = 30_000 }: CampaignOptions,
): Promise<Failure | null> {
  let until = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(scripts, async (script) => {
    // Once it failed, time is for shorter ones; what takes longer than that counts as no failure.
    if (Date.now() > until) return;
    try {
      await play(script, stage, until === Number.POSITIVE_INFINITY ? tally : newTally());
    } catch (error) {
      if (until === Number.POSITIVE_INFINITY) until = Date.now() + shorteningMs;
      throw error;
    }
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, {
    seed,
    numRuns: 1,
    unbiased: true,
  });
  if (!failed || counterexample === null) return null;
  const what =
    errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
  return { seed, script: counterexample[0], what };
}

async function openMemory() {
  const database = await openDatabase(await memoryDatabase());
  await migrate(database.db);
  return database;
}
