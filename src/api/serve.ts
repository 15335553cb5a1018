import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { type Access, accessOf } from './access.ts';
import type { Context } from './context.ts';
import type { KeptAnswer, KeptAnswers } from './kept.ts';
import { sendLines, sendPieces } from './lines.ts';
import { sendEvents } from './live/send.ts';
import { parseInput, requirePlainJson } from './parse.ts';
import { ProblemError } from './problems.ts';
import { type Reader, readerOf } from './reader.ts';
import type { Call, Route, ServerEvent } from './route.ts';

/** Bodies are at most 1 MiB. */
export const BODY_LIMIT = 1024 * 1024;

const readJson = express.json({ limit: BODY_LIMIT, type: 'application/json', strict: true });

/** Puts the routes on a router: parsing before, JSON after, and 405 for the methods that a path does not take. */
export function mountRoutes(
  router: Router,
  routes: readonly Route[],
  context: Context,
  kept: KeptAnswers,
): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    for (const route of here) {
      const handle = isKept(route) ? keptHandlerOf(route, kept, context) : handlerOf(route, context);
      if (route.body) router[route.method](path, requireWriter(context), requireJson, readJson, handle);
      else router[route.method](path, handle);
    }
    router.all(path, refuseMethod(allowedMethods(here)));
  }
}

/** What follows from the database alone. A stream is not kept: it may be as large as the ledger. */
function isKept({ method, errors, cache, responses }: Route): boolean {
  const isOther = Object.values(responses).some(
    ({ lines, media, pieces, events }) => lines || media || pieces || events,
  );
  return method === 'get' && cache !== 'no-store' && errors.includes('database-unavailable') && !isOther;
}

/** What is answered to somebody who is signed in is for them alone: it is neither kept nor shared. */
function keptHandlerOf(route: Route, kept: KeptAnswers, context: Context) {
  const handle = handlerOf(route, context);
  return async (request: Request, response: Response): Promise<void> => {
    if (request.get('authorization') !== undefined) return handle(request, response);
    response.locals.route = route.path;
    const input = inputOf(route, request);
    const answer = await askKept(kept, context, { route, url: request.originalUrl, input });
    response.set({ 'Cache-Control': route.cache ?? 'no-cache', ETag: answer.etag, ...answer.headers });
    response.status(answer.status).type('json').send(answer.body);
  };
}

/** What a kept route answers to whoever is not signed in. @param input as its schemas give it */
export async function askKept(
  kept: KeptAnswers,
  context: Context,
  { route, url, input }: { route: Route; url: string; input: object },
): Promise<KeptAnswer> {
  const access = await accessOf(context, route.access, null);
  // Others may wait for the same answer: nobody who hangs up ends it.
  const call: Call = {
    ...{ reader: null, access, lastEventId: undefined, signal: context.stopping },
    onEnd: () => undefined,
  };
  return kept.answer(url, (context) => route.handler(context, input as never, call));
}

function handlerOf(route: Route, context: Context) {
  return async (request: Request, response: Response): Promise<void> => {
    response.locals.route = route.path;
    const input = inputOf(route, request);
    const reader = await readerOf(context, request);
    const access = await accessOf(context, route.access, reader);
    const answer = await route.handler(context, input as never, callOf(response, reader, access));
    if (route.access === 'own' && !access.wasAsked) throw new Error(`${route.path} did not ask whose it is`);
    response.set('Cache-Control', route.cache ?? 'no-cache');
    response.set(answer.headers ?? {});
    if (reader) response.set('Cache-Control', 'private, no-store');
    response.status(answer.status);
    const { lines, media, pieces, events } = route.responses[answer.status] ?? {};
    if (events) await sendEvents(response, answer.body as AsyncIterable<ServerEvent<unknown> | null>);
    else if (pieces) await sendPieces(response.type(media ?? 'json'), answer.body as Iterable<string>);
    else if (media) response.type(media).send(answer.body);
    else if (lines) await sendLines(response, answer.body as Iterable<unknown>);
    else response.json(answer.body);
  };
}

function inputOf(route: Route, request: Request): { params: unknown; query: unknown; body: unknown } {
  if (route.body) requirePlainJson(request.body);
  return {
    params: route.params && parseInput(route.params, request.params),
    query: route.query ? parseInput(route.query, request.query, '?') : requireNoQuery(request),
    body: route.body && parseInput(route.body, request.body),
  };
}

function requireNoQuery(request: Request): undefined {
  const [name] = Object.keys(request.query);
  if (name !== undefined)
    throw new ProblemError('invalid-request', `This route takes no query; got ?${name}`, {
      errors: [{ path: `?${name}`, message: 'unknown parameter' }],
    });
  return undefined;
}

function requireWriter({ readOnly }: Context) {
  return (_request: Request, _response: Response, next: NextFunction): void => {
    if (readOnly) throw readOnlyProblem(readOnly);
    next();
  };
}

function readOnlyProblem({ writerUrl }: NonNullable<Context['readOnly']>): ProblemError {
  const where = writerUrl ?? 'the server that its operator names';
  return new ProblemError('read-only', `This server only answers reads. Send this to ${where}.`);
}

function requireJson(request: Request, _response: Response, next: NextFunction): void {
  if (request.is('application/json')) next();
  else
    throw new ProblemError(
      'unsupported-media-type',
      `Expected Content-Type: application/json, got ${request.get('content-type') ?? 'none'}`,
    );
}

function allowedMethods(routes: readonly Route[]): string {
  const methods = routes.flatMap(({ method }) =>
    method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
  );
  return [...methods, 'OPTIONS'].join(', ');
}

function refuseMethod(allowed: string) {
  return (request: Request, response: Response): void => {
    response.set('Allow', allowed);
    throw new ProblemError('method-not-allowed', `${request.method} is not one of ${allowed}`);
  };
}

/** Few handlers ask for the signal. */
function callOf(response: Response, reader: Reader | null, access: Access): Call {
  return {
    reader,
    access,
    lastEventId: response.req.get('last-event-id'),
    get signal() {
      return signalOf(response);
    },
    onEnd: (then) => {
      if (response.closed) then();
      else response.once('close', then);
    },
  };
}

/** Aborts when the caller hangs up before the answer. */
function signalOf(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
