/**
 * The lot, history and certificate routes under load, beside a bare Express route that sends the same bytes.
 *
 *     npm run bench:api                 on the embedded database and on PostgreSQL, some five minutes
 *     npm run bench:api -- --quick      a minute, and 10 s at 200 connections
 *     npm run bench:api -- --json       ends on one line of JSON
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../scripts/build.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { type LoadFigures, load } from './load.ts';
import { withTrades } from './relay-run.ts';
import { count, table } from './words.ts';

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' } } });
const LOTS = 40;
const CONNECTIONS = 50;
const CROWD = { connections: 200, seconds: options.quick ? 10 : 60 };
const SECONDS = options.quick ? 3 : 10;
const TARGET = 0.5;
const ROUTES = { lot: '', history: '/history', certificate: '/certificate' } as const;

type RouteFigures = {
  readonly route: string;
  readonly ours: LoadFigures;
  readonly bare: LoadFigures;
  readonly ratio: number;
};
type Figures = {
  readonly database: string;
  readonly routes: readonly RouteFigures[];
  readonly crowd: LoadFigures;
};

function measure(database: string, databaseUrl?: string): Promise<Figures> {
  return withTrades(LOTS, databaseUrl, async ({ url }, lots) => {
    const routes: RouteFigures[] = [];
    for (const [route, part] of Object.entries(ROUTES)) {
      const paths = lots.map((lot) => `/v1/lots/${lot}${part}`);
      routes.push({ route, ...(await besideBare(url, paths)) });
    }
    const all = lots.flatMap((lot) => Object.values(ROUTES).map((part) => `/v1/lots/${lot}${part}`));
    return { database, routes, crowd: await load(url, all, CROWD) };
  });
}

async function besideBare(url: string, paths: readonly string[]): Promise<Omit<RouteFigures, 'route'>> {
  const bodies = await Promise.all(paths.map(async (path) => [path, await textOf(`${url}${path}`)] as const));
  const bare = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, 'bare-express.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    bare.stdin.end(JSON.stringify(Object.fromEntries(bodies)));
    const [bareUrl] = (await once(createInterface({ input: bare.stdout }), 'line')) as [string];
    const run = { connections: CONNECTIONS, seconds: SECONDS };
    // Each warms up first.
    for (const each of [url, bareUrl]) await load(each, paths, { ...run, seconds: 1 });
    const figures = { ours: await load(url, paths, run), bare: await load(bareUrl, paths, run) };
    return { ...figures, ratio: figures.ours.perSecond / figures.bare.perSecond };
  } finally {
    bare.kill();
  }
}

/** @throws Error unless it is 200 */
async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response.text();
}

async function onPostgres(): Promise<Figures> {
  const postgres = await startPostgres('none');
  return measure('PostgreSQL', postgres.url).finally(() => postgres.stop());
}

function tableOf(all: readonly Figures[]): string[] {
  const ms = (time: number) => `${time.toFixed(1)} ms`;
  const rows = all.flatMap(({ database, routes }) =>
    routes.map(({ route, ours, bare, ratio }) => [
      `${route}, ${database}`,
      ...[count(Math.round(ours.perSecond)), ms(ours.p50), ms(ours.p99)],
      ...[
        count(Math.round(bare.perSecond)),
        ms(bare.p99),
        `${ratio.toFixed(2)} ×`,
        ratio >= TARGET ? 'met' : 'NOT MET',
      ],
    ]),
  );
  const crowds = all.map(
    ({ database, crowd }) =>
      `${CROWD.connections} connections for ${CROWD.seconds} s, ${database}: ${count(crowd.requests)} requests, ` +
      `${count(crowd.errors)} errors, p99 ${ms(crowd.p99)}.`,
  );
  const heading = ['Route', 'requests/s', 'p50', 'p99', 'bare Express', 'p99', 'ratio', `≥ ${TARGET} ×`];
  return [
    ...table([heading, ...rows]),
    '',
    ...crowds,
    `${CONNECTIONS} connections ask for ${LOTS} lots in turn, while nothing is written. Service, bare Express and load are a process each.`,
  ];
}

await ensureBuilt((line) => console.error(line));
const all = [await measure('embedded'), await onPostgres()];
for (const line of tableOf(all)) console.log(line);
if (options.json) {
  const met = all.every(
    ({ routes, crowd }) => crowd.errors === 0 && routes.every(({ ratio }) => ratio >= TARGET),
  );
  console.log(JSON.stringify({ target: TARGET, met, databases: all }));
}
