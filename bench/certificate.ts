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
import { certificateOf } from '../src/api/certifying.ts';
import { pairKey } from '../src/protocol/content.ts';
import type { Hex } from '../src/protocol/hex.ts';
import { originOfKey } from '../src/protocol/origin.ts';
import { originsOfLot, type SummarisedLot, sitesOfLot } from '../src/provenance/summary.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { createIndexStore } from '../src/store/index-store.ts';
import { migrate } from '../src/store/migrate.ts';
import { digestOf } from '../src/store/queries/digest.ts';
import { provenanceOf } from '../src/store/queries/provenance.ts';
import type { Db } from '../src/store/schema.ts';
import { certifyDigest } from '../src/verification/certify.ts';
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
    [10_000, 13_000],
    [100_000, 126_000],
    [1_000_000, 1_250_000],
  ] as const
).filter(([ancestors]) => ancestors <= MOST && (options.quick || ancestors !== 10_000));
const TREE = options.quick ? 5_000 : 50_000;
const SAMPLES = 20;
const RUNS = 5;
/** Where a certificate hangs on single steps, all ancestors are walked: of long histories, a few are enough. */
const SLOW_SAMPLES = 2;
const TARGET_GROWTH = 1.5;
const TARGET_PEER = 50;
const policy = oecdDueDiligence();

type Times = { readonly p50: number; readonly p99: number };
/** Of lots whose histories are told by site at once, and of those that cross a boundary; null where there is none such. */
type Certificates = {
  readonly whole: Times | null;
  readonly crossing: Times | null;
  readonly ancestors: number;
  readonly crossingAncestors: number;
};
type Figures = {
  readonly asked: number;
  readonly ancestors: number;
  readonly provenance: Times;
  readonly certificate: Certificates;
  readonly bytesPerLot: number;
  /** Resident memory of this process, which indexed and certifies, in MB. */
  readonly memory: number;
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
  const certificate = await timedCertificates(db, sample);
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  return { asked, ancestors, provenance, certificate, bytesPerLot, memory };
}

async function readProvenance(db: Db, lot: Hex): Promise<void> {
  const found = (await provenanceOf(db, lot)) as SummarisedLot;
  originsOfLot(found);
  sitesOfLot(found);
}

/** An answer hangs on single steps where a boundary, such as the end of an attestation, lies within a site's time. */
async function hangsOnSteps(db: Db, lot: Hex): Promise<boolean> {
  const digest = await digestOf(db, lot);
  return digest !== null && !certifyDigest(digest, policy).isSettled;
}

async function timedCertificates(db: Db, sample: readonly Sampled[]): Promise<Certificates> {
  const kinds = { whole: [] as Sampled[], crossing: [] as Sampled[] };
  for (const one of sample) kinds[(await hangsOnSteps(db, one.lot)) ? 'crossing' : 'whole'].push(one);
  const work = async (lot: Hex) => void (await certificateOf(db, lot, policy));
  const crossing = kinds.crossing.slice(0, (sample[0]?.ancestors ?? 0) > 10_000 ? SLOW_SAMPLES : SAMPLES);
  return {
    whole: kinds.whole.length === 0 ? null : await timed(kinds.whole, RUNS, work),
    crossing: crossing.length === 0 ? null : await timed(crossing, 2, work),
    ancestors: median(kinds.whole.map((one) => one.ancestors)),
    crossingAncestors: median(kinds.crossing.map((one) => one.ancestors)),
  };
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
    time === undefined ? '–' : `${time.toFixed(time < 10 ? 1 : 0)} ms`;
  const rows = figures.map(({ ancestors, provenance, certificate, bytesPerLot, memory }) => [
    count(ancestors),
    ...[ms(provenance.p50), ms(provenance.p99)],
    count(certificate.ancestors),
    ...[ms(certificate.whole?.p50), ms(certificate.whole?.p99)],
    count(certificate.crossingAncestors),
    ...[ms(certificate.crossing?.p50), ms(certificate.crossing?.p99)],
    ...[count(bytesPerLot), `${memory} MB`],
  ]);
  const { growth, certificates, times } = ratiosOf(figures, beside);
  const head = [
    'Ancestors',
    'provenance',
    'p99',
    'ancestors',
    'certificate',
    'p99',
    'ancestors',
    'crossing',
    'p99',
  ];
  return [
    ...table([[...head, 'bytes a lot', 'memory'], ...rows]),
    '',
    `Provenance at most ancestors ÷ at fewest: ${growth.toFixed(2)}`,
    `A certificate at most ÷ at fewest: ${certificates.toFixed(2)}, target ≤ ${TARGET_GROWTH}: ${certificates <= TARGET_GROWTH ? 'met' : 'NOT MET'}`,
    `Of ${count(beside.ancestors)} ancestors: ${ms(beside.ours)}, by a recursive query ${ms(beside.recursion)}: ${count(Math.round(times))} ×, target ≥ ${TARGET_PEER}: ${times >= TARGET_PEER ? 'met' : 'NOT MET'}`,
    'Provenance: origins and sites alone. Crossing: a boundary lies within the time of a site, so that single steps count.',
  ];
}

function ratiosOf(figures: readonly Figures[], { ours, recursion }: Beside) {
  const [fewest, most] = [figures[0], figures.at(-1)];
  const whole = (one: Figures | undefined) =>
    one?.certificate.whole?.p50 ?? one?.certificate.crossing?.p50 ?? 1;
  return {
    growth: (most?.provenance.p50 ?? 0) / (fewest?.provenance.p50 ?? 1),
    certificates: whole(most) / whole(fewest),
    times: recursion / ours,
  };
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
