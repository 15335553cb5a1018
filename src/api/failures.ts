import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { ProofsUnavailable } from '../chain/proofs.ts';
import { ChainUnavailable, NodeError } from '../chain/rpc.ts';
import { DatabaseUnavailable } from '../store/availability.ts';
import { HistoryTooLarge } from '../store/queries/history.ts';
import { CursorInvalid } from '../store/queries/page.ts';
import { RecallTooLarge } from '../store/queries/recall.ts';
import { ProblemError, problemDocument, problems } from './problems.ts';
import { BundleTooLarge } from './views/bundle.ts';

/** Answers every error as a problem document. What the caller need not know stays in the log. */
export function answerProblems(logger: Logger): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const problem = problemOf(error);
    const { requestId } = response.locals;
    if (problem.code === 'internal-error') logger.error({ err: error, requestId }, 'a request failed');
    else if (problems[problem.code].status === 503)
      logger.warn({ err: error, requestId }, 'a request was put off');
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem);
  };
}

/** What a caller is told of an error: `internal-error` where it is our own. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return fromBelow(error) ?? fromExpress(error) ?? unexpected(error);
}

function sendProblem(response: Response, problem: ProblemError): void {
  const instance = `urn:uuid:${response.locals.requestId}`;
  response.locals.code = problem.code;
  if (problem.retryAfter !== undefined) response.set('Retry-After', String(problem.retryAfter));
  response
    .status(problems[problem.code].status)
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problemDocument(problem, instance)));
}

/** What lies below the API says in its own way that it is away, or that a caller gave it what it cannot read. */
function fromBelow(error: unknown): ProblemError | null {
  if (error instanceof DatabaseUnavailable)
    return new ProblemError(
      'database-unavailable',
      'The database does not answer. Send the request again later.',
    );
  if (error instanceof ChainUnavailable || error instanceof NodeError)
    return new ProblemError('chain-unavailable', 'The chain does not answer. Send the request again later.');
  if (error instanceof ProofsUnavailable) return new ProblemError('proofs-unavailable', error.message);
  if (error instanceof BundleTooLarge) return new ProblemError('bundle-too-large', error.message);
  if (error instanceof RecallTooLarge) return new ProblemError('recall-too-large', error.message);
  if (error instanceof HistoryTooLarge) return new ProblemError('history-too-large', error.message);
  if (error instanceof CursorInvalid)
    return new ProblemError('invalid-request', error.message, {
      errors: [{ path: '?cursor', message: 'not a cursor that a page gave' }],
    });
  return null;
}

/** Errors of express.json, which names them by `type`, and of the router for paths that are not UTF-8. */
function fromExpress(error: unknown): ProblemError | null {
  if (error instanceof URIError) return new ProblemError('not-found', 'The path is not UTF-8.');
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large') return new ProblemError('payload-too-large', 'The body is above 1 MiB.');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new ProblemError('unsupported-media-type', 'Send UTF-8; gzip, deflate and br are understood.');
  if (status !== 400) return null;
  return new ProblemError('invalid-json', 'The body could not be read as one JSON object.');
}

function unexpected(cause: unknown): ProblemError {
  const detail = 'Something went wrong here. Give `instance` to the operator.';
  return new ProblemError('internal-error', detail, { cause });
}
