import type { Witness } from '../../chain/witness.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Birth } from '../../protocol/lots.ts';
import type { StatementOutbox } from '../../store/outbox.ts';
import { ProblemError } from '../problems.ts';
import type { Submission } from '../schemas/submission.ts';

/**
 * What the contract re-hashes beside the statement: from the index and the outbox, else from the caller.
 * @throws ProblemError `lot-unknown`, `dispatch-mismatch` where nobody knows
 */
export async function witnessFor(outbox: StatementOutbox, submission: Submission): Promise<Witness> {
  if (submission.type === 'Production') {
    const { inputs } = submission.message;
    if (submission.births && submission.births.length !== inputs.length)
      throw birthsMissing(submission, inputs.length);
    const lots = inputs.map((input) => input.lot);
    const known: ReadonlyMap<Hex, Birth> = lots.length > 0 ? await outbox.birthsOf(lots) : new Map();
    return {
      births: lots.map(
        (lot, index) => known.get(lot) ?? submission.births?.[index] ?? lotUnknown(lot, index),
      ),
    };
  }
  if (submission.type === 'Receipt') {
    const { dispatch } = submission.message;
    const dispatched = (await outbox.dispatchOf(dispatch)) ?? submission.dispatch;
    if (!dispatched) throw dispatchUnknown(dispatch);
    return { dispatched };
  }
  return {};
}

function birthsMissing({ births = [] }: Submission, expected: number): ProblemError {
  return new ProblemError(
    'births-missing',
    `Expected ${expected} births, one per input, and got ${births.length}.`,
  );
}

function lotUnknown(lot: Hex, index: number): never {
  throw new ProblemError(
    'lot-unknown',
    `There is no lot ${lot}. Check the id, or send the production that makes it.`,
    {
      errors: [{ path: `message.inputs.${index}.lot`, message: 'no such lot' }],
    },
  );
}

function dispatchUnknown(dispatch: Hex): ProblemError {
  return new ProblemError(
    'dispatch-mismatch',
    `There is no dispatch ${dispatch}. It is the dispatch statement's id.`,
    {
      errors: [{ path: 'message.dispatch', message: 'no such dispatch' }],
    },
  );
}
