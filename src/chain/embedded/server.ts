import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RpcError, rpcCodes } from './errors.ts';
import { type Address, isOwnHost, isOwnOrigin, urlOf } from './guard.ts';
import type { Chain } from './methods.ts';
import { answerBody, failure, type Reply } from './rpc.ts';

/** In bytes. */
const bodyLimit = 4 * 1024 * 1024;

/**
 * How long an idle connection is kept. A client that reuses it in the very moment in which it is closed loses its
 * request, and on a busy machine that moment is long: it had better come seldom.
 */
const keepAliveMs = 300_000;

export type RpcServer = { url: string; close(): Promise<void> };

/** Listens for JSON-RPC by HTTP POST. `port` 0 takes a free one. `close` answers what has arrived whole, then hangs up. */
export async function listen(chain: Chain, { host, port }: Address): Promise<RpcServer> {
  const answering = new Set<Promise<void>>();
  let address: Address = { host, port };
  const server = createServer(async (request, response) => {
    const body = await admit(request, response, address).catch(() => undefined);
    if (body === undefined) return;
    if (!server.listening) return void response.destroy();
    const work = answer(chain, body, response).finally(() => answering.delete(work));
    answering.add(work);
  });
  server.keepAliveTimeout = keepAliveMs;
  server.listen(port, host);
  await once(server, 'listening');
  address = { host, port: (server.address() as AddressInfo).port };
  return {
    url: urlOf(address),
    async close() {
      const closed = once(server, 'close');
      server.close();
      await Promise.all(answering);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The body of a request that may be answered; undefined once it is turned away. */
async function admit(
  request: IncomingMessage,
  response: ServerResponse,
  address: Address,
): Promise<string | undefined> {
  const { host, origin } = request.headers;
  if (!isOwnHost(host, address)) return turnAway(response, 403, 'Host is not this server');
  if (!isOwnOrigin(origin)) return turnAway(response, 403, 'Origin is not of this machine');
  if (origin !== undefined) allowOrigin(response, origin);
  if (request.method === 'OPTIONS') return turnAway(response, 204);
  if (request.method !== 'POST') return turnAway(response, 405, 'JSON-RPC takes POST');
  const body = await readBody(request);
  return body ?? turnAway(response, 413, `the body is larger than ${bodyLimit} bytes`);
}

async function answer(chain: Chain, body: string, response: ServerResponse): Promise<void> {
  const reply = await answerBody(chain, body);
  if (response.destroyed) return;
  const gone = new Promise<void>((resolve) => response.once('finish', resolve).once('close', resolve));
  write(response, reply === undefined ? 204 : 200, reply);
  await gone;
}

/** Undefined when it is too large: the rest is then let pass unread, so that the client gets to read the answer. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > bodyLimit) {
      request.resume();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function allowOrigin(response: ServerResponse, origin: string): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader('access-control-allow-headers', 'content-type');
  response.setHeader('vary', 'origin');
}

function turnAway(response: ServerResponse, status: number, message?: string): undefined {
  const error = message === undefined ? undefined : new RpcError(rpcCodes.invalidRequest, message);
  write(response, status, error && failure(null, error));
}

function write(response: ServerResponse, status: number, reply: Reply | Reply[] | undefined): void {
  response.statusCode = status;
  if (reply) response.setHeader('content-type', 'application/json');
  response.end(reply ? JSON.stringify(reply) : undefined);
}
