import { ledgerInterface } from './wire.ts';

/** What a campaign came across. */
export type Tally = {
  statements: number;
  accepted: number;
  reads: number;
  readonly refused: Map<string, number>;
  readonly events: Map<string, number>;
};

export function newTally(): Tally {
  return { statements: 0, accepted: 0, reads: 0, refused: new Map(), events: new Map() };
}

export function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** The constructor alone can give these, and its arguments are fixed. */
const outOfReach = ['InvalidShortString', 'StringTooLong'];

/** The errors of the ABI that the ledger was never seen to give. */
export function errorsNeverSeen({ refused }: Tally): string[] {
  const names: string[] = [];
  ledgerInterface.forEachError(({ name }) => names.push(name));
  return names.filter((name) => !refused.has(name) && !outOfReach.includes(name));
}

/** For people: what was tried, and what came of it, most frequent first. */
export function summaryOf(tally: Tally): string {
  const rows = (counts: ReadonlyMap<string, number>): string[] =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([name, times]) => `  ${String(times).padStart(9)}  ${name}`);
  const refused = [...tally.refused.values()].reduce((sum, times) => sum + times, 0);
  const unseen = errorsNeverSeen(tally);
  return [
    `${tally.statements} statements: ${tally.accepted} accepted, ${refused} refused; ${tally.reads} views read`,
    'Events',
    ...rows(tally.events),
    'Refusals',
    ...rows(tally.refused),
    unseen.length === 0
      ? 'Every error that a call can give was given.'
      : `Errors never given: ${unseen.join(', ')}`,
  ].join('\n');
}
