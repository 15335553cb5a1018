import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playAlone } from './alone.ts';
import { playApart } from './apart.ts';
import { Dice } from './dice.ts';
import { faultsIn, newTally, type Tally } from './tally.ts';

/** What both deployments need to know. */
export type ChaosOptions = {
  /** Where their data and logs go. */
  readonly folder: string;
  readonly tally: Tally;
  readonly dice: Dice;
  /** How long each client waits between statements, in milliseconds. */
  readonly pauseMs: number;
  readonly onKill: () => void;
};

export type CampaignOptions = {
  readonly seed: number;
  /** How many processes are killed: with everything apart, and all in one. */
  readonly kills: { readonly apart: number; readonly alone: number };
  /** Whether to try a full disk, too. */
  readonly tryDisk: boolean;
  readonly onKill?: (kills: number) => void;
};

const PAUSE_MS = 60;

/** Kills, and takes the room from, what runs under load; then looks what became of each accepted statement. */
export async function runChaos({ seed, kills, tryDisk, onKill }: CampaignOptions): Promise<Tally> {
  const tally = newTally();
  const folder = await mkdtemp(join(tmpdir(), 'lodebook-chaos-'));
  let done = 0;
  const options: ChaosOptions = {
    ...{ folder, tally, dice: new Dice(seed), pauseMs: PAUSE_MS },
    onKill: () => {
      done += 1;
      onKill?.(done);
    },
  };
  try {
    if (kills.apart > 0) await playApart({ ...options, kills: kills.apart });
    if (kills.alone > 0) await playAlone({ ...options, kills: kills.alone, tryDisk });
  } catch (error) {
    throw new Error(`The campaign of seed ${seed} broke off; its logs are in ${folder}`, { cause: error });
  }
  if (faultsIn(tally).length === 0) await rm(folder, { recursive: true, force: true });
  else tally.leftOut.push(`to clean up: the logs are in ${folder}`);
  return tally;
}
