import type { Hex } from '../protocol/hex.ts';

/** The chain did not answer: it is away, too slow, or turns requests away for now. Try again later. */
export class ChainUnavailable extends Error {
  override readonly name = 'ChainUnavailable';
}

/** The node answered with a JSON-RPC error. `data`: a revert's, as 0x hex; undefined where there was none. */
export class NodeError extends Error {
  override readonly name = 'NodeError';
  readonly code: number;
  readonly data: Hex | undefined;

  constructor(code: number, message: string, data?: Hex) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** 0x hex without leading zeros, as JSON-RPC wants numbers. */
export function quantity(value: number | bigint): Hex {
  return `0x${value.toString(16)}`;
}

export type RpcCall = readonly [method: string, params: readonly unknown[]];

/** A node's JSON-RPC. Both throw ChainUnavailable; `send` throws NodeError as well, `batch` returns them, by call. */
export interface Rpc {
  send<T>(method: string, params: readonly unknown[]): Promise<T>;
  /** The answers in the calls' order. The node gets the calls in that order too, at most `batchLimit` per request. */
  batch<T>(calls: readonly RpcCall[]): Promise<(T | NodeError)[]>;
}

export type RpcOptions = { readonly timeoutMs?: number };

const batchLimit = 100;

/** How nodes say "not now" in a JSON-RPC error: limit exceeded, too many requests. */
const busyCodes = new Set([-32005, 429]);

type Answer = { id: number; result?: unknown; error?: { code?: number; message?: string; data?: unknown } };

/** @param url http or https; a user and password in it become basic authentication  @param options timeout per request, 15 s */
export function openRpc(url: string, options: RpcOptions = {}): Rpc {
  const post = poster(new URL(url), options.timeoutMs ?? 15_000);
  const batch = async <T>(calls: readonly RpcCall[]): Promise<(T | NodeError)[]> => {
    const results: (T | NodeError)[] = [];
    for (let start = 0; start < calls.length; start += batchLimit)
      results.push(...(await answersTo<T>(post, calls.slice(start, start + batchLimit))));
    return results;
  };
  const send = async <T>(method: string, params: readonly unknown[]): Promise<T> => {
    const [result] = await batch<T>([[method, params]]);
    if (result instanceof NodeError) throw result;
    return result as T;
  };
  return { send, batch };
}

type Post = (body: string) => Promise<unknown>;

async function answersTo<T>(post: Post, calls: readonly RpcCall[]): Promise<(T | NodeError)[]> {
  const requests = calls.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params }));
  const answered = await post(JSON.stringify(requests.length === 1 ? requests[0] : requests));
  const answers = (Array.isArray(answered) ? answered : [answered]) as Answer[];
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return requests.map(({ id }) => read<T>(byId.get(id) ?? (answers[0]?.error ? answers[0] : undefined)));
}

function read<T>(answer: Answer | undefined): T | NodeError {
  if (answer === undefined) throw new ChainUnavailable('The chain left a request unanswered.');
  const { error, result } = answer;
  if (!error) return result as T;
  const { code = 0, message = 'no message', data } = error;
  if (busyCodes.has(code)) throw new ChainUnavailable(`The chain turns requests away for now: ${message}`);
  return new NodeError(code, message, revertData(data));
}

/** Most nodes put the bytes in `data`; some wrap them in an object. */
function revertData(data: unknown): Hex | undefined {
  if (typeof data === 'string')
    return /^0x([0-9a-f]{2})*$/i.test(data) ? (data.toLowerCase() as Hex) : undefined;
  if (data !== null && typeof data === 'object' && 'data' in data) return revertData(data.data);
  return undefined;
}

/** Messages name the host alone: the path of a hosted node's URL is often its key. */
function poster(url: URL, timeoutMs: number): Post {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (url.username !== '') {
    const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers.authorization = `Basic ${Buffer.from(user).toString('base64')}`;
    url.username = '';
    url.password = '';
  }
  return async (body) => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal });
      const text = await response.text();
      return parseAnswer(response, text);
    } catch (cause) {
      if (cause instanceof ChainUnavailable) throw cause;
      const why = signal.aborted ? `no answer within ${timeoutMs} ms` : reason(cause);
      throw new ChainUnavailable(`The chain at ${url.host} is away: ${why}`, { cause });
    }
  };
}

/** Some nodes send JSON-RPC errors with an HTTP error's status: what can be read counts. */
function parseAnswer(response: Response, text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && (Array.isArray(value) || 'jsonrpc' in value))
      return value;
  } catch {
    // Said below, with the status.
  }
  throw new ChainUnavailable(
    `The chain at ${new URL(response.url).host} answered HTTP ${response.status}, no JSON-RPC.`,
  );
}

function reason(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
