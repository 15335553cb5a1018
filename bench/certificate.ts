/**
 * What provenance costs as histories grow: a lot's origins and the sites that it passed, and its certificate, at 10, 1,000,
 * 100,000 and 1,000,000 ancestors, on PostgreSQL. Beside it, the recursive query that answers the same of a history of
 * 50,000 ancestors.
 *
 *     npm run bench:certificate                   about half an hour: a million lots are indexed first
 *     npm run bench:certificate -- --quick        up to 10,000 ancestors
 *     npm run bench:certificate -- --most 100000  up to so many: a fifth of the time
 *     npm run bench:certificate -- --json         ends on one line of JSON
 */
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { pairKey } from '../src/protocol/content.ts';
import type { Hex } from '../src/protocol/hex.ts';
import { originOfKey } from '../src/protocol/origin.ts';
import { originsOfLot, type SummarisedLot, sitesOfLot } from '../src/provenance/summary.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { createIndexStore } from '../src/store/index-store.ts';
import { migrate } from '../src/store/migrate.ts';
import { HistoryTooLarge, historyOf } from '../src/store/queries/history.ts';
import { provenanceOf } from '../src/store/queries/provenance.ts';
import type { Db } from '../src/store/schema.ts';
import { certify } from '../src/verification/certify.ts';
import { oecdDueDiligence } from '../src/verification/policies/oecd-due-diligence.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { type Sampled, sampleLots } from './certificate/network.ts';
import { sharesByRecursion } from './certificate/peer.ts';
import { fillWithTree } from './certificate/tree.ts';
import { indexNetwork } from './network/store.ts';
import { withBar } from './progress.ts';
import { count, table } from './words.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    most: { type: 'string', default: '1000000' },
  },
});
const MOST = options.quick ? 10_000 : Number(options.most);
/** Ancestors, and the lots of the network that has lots with so many. */
const SIZES = (
  [
    [10, 200],
    [1_000, 1_400],
    [10_000, 12_000],
    [100_000, 110_000],
    [1_000_000, 1_080_000],
  ] as const
).filter(([ancestors]) => ancestors <= MOST && (options.quick || ancestors !== 10_000));
const TREE = options.quick ? 5_000 : 50_000;
const SAMPLES = 20;
const RUNS = 5;
/** A certificate still reads the whole history: of large ones, a few are enough. */
const SLOW_SAMPLES = 2;
const TARGET_GROWTH = 1.5;
const TARGET_PEER = 50;
const policy = oecdDueDiligence();

type Times = { readonly p50: number; readonly p99: number };
/** `certificate` is null where the history is larger than one may be to be certified. */
type Figures = {
  readonly asked: number;
  readonly ancestors: number;
  readonly provenance: Times;
  readonly certificate: Times | null;
  readonly bytesPerLot: number;
};

async function inDatabase<T>(
  url: string,
  name: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const server = await openDatabase({ url });
  await sql`create database ${sql.id(name)}`.execute(server.db).finally(() => server.close());
  const own = new URL(url);
  own.pathname = name;
  const opened = await openDatabase({ url: own.href });
  try {
    await migrate(opened.db);
    return await work(opened);
  } finally {
    await opened.close();
  }
}

async function measureNetwork({ db }: Database, [asked, lots]: (typeof SIZES)[number]): Promise<Figures> {
  await withBar({ what: 'Filling the index', units: 'lots', total: lots }, (onProgress) =>
    indexNetwork(createIndexStore(db), { lots }, onProgress),
  );
  await sql`vacuum (analyze)`.execute(db);
  const sample = await sampleLots(db, asked, SAMPLES);
  const ancestors = median(sample.map((one) => one.ancestors));
  const bytesPerLot = Math.round((await sizeOf(db)) / (await lotsIn(db)));
  const provenance = await timed(sample, RUNS, (lot) => readProvenance(db, lot));
  return { asked, ancestors, provenance, certificate: await timedCertificates(db, sample), bytesPerLot };
}

async function readProvenance(db: Db, lot: Hex): Promise<void> {
  const found = (await provenanceOf(db, lot)) as SummarisedLot;
  originsOfLot(found);
  sitesOfLot(found);
}

async function timedCertificates(db: Db, sample: readonly Sampled[]): Promise<Times | null> {
  const few = sample.slice(0, (sample[0]?.ancestors ?? 0) > 10_000 ? SLOW_SAMPLES : SAMPLES);
  try {
    return await timed(few, 1, async (lot) => {
      const history = await historyOf(db, lot);
      if (history) certify(history, policy);
    });
  } catch (error) {
    if (error instanceof HistoryTooLarge) return null;
    throw error;
  }
}

