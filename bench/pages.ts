/**
 * The pages: what Lighthouse says of them on a phone, and how long they take to show their content with 100,000 lots on
 * the ledger, beside 100.
 *
 *     npm run bench:pages              some ten minutes
 *     npm run bench:pages -- --quick   without Lighthouse, with 3,000 lots: half a minute
 *     npm run bench:pages -- --json    ends on one line of JSON
 */
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../scripts/build.ts';
import { runStory } from '../src/demo/run.ts';
import { openBrowser } from '../test/support/browser.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { startTestService } from '../test/support/service.ts';
import { timeToContent } from './pages/content.ts';
import { type FilledLedger, fillLedger } from './pages/ledger.ts';
import { type Scores, scoresOf } from './pages/lighthouse.ts';
import { count, table } from './words.ts';

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' } } });
const [FEW, MANY] = [100, options.quick ? 3_000 : 100_000];
const RUNS = options.quick ? 3 : 9;
const JUDGEMENTS = 3;
/** Asked of the certificate: whoever scans a label at a gate waits for it. The others stand beside it. */
const TARGET_SCORE = 95;
const HAS_TARGET = 'certificate';
const TARGET_RATIO = 1.5;

/** Every page that anybody can open, with what it is about on a ledger. */
const PAGES: Readonly<Record<string, (ledger: FilledLedger) => string>> = {
  home: () => '/',
  lots: () => '/lots',
  certificate: ({ lot }) => `/lots/${lot}`,
  buyer: () => '/buyer',
  supplier: () => '/supplier',
  'auditor, find': () => '/auditor',
  'auditor, a lot': ({ lot }) => `/auditor/lots/${lot}`,
  'auditor, a site': ({ site }) => `/auditor/sites/${site}`,
  'auditor, deliveries': () => '/auditor/deliveries',
  'auditor, sample': () => '/auditor/sample',
  'auditor, red flags': () => '/auditor/red-flags',
};

type Judged = { readonly page: string; readonly scores: Scores };
/** Milliseconds, the median of the runs. */
type Timed = { readonly page: string; readonly few: number; readonly many: number; readonly ratio: number };

async function judgeAll(): Promise<Judged[]> {
  const service = await startTestService();
  try {
    const { registrar: registrarKey, accreditor: accreditorKey } = service.keys;
    const [pack] = await runStory({ api: service.url, rpc: service.chainUrl, registrarKey, accreditorKey });
    const pages = { home: '/', certificate: `/lots/${pack?.lot}`, buyer: '/buyer' };
    const judged: Judged[] = [];
    for (const [page, path] of Object.entries(pages))
      judged.push({ page, scores: await scoresOf(`${service.url}${path}`, JUDGEMENTS) });
    return judged;
  } finally {
    await service.stop();
  }
}

async function timeAll(): Promise<{ lots: readonly [number, number]; pages: Timed[] }> {
  const postgres = await startPostgres('none');
  try {
    const few = await fillLedger(postgres.url, FEW);
    const many = await fillLedger(postgres.url, MANY);
    try {
      const pages: Timed[] = [];
      for (const [page, pathOn] of Object.entries(PAGES))
        pages.push(await timeBoth(page, pathOn, [few, many]));
      return { lots: [few.lots, many.lots], pages };
    } finally {
      await Promise.all([few.stop(), many.stop()]);
    }
  } finally {
    await postgres.stop();
  }
}

/** In turns, so that what else the machine does takes from both; each was opened once before. */
async function timeBoth(
  page: string,
  pathOn: (ledger: FilledLedger) => string,
  ledgers: readonly [FilledLedger, FilledLedger],
): Promise<Timed> {
  const browser = await openBrowser();
  const times: [number[], number[]] = [[], []];
  try {
    for (let run = 0; run <= RUNS; run += 1)
      for (const [side, ledger] of ledgers.entries()) {
        const time = await timeToContent(browser, `${ledger.url}${pathOn(ledger)}`);
        if (run > 0) times[side]?.push(time);
      }
  } finally {
    await browser.close();
  }
  const [few, many] = times.map(median) as [number, number];
  return { page, few, many, ratio: many / few };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] as number;
}

function isFine(scores: Scores): boolean {
  return Object.values(scores).every((score) => score >= TARGET_SCORE);
}

function scoresTable(judged: readonly Judged[]): string[] {
  const rows = judged.map(({ page, scores }) => {
    const all = Object.values(scores);
    return [page, ...all.map(String), page === HAS_TARGET ? (isFine(scores) ? 'met' : 'NOT MET') : ''];
  });
  const names = ['performance', 'accessibility', 'best practices'];
  return table([['Lighthouse, phone', ...names, `≥ ${TARGET_SCORE}`], ...rows]);
}

function timesTable({ lots, pages }: Awaited<ReturnType<typeof timeAll>>): string[] {
  const ms = (time: number) => `${count(Math.round(time))} ms`;
  const rows = pages.map(({ page, few, many, ratio }) => [
    ...[page, ms(few), ms(many), `${ratio.toFixed(2)} ×`, ratio <= TARGET_RATIO ? 'met' : 'NOT MET'],
  ]);
  const sizes = lots.map((number) => `${count(number)} lots`);
  return table([['To content, with', ...sizes, 'ratio', `≤ ${TARGET_RATIO} ×`], ...rows]);
}

await ensureBuilt((line) => console.error(line));
const judged = options.quick ? [] : await judgeAll();
for (const line of options.quick ? [] : [...scoresTable(judged), '']) console.log(line);
const timed = await timeAll();
for (const line of timesTable(timed)) console.log(line);
if (options.json) {
  const met =
    judged.every(({ page, scores }) => page !== HAS_TARGET || isFine(scores)) &&
    timed.pages.every(({ ratio }) => ratio <= TARGET_RATIO);
  console.log(
    JSON.stringify({
      targets: { score: TARGET_SCORE, ratio: TARGET_RATIO },
      met,
      lighthouse: judged,
      ...timed,
    }),
  );
}
