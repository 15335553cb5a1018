import { totalOf } from '../network/blocks.ts';
import type { Recording } from '../network/recording.ts';
import { count, table } from '../words.ts';
import type { Indexing } from './ours.ts';

/** Times in seconds. `bytes`: of our index in PostgreSQL. Ponder is missing where it was left out. */
export type Results = {
  readonly recording: Recording;
  readonly floor: number;
  readonly postgres: Indexing;
  readonly pglite: Indexing;
  readonly bytes: number;
  readonly ponder?: number;
  readonly ponderUnlimited?: number;
};

/** What is held against what: at least so many times as fast. */
const TIMES_PONDER = 5;
const OF_FLOOR = 1 / 4;

type Figure = { readonly name: string; readonly seconds: number; readonly factsPerSecond: number };

function figuresOf({ recording, floor, postgres, pglite, ponder, ponderUnlimited }: Results): Figure[] {
  const facts = totalOf(recording.facts);
  const timed: [string, number | undefined][] = [
    ['Floor: the same requests, parsed', floor],
    ['Lodebook, PostgreSQL', postgres.seconds],
    ['Lodebook, PGlite', pglite.seconds],
    ['Ponder, PostgreSQL', ponder],
    ['Ponder, its request limit lifted', ponderUnlimited],
  ];
  return timed.flatMap(([name, seconds]) =>
    seconds === undefined ? [] : [{ name, seconds, factsPerSecond: Math.round(facts / seconds) }],
  );
}

/** How ours stands beside the others, on PostgreSQL. */
function ratiosOf({ floor, postgres, ponder, ponderUnlimited }: Results) {
  const against = (seconds: number | undefined): number | null =>
    seconds === undefined ? null : round(seconds / postgres.seconds);
  return {
    ofFloor: against(floor),
    timesPonder: against(ponder),
    timesPonderUnlimited: against(ponderUnlimited),
  };
}

function round(ratio: number): number {
  return Math.round(ratio * 1_000) / 1_000;
}

/** For machines. */
export function jsonOf(results: Results): object {
  const { recording, postgres, pglite, bytes } = results;
  return {
    facts: recording.facts,
    blocks: recording.blocks,
    figures: figuresOf(results),
    ratios: ratiosOf(results),
    bytesPerLot: Math.round(bytes / recording.facts.births),
    megabytes: { postgres: Math.round(postgres.megabytes), pglite: Math.round(pglite.megabytes) },
  };
}

export function tableOf(results: Results): string[] {
  const { recording, postgres, pglite, bytes } = results;
  const { births, moves, attestations } = recording.facts;
  const rows = figuresOf(results).map(({ name, seconds, factsPerSecond }) => [
    name,
    seconds.toFixed(1),
    count(factsPerSecond),
  ]);
  const { ofFloor, timesPonderUnlimited } = ratiosOf(results);
  return [
    `${count(births)} births, ${count(moves)} moves of custody, ${count(attestations)} attestations`,
    '',
    ...table([['From an empty database to caught up', 'seconds', 'facts a second'], ...rows]),
    '',
    ...verdict('of the floor', ofFloor, OF_FLOOR),
    ...verdict('times Ponder with its limit lifted', timesPonderUnlimited, TIMES_PONDER),
    `${count(Math.round(bytes / births))} bytes of database a lot; ${count(Math.round(postgres.megabytes))} MB of memory at most, ${count(Math.round(pglite.megabytes))} MB with PGlite in the process`,
  ];
}

function verdict(what: string, ratio: number | null, atLeast: number): string[] {
  if (ratio === null) return [];
  return [`On PostgreSQL: ${ratio} ${what}, target ≥ ${atLeast}: ${ratio >= atLeast ? 'met' : 'NOT MET'}`];
}
