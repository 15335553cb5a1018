/** What a campaign did, and what became of what it sent. */
export type Tally = {
  /** kill -9, by what was killed. */
  readonly kills: Record<string, number>;
  /** Other things done to the parts, by name. */
  readonly blows: Record<string, number>;
  accepted: number;
  /** Of those accepted. */
  recorded: number;
  rejected: number;
  /** Of those rejected: the chain itself, asked again, refuses them no more. */
  rejectedWrongly: number;
  lost: number;
  doubled: number;
  differences: number;
  /** Valid statements that the service turned away for good, by code. */
  readonly turnedAway: Record<string, number>;
  /** What strangers sent straight to the chain, and what it took. */
  hostile: { sent: number; recorded: number; unreadable: number };
  /** How long nobody led after the leader was killed, in milliseconds each. */
  readonly takeovers: number[];
  /** Why something could not be tried here. */
  readonly leftOut: string[];
  gaveUp: number;
};

export function newTally(): Tally {
  return {
    ...{ kills: {}, blows: {}, turnedAway: {}, takeovers: [], leftOut: [] },
    ...{ accepted: 0, recorded: 0, rejected: 0, rejectedWrongly: 0, lost: 0, doubled: 0, differences: 0 },
    ...{ hostile: { sent: 0, recorded: 0, unreadable: 0 }, gaveUp: 0 },
  };
}

export function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

export function killsIn({ kills }: Tally): number {
  return Object.values(kills).reduce((sum, number) => sum + number, 0);
}

/** What must not be. */
export function faultsIn(tally: Tally): string[] {
  const faults: [number, string][] = [
    [tally.lost, 'accepted statements lost'],
    [tally.doubled, 'statements recorded twice'],
    [tally.differences, 'rows that differ from a fresh build of the chain'],
    [tally.rejectedWrongly, 'accepted statements rejected for a reason that does not hold'],
    [tally.hostile.unreadable, 'statements of strangers that the API cannot show'],
    [
      Object.values(tally.turnedAway).reduce((sum, number) => sum + number, 0),
      'valid statements turned away',
    ],
  ];
  return faults.flatMap(([number, what]) => (number > 0 ? [`${number} ${what}`] : []));
}

export function summaryOf(tally: Tally): string {
  const { takeovers, hostile } = tally;
  const sorted = [...takeovers].sort((a, b) => a - b);
  const led = `${sorted.length} times another instance took the lead: median ${sorted[sorted.length >> 1] ?? 0} ms, longest ${sorted.at(-1) ?? 0} ms`;
  return [
    `${killsIn(tally)} kill -9: ${listed(tally.kills)}; and ${listed(tally.blows)}`,
    `${tally.gaveUp} times a process ended by itself, and was started again; ${led}`,
    `${tally.accepted} statements accepted: ${tally.recorded} recorded, ${tally.rejected} rejected, ${tally.lost} lost, ${tally.doubled} doubled`,
    `${hostile.sent} statements of strangers sent to the chain: ${hostile.recorded} recorded, ${hostile.unreadable} that the API cannot show`,
    `${tally.differences} rows differ from a fresh build; valid statements turned away: ${listed(tally.turnedAway)}`,
    ...tally.leftOut.map((what) => `Not tried: ${what}`),
  ].join('\n');
}

function listed(counts: Record<string, number>): string {
  const parts = Object.entries(counts).map(([name, number]) => `${name} ${number}`);
  return parts.length > 0 ? parts.join(', ') : 'none';
}
