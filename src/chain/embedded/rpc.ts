import { RpcError, rpcCodes } from './errors.ts';
import { type Chain, callMethod, toRpcError } from './methods.ts';

type Id = string | number | null;
type Request = { id?: Id; method: string; params: readonly unknown[] };
export type Reply = { jsonrpc: '2.0'; id: Id } & (
  | { result: unknown }
  | { error: { code: number; message: string; data?: string } }
);

export const batchLimit = 1000;

/** The reply to a request's body; undefined when it holds notifications alone. Never throws. */
export async function answerBody(chain: Chain, body: string): Promise<Reply | Reply[] | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return failure(null, new RpcError(rpcCodes.parse, 'the body is not valid JSON'));
  }
  return Array.isArray(value) ? await answerBatch(chain, value) : await answer(chain, value);
}

export function failure(id: Id, { code, message, data }: RpcError): Reply {
  return { jsonrpc: '2.0', id, error: { code, message, ...(data === undefined ? {} : { data }) } };
}

/** Sends go out in their order and share a sync; reads go one by one, so that a batch cannot crowd out other clients. */
async function answerBatch(chain: Chain, batch: unknown[]): Promise<Reply | Reply[] | undefined> {
  if (batch.length === 0 || batch.length > batchLimit) {
    const message = `a batch holds 1 to ${batchLimit} requests, got ${batch.length}`;
    return failure(null, new RpcError(rpcCodes.invalidRequest, message));
  }
  const started: Promise<Reply | undefined>[] = [];
  for (const value of batch) {
    const reply = answer(chain, value);
    started.push(reply);
    if ((value as Partial<Request> | null)?.method !== 'eth_sendRawTransaction') await reply;
  }
  const replies = (await Promise.all(started)).filter((reply) => reply !== undefined);
  return replies.length > 0 ? replies : undefined;
}

async function answer(chain: Chain, value: unknown): Promise<Reply | undefined> {
  const request = toRequest(value);
  if (request === undefined)
    return failure(
      null,
      new RpcError(rpcCodes.invalidRequest, 'not a JSON-RPC 2.0 request with positional params'),
    );
  const reply = await answerRequest(chain, request);
  return request.id === undefined ? undefined : reply;
}

async function answerRequest(chain: Chain, { id = null, method, params }: Request): Promise<Reply> {
  try {
    const result = (await callMethod(chain, method, params)) ?? null;
    return { jsonrpc: '2.0', id, result };
  } catch (error) {
    return failure(id, toRpcError(error));
  }
}

function toRequest(value: unknown): Request | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { jsonrpc, id, method, params = [] } = value as Record<string, unknown>;
  if (jsonrpc !== '2.0' || typeof method !== 'string' || !Array.isArray(params)) return undefined;
  if (id === undefined) return { method, params };
  return isId(id) ? { id, method, params } : undefined;
}

function isId(id: unknown): id is Id {
  return id === null || typeof id === 'string' || typeof id === 'number';
}
