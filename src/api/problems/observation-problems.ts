import type { LedgerProblem } from './ledger-problem.ts';

/** What the ledger may say of observations. */
export const observationProblems = {
  'tail-stale': {
    title: 'The log has moved on',
    cause: "previous is not the last observation of that observer's device on that subject.",
    remedy: 'Name the tail that /v1/subjects/{subject}/logs shows, 32 zero bytes for the first; sign again.',
  },
  'readings-mismatch': {
    title: 'Root and count contradict each other',
    cause: 'Readings have a root and a count; an inspection has neither.',
    remedy: 'Give both, or neither and evidence.',
  },
  'period-reversed': {
    title: 'The observation would end before it starts',
    cause: 'until is before from.',
    remedy: 'Correct the times.',
  },
} as const satisfies Record<string, LedgerProblem>;
