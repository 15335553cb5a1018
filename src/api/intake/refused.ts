import { type LedgerError, type RefusalArgs, refusalRows } from '../../chain/refusal-rows.ts';
import { kebab } from '../../chain/refusals.ts';
import { type ProblemCode, ProblemError } from '../problems.ts';

/** A refusal that the contract would give, with where in the request it lies. `message`: of that field, if shorter. */
export function refused(error: LedgerError, args: RefusalArgs, path: string, message?: string): ProblemError {
  const detail = refusalRows[error].detail(args);
  return new ProblemError(kebab(error) as ProblemCode, detail, {
    errors: [{ path, message: message ?? detail }],
  });
}
