import { Agent, request } from 'node:http';
import { openRpc } from '../src/chain/rpc.ts';
import { type Hex, ZERO_BYTES32 } from '../src/protocol/hex.ts';
import { toJson } from '../src/protocol/json.ts';
import { birthsOf } from '../src/protocol/lots.ts';
import { type BenchService, startBenchService } from './service.ts';
import { buyer, type Life, type Ready, seller, sitesOf, tradesOf } from './trade.ts';

/** `perSecond`: from the first POST until all are recorded; `acceptedPerSecond`: until all were answered with 202. */
export type RelayFigures = {
  readonly statements: number;
  readonly connections: number;
  readonly perSecond: number;
  readonly acceptedPerSecond: number;
  readonly transactions: number;
};

const CONNECTIONS = 32;
const WARM_UP_LOTS = 20;

/** Posts what happens to so many lots to a service of its own, and waits until the ledger has all of it. */
export async function measureRelay(lots: number, databaseUrl?: string): Promise<RelayFigures> {
  const service = await startBenchService(databaseUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    const sites = await open(service, agent);
    const lives = await tradesOf(service.domain, lots + WARM_UP_LOTS, sites);
    await recordAll(service, agent, lives.splice(0, WARM_UP_LOTS));
    const before = await blocks(service);
    const { accepted, recorded } = await recordAll(service, agent, lives);
    const statements = lives.flat().length;
    return {
      ...{ statements, connections: CONNECTIONS },
      ...{ perSecond: statements / recorded, acceptedPerSecond: statements / accepted },
      transactions: (await blocks(service)) - before,
    };
  } finally {
    agent.destroy();
    await service.stop();
  }
}

/** A service whose ledger has so many lots, each declared, sent and received; stopped afterwards. */
export async function withTrades<T>(
  lots: number,
  databaseUrl: string | undefined,
  work: (service: BenchService, lots: readonly Hex[]) => Promise<T>,
): Promise<T> {
  const service = await startBenchService(databaseUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    const lives = await tradesOf(service.domain, lots, await open(service, agent));
    await recordAll(service, agent, lives);
    return await work(service, lives.map(lotOf));
  } finally {
    agent.destroy();
    await service.stop();
  }
}

function lotOf([made]: Life): Hex {
  if (made?.statement.type !== 'Production') throw new Error('A life begins with a production');
  return birthsOf(made.id, made.statement.message.outputs)[0]?.lot as Hex;
}

async function open(service: BenchService, agent: Agent): Promise<[Hex, Hex]> {
  const [from, to] = await sitesOf(service.domain);
  await service.act(
    ...[seller, buyer].map(({ address }) => ({
      ...{ act: 'admit' as const, party: address, evidence: ZERO_BYTES32 },
    })),
  );
  await recordAll(service, agent, [[from], [to]]);
  return [from.id, to.id];
}

/** In seconds. Each connection takes a lot, posts what happens to it, and takes the next. */
async function recordAll(service: BenchService, agent: Agent, lives: readonly Life[]) {
  const waiting = [...lives];
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let life = waiting.shift(); life; life = waiting.shift())
        for (const one of life) await post(service, agent, one);
    }),
  );
  const accepted = seconds();
  while ((await service.health()).outbox?.open !== 0)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return { accepted, recorded: seconds() };
}

/** A connection may be closed in the very moment in which it is used again: then once more, which does no harm. */
function post(service: BenchService, agent: Agent, one: Ready): Promise<void> {
  return postOnce(service, agent, one).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ECONNRESET') throw error;
    return postOnce(service, agent, one);
  });
}

/** @throws Error unless it is accepted */
function postOnce({ url }: BenchService, agent: Agent, { statement, signature }: Ready): Promise<void> {
  const body = JSON.stringify({ ...toJson(statement), signature });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    request(`${url}/v1/statements`, { method: 'POST', agent, headers }, async (response) => {
      const text = (await response.toArray()).join('');
      if (response.statusCode === 202 || response.statusCode === 200) resolve();
      else reject(new Error(`POST /v1/statements answered ${response.statusCode}: ${text}`));
    })
      .on('error', reject)
      .end(body);
  });
}

/** On the embedded chain each transaction has a block of its own. */
async function blocks({ chainUrl }: BenchService): Promise<number> {
  return Number(await openRpc(chainUrl).send<Hex>('eth_blockNumber', []));
}
