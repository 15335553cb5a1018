import { ApiProblem, ServiceUnreachable } from '../client/errors.ts';

/** What scripts can go by. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** The command was not used right: what was given, and what is expected. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** It was used right, and could not be done: what happened, to what, and what to do. Exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** What went wrong, for people and for programs. `code` is the service's, where it was the service that refused. */
export type Complaint = { readonly exitCode: number; readonly code: string; readonly message: string };

/** Errors by name, because they come from parts that the command line does not otherwise know. */
const knownNames = new Set([
  'ChainUnavailable',
  'DatabaseLocked',
  'DatabaseUnavailable',
  'EmbeddedChainError',
  'IndexRefused',
  'StoryStopped',
]);

/** Puts an error in words. One that nobody foresaw keeps its stack, so that it can be reported. */
export function complaintOf(error: unknown): Complaint {
  if (error instanceof UsageError)
    return { exitCode: exitCodes.usage, code: 'usage', message: error.message };
  if (error instanceof Failure) return failed('failed', error.message);
  if (error instanceof ApiProblem) return failed(error.code, refused(error));
  if (error instanceof ServiceUnreachable)
    return failed(
      'service-unreachable',
      `${error.message} Start it with "npm start", or name another with --api.`,
    );
  if (!(error instanceof Error)) return failed('unexpected', String(error));
  if (error.name === 'ConfigError')
    return { exitCode: exitCodes.usage, code: 'usage', message: error.message };
  if (error.name === 'TransactionRefused')
    return failed('refused', `The ledger refused it: ${error.message}`);
  if (knownNames.has(error.name)) return failed('failed', error.message);
  return failed('unexpected', error.stack ?? error.message);
}

function failed(code: string, message: string): Complaint {
  return { exitCode: exitCodes.failed, code, message };
}

function refused({ problem, message }: ApiProblem): string {
  const head = `${problem.title} (${problem.code}).`;
  const retry =
    problem.status === 503 || problem.status === 429 ? '\nNothing was lost: try again in a moment.' : '';
  return `${head}\n${message}${retry}`;
}
