import type { z } from 'zod';
import type { Access, RouteAccess } from './access.ts';
import type { Context } from './context.ts';
import type { ProblemCode } from './problems.ts';
import type { Reader } from './reader.ts';

/** What a handler answers: one of the route's statuses with its body. */
export type Answer<Responses extends ResponseMap> = {
  [Status in keyof Responses & number]: {
    readonly status: Status;
    readonly body: BodyOf<Responses[Status]>;
    readonly headers?: Readonly<Record<string, string>>;
  };
}[keyof Responses & number];

/**
 * `lines`: the body is many, a line each. `pieces`: the body is one JSON text, given piece by piece. `media`: the body is no
 * JSON, but of that type, and goes as it is. `events`: the body is server-sent events, as they happen.
 */
type ResponseSpec = {
  readonly description: string;
  readonly schema: z.ZodType;
  readonly lines?: boolean;
  readonly media?: string;
  readonly pieces?: boolean;
  readonly events?: boolean;
};

/** One server-sent event. */
export type ServerEvent<Data> = { readonly id: string; readonly event: string; readonly data: Data };

export type ResponseMap = { readonly [status: number]: ResponseSpec };

type BodyOf<Spec> = Spec extends { readonly schema: infer Schema extends z.ZodType }
  ? Spec extends { readonly lines: true }
    ? Iterable<z.output<Schema>>
    : Spec extends { readonly pieces: true }
      ? Iterable<string>
      : Spec extends { readonly events: true }
        ? AsyncIterable<ServerEvent<z.output<Schema>> | null>
        : z.output<Schema>
  : never;

/**
 * What the server passes on about the request itself. `signal` aborts when the caller hangs up. `onEnd`: once the answer is
 * sent or the caller is gone, or at once where that has been. `reader`: who asks, if known; `access`: what they may read.
 * `lastEventId`: of a stream of events that the caller had before.
 */
export type Call = {
  readonly signal: AbortSignal;
  readonly reader: Reader | null;
  readonly access: Access;
  readonly lastEventId: string | undefined;
  onEnd(then: () => void): void;
};

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/**
 * A route is one value. Requests are parsed by its schemas before the handler sees them; OpenAPI, the docs and the
 * server follow from it. `path` is Express's, `errors` are the problems beside those that every route has.
 * `access`: who may ask, where reading is for parties alone; not said = nobody.
 * `anyLedgerError`: the route also answers with the ledger's own refusals.
 */
export type RouteSpec<Params, Query, Body, Responses extends ResponseMap> = {
  readonly method: 'get' | 'post';
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly access: RouteAccess;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly example?: {
    readonly params?: Record<string, string>;
    readonly query?: string;
    readonly body?: unknown;
  };
  readonly responses: Responses;
  readonly errors: readonly ProblemCode[];
  readonly anyLedgerError?: boolean;
  readonly cache?: string;
  handler(
    context: Context,
    input: { params: Parsed<Params>; query: Parsed<Query>; body: Parsed<Body> },
    call: Call,
  ): Promise<Answer<Responses>>;
};

export type Route = RouteSpec<
  z.ZodObject | undefined,
  z.ZodObject | undefined,
  z.ZodType | undefined,
  ResponseMap
>;

/** Declares a route: the handler's types follow from its schemas. */
export function route<
  const Responses extends ResponseMap,
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(spec: RouteSpec<Params, Query, Body, Responses>): Route {
  return spec as unknown as Route;
}

/** What a handler returns. */
export function answer<const Status extends number, Body>(
  status: Status,
  body: Body,
  headers: Readonly<Record<string, string>> = {},
): { readonly status: Status; readonly body: Body; readonly headers: Readonly<Record<string, string>> } {
  return { status, body, headers };
}
