import type { Problem } from '../api/schemas/problem.ts';
import type { Hex } from '../protocol/hex.ts';
import { ApiProblem, ServiceUnreachable } from './errors.ts';

export type TransportOptions = {
  /** Where the service is, such as `http://127.0.0.1:4400`. */
  readonly api: string;
  readonly fetch?: typeof fetch;
  /** How often a request is repeated that the service put off (429, 503). Default 8. */
  readonly retries?: number;
  /** Of a session: the requests are then the party's. */
  readonly token?: Hex | undefined;
  /** Signs in, where the service wants to know who asks; it is asked for a token once. */
  readonly signIn?: (() => Promise<Hex>) | undefined;
};

export type Call = {
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
};

/** One request: the JSON answer, or ApiProblem, or ServiceUnreachable. */
export type Transport = <T>(path: string, call?: Call) => Promise<T>;

const PUT_OFF = new Set([429, 503]);
const LONGEST_WAIT_SECONDS = 15;

/**
 * Requests to one service. What it puts off with 429 or 503 is asked again after `Retry-After`: every request here
 * can be repeated, because a statement is known by its id.
 */
export function createTransport({
  api,
  fetch: request = fetch,
  retries = 8,
  token: given,
  signIn,
}: TransportOptions): Transport {
  let token = given;
  return async <T>(path: string, asked: Call = {}): Promise<T> => {
    const url = urlOf(api, path, asked.query);
    for (let attempt = 0; ; attempt += 1) {
      const response = await send(request, url, { ...asked, token });
      if (response.ok) return (await jsonOf(response, url)) as T;
      if (!PUT_OFF.has(response.status) || attempt >= retries) {
        const problem = await problemOf(response, url);
        const isUnknown = problem instanceof ApiProblem && problem.code === 'sign-in-required';
        if (!isUnknown || token !== undefined || !signIn) throw problem;
        token = await signIn();
      } else await pause(waitSeconds(response, attempt), asked.signal);
    }
  };
}

function urlOf(api: string, path: string, query: Call['query'] = {}): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  );
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
  return `${api.replace(/\/+$/, '')}${path}${search}`;
}

type SentCall = Call & Pick<TransportOptions, 'token'>;

/** A service closes connections that lie idle, perhaps just as one is used again: then once more, on a new one. */
async function send(request: typeof fetch, url: string, call: SentCall): Promise<Response> {
  try {
    return await sendOnce(request, url, call);
  } catch (error) {
    if (!(error instanceof ServiceUnreachable) || !isReset(error.cause)) throw error;
    return sendOnce(request, url, call);
  }
}

function isReset(error: unknown): boolean {
  const { cause } = (error ?? {}) as { cause?: { code?: unknown } };
  return cause?.code === 'ECONNRESET' || cause?.code === 'UND_ERR_SOCKET';
}

async function sendOnce(
  request: typeof fetch,
  url: string,
  { method, body, signal, token }: SentCall,
): Promise<Response> {
  try {
    return await request(url, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new ServiceUnreachable(`Nothing answers at ${new URL(url).origin}. Is the service running there?`, {
      cause: error,
    });
  }
}

async function jsonOf(response: Response, url: string): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw new ServiceUnreachable(`${new URL(url).origin} does not answer like Lodebook.`, { cause: error });
  }
}

async function problemOf(response: Response, url: string): Promise<Error> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  if (problem.code === undefined || problem.detail === undefined) {
    return new ServiceUnreachable(
      `${new URL(url).origin} answered ${response.status}, which is not Lodebook's way.`,
    );
  }
  return new ApiProblem(problem as Problem);
}

function waitSeconds(response: Response, attempt: number): number {
  const asked = Number(response.headers.get('retry-after') ?? '');
  return Math.min(asked > 0 ? asked : 0.25 * 2 ** attempt, LONGEST_WAIT_SECONDS);
}

function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, seconds * 1000);
    function done(): void {
      signal?.removeEventListener('abort', abort);
      resolve();
    }
    function abort(): void {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