async function timed(
  sample: readonly Sampled[],
  runs: number,
  work: (lot: Hex) => Promise<void>,
): Promise<Times> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1)
    for (const { lot } of sample) {
      const before = performance.now();
      await work(lot);
      times.push(performance.now() - before);
    }
  const sorted = times.sort((a, b) => a - b);
  return { p50: median(sorted), p99: sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0 };
}

type Beside = { readonly ancestors: number; readonly ours: number; readonly recursion: number };

/** Both answers have to agree before their times mean anything. */
async function measureTree({ db }: Database): Promise<Beside> {
  const lot = await fillWithTree(db, TREE);
  await sql`vacuum (analyze)`.execute(db);
  requireSame((await provenanceOf(db, lot)) as SummarisedLot, await sharesByRecursion(db, lot));
  const [ours, recursion]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    ours.push((await timed([{ lot, ancestors: TREE }], 1, (one) => readProvenance(db, one))).p50);
    recursion.push(
      (await timed([{ lot, ancestors: TREE }], 1, async (one) => void (await sharesByRecursion(db, one))))
        .p50,
    );
  }
  return { ancestors: TREE, ours: median(ours), recursion: median(recursion) };
}

function requireSame(found: SummarisedLot, shares: ReadonlyMap<Hex, number>): void {
  const origins = [...(originsOfLot(found).get(pairKey(27, false)) ?? [])];
  const whole = Number(found.content[0]?.milligrams ?? 0n);
  const differs = origins.some(([key, milligrams]) => {
    const share = shares.get(originOfKey(key).facility) ?? 0;
    return Math.abs(Number(milligrams) / whole - share) > 1 / whole + 1e-9;
  });
  if (differs || origins.length !== shares.size)
    throw new Error('The recursive query gives other origins than the index');
}

async function sizeOf(db: Db): Promise<number> {
  const { rows } = await sql<{ size: number }>`select pg_database_size(current_database()) as size`.execute(
    db,
  );
  return rows[0]?.size ?? 0;
}

async function lotsIn(db: Db): Promise<number> {
  const { lots } = await db
    .selectFrom('lot')
    .select(({ fn }) => fn.countAll<number>().as('lots'))
    .executeTakeFirstOrThrow();
  return lots;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function tableOf(figures: readonly Figures[], beside: Beside): string[] {
  const ms = (time: number | undefined) =>
    time === undefined ? 'refused' : `${time.toFixed(time < 10 ? 1 : 0)} ms`;
  const rows = figures.map(({ ancestors, provenance, certificate, bytesPerLot }) => [
    count(ancestors),
    ...[ms(provenance.p50), ms(provenance.p99)],
    ...[ms(certificate?.p50), ms(certificate?.p99)],
    count(bytesPerLot),
  ]);
  const { growth, times } = ratiosOf(figures, beside);
  return [
    ...table([['Ancestors', 'provenance', 'p99', 'certificate', 'p99', 'bytes a lot'], ...rows]),
    '',
    `Provenance at most ancestors ÷ at fewest: ${growth.toFixed(2)}, target ≤ ${TARGET_GROWTH}: ${growth <= TARGET_GROWTH ? 'met' : 'NOT MET'}`,
    `Of ${count(beside.ancestors)} ancestors: ${ms(beside.ours)}, by a recursive query ${ms(beside.recursion)}: ${count(Math.round(times))} ×, target ≥ ${TARGET_PEER}: ${times >= TARGET_PEER ? 'met' : 'NOT MET'}`,
    'Provenance: origins and sites, from what the production passed on. A certificate reads the whole history as yet.',
  ];
}

function ratiosOf(figures: readonly Figures[], { ours, recursion }: Beside) {
  const [fewest, most] = [figures[0], figures.at(-1)];
  return { growth: (most?.provenance.p50 ?? 0) / (fewest?.provenance.p50 ?? 1), times: recursion / ours };
}

const server = await startPostgres('none');
try {
  const figures: Figures[] = [];
  for (const size of SIZES)
    figures.push(
      await inDatabase(server.url, `lots${size[1]}`, (database) => measureNetwork(database, size)),
    );
  const beside = await inDatabase(server.url, 'tree', measureTree);
  for (const line of tableOf(figures, beside)) console.log(line);
  if (options.json) console.log(JSON.stringify({ figures, beside, ...ratiosOf(figures, beside) }));
} finally {
  await server.stop();
}
