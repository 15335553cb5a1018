import type { Witness } from '../../chain/witness.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Birth } from '../../protocol/lots.ts';
import type { LotHead } from '../../protocol/statements.ts';
import type { StatementOutbox } from '../../store/outbox.ts';
import { type ProblemCode, ProblemError } from '../problems.ts';
import type { Submission } from '../schemas/submission.ts';

/**
 * What the contract re-hashes beside the statement: from the index and the outbox, else from the caller.
 * @throws ProblemError with what nobody knows
 */
export async function witnessFor(outbox: StatementOutbox, submission: Submission): Promise<Witness> {
  switch (submission.type) {
    case 'Production':
      return { births: await birthsFor(outbox, submission, submission.message.inputs) };
    case 'Receipt': {
      const { dispatch } = submission.message;
      const dispatched = (await outbox.dispatchOf(dispatch)) ?? submission.dispatch;
      if (!dispatched) throw unknown('witness-mismatch', 'dispatch', dispatch);
      return { dispatched };
    }
    case 'Correction': {
      const { production } = submission.message;
      const corrected = (await outbox.productionOf(production)) ?? submission.production;
      if (!corrected) throw unknown('production-unknown', 'production', production);
      return { corrected, births: await birthsFor(outbox, submission, corrected.inputs) };
    }
    case 'Revocation': {
      const { attestation } = submission.message;
      const revoked = (await outbox.attestationOf(attestation)) ?? submission.attestation;
      if (!revoked) throw unknown('attestation-unknown', 'attestation', attestation);
      return { revoked };
    }
    default:
      return {};
  }
}

/** One per input: of a production, or of the one that is corrected. */
async function birthsFor(
  outbox: StatementOutbox,
  submission: Submission,
  inputs: readonly LotHead[],
): Promise<Birth[]> {
  const { births: given, type } = submission;
  if (given && given.length !== inputs.length) throw birthsMissing(given.length, inputs.length);
  const lots = inputs.map((input) => input.lot);
  const known: ReadonlyMap<Hex, Birth> = lots.length > 0 ? await outbox.birthsOf(lots) : new Map();
  const path = (index: number): string =>
    type === 'Production' ? `message.inputs.${index}.lot` : 'message.production';
  return lots.map((lot, index) => known.get(lot) ?? given?.[index] ?? lotUnknown(lot, path(index)));
}

function birthsMissing(got: number, expected: number): ProblemError {
  return new ProblemError('births-missing', `Expected ${expected} births, one per input, and got ${got}.`);
}

function lotUnknown(lot: Hex, path: string): never {
  throw new ProblemError(
    'lot-unknown',
    `There is no lot ${lot}. Check the id, or send the production that makes it.`,
    { errors: [{ path, message: 'no such lot' }] },
  );
}

function unknown(code: ProblemCode, field: 'dispatch' | 'production' | 'attestation', id: Hex): ProblemError {
  return new ProblemError(code, `There is no ${field} ${id}. It is the ${field} statement's id.`, {
    errors: [{ path: `message.${field}`, message: `no such ${field}` }],
  });
}
