/** What a campaign came to see. */
export type Tally = {
  scripts: number;
  blocks: number;
  statements: number;
  requests: number;
  commits: number;
  rewinds: number;
  deepestRewind: number;
  restarts: number;
  refusals: number;
  deepForks: number;
  rows: number;
  readonly acts: Record<string, number>;
};

export function newTally(): Tally {
  return {
    ...{ scripts: 0, blocks: 0, statements: 0, requests: 0, commits: 0, rewinds: 0, deepestRewind: 0 },
    ...{ restarts: 0, refusals: 0, deepForks: 0, rows: 0, acts: {} },
  };
}

export function summaryOf(tally: Tally): string {
  const acts = Object.entries(tally.acts).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `${tally.scripts} chains, ${tally.blocks} blocks on all branches, ${tally.requests} requests`,
    `${tally.commits} commits, each followed by a look at what a reader sees`,
    `${tally.rewinds} rewinds, the deepest of ${tally.deepestRewind} blocks; ${tally.restarts} restarts`,
    `${tally.refusals} chains refused, ${tally.deepForks} of them for a fork below finality`,
    `${tally.statements} statements, ${tally.rows} rows at the ends, compared with a fresh build each`,
    `What was done: ${acts.map(([kind, count]) => `${kind} ${count}`).join(', ')}`,
  ].join('\n');
}
