/**
 * Statements a second that the verifier of bundles checks, in Node and in a browser, beside the floor: hashing and recovering the same
 * statements with ethers alone.
 *
 *     npm run bench:verify                 histories of about 300, 1,200 and 10,000 statements; some ten minutes the first time
 *     npm run bench:verify -- --quick      without the longest
 *     npm run bench:verify -- --json       ends on one line of JSON
 */
import { parseArgs } from 'node:util';
import { hashNatively } from '../src/chain/native-keccak.ts';
import { openPageVerifier, type PageVerifier } from './bundle/browser.ts';
import { keptBundle } from './bundle/kept.ts';
import { type Measured, measureText } from './bundle/page.ts';
import { withBar } from './progress.ts';
import { count, table } from './words.ts';

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' } } });
/** Lots of the network that each history is of. */
const SIZES = options.quick ? [400, 1_900] : [400, 1_900, 16_000];
const RUNS = 3;
const TARGET = 0.7;
/** What a page may take for a lot with so many ancestors, in times of the floor. */
const PAGE_TARGET = 2;
const PAGE_ANCESTORS = 1_000;
/** A network of four years has a block for every other day at least. */
const BLOCKS = 730;

/** Statements a second, and how much of the floor that is. */
type Rates = { readonly perSecond: number; readonly floor: number; readonly ratio: number };
type Figures = {
  readonly statements: number;
  readonly ancestors: number;
  readonly bytes: number;
  readonly node: Rates;
  readonly browser: Rates;
};

async function measure(lots: number, page: PageVerifier): Promise<Figures> {
  const { bundle } = await withBar(
    { what: `A network of ${count(lots)} lots`, units: 'blocks', total: BLOCKS },
    (show) => keptBundle(lots, show),
  );
  const text = JSON.stringify(bundle);
  const here = Array.from({ length: RUNS }, () => measureText(text));
  const there = await page.measure(text, RUNS);
  const { statements, ancestors } = best(here);
  return { statements, ancestors, bytes: text.length, node: ratesOf(here), browser: ratesOf(there) };
}

/** The best of several runs each. */
function ratesOf(runs: readonly Measured[]): Rates {
  const { statements, floor, verified } = best(runs);
  return { perSecond: statements / verified, floor: statements / floor, ratio: floor / verified };
}

function best(runs: readonly Measured[]): Measured {
  const least = (of: (run: Measured) => number) => Math.min(...runs.map(of));
  return {
    statements: runs[0]?.statements ?? 0,
    ancestors: runs[0]?.ancestors ?? 0,
    floor: least(({ floor }) => floor),
    verified: least(({ verified }) => verified),
  };
}

hashNatively();
const page = await openPageVerifier();
const figures: Figures[] = [];
try {
  for (const lots of SIZES) figures.push(await measure(lots, page));
} finally {
  await page.close();
}
const rates = ({ perSecond, floor, ratio }: Rates) => [
  count(Math.round(perSecond)),
  count(Math.round(floor)),
  ratio.toFixed(2),
];
const rows = figures.map(({ statements, ancestors, bytes, node, browser }) => [
  ...[count(statements), count(ancestors), `${(bytes / 1e6).toFixed(1)} MB`],
  ...rates(node),
  ...rates(browser),
]);
const worst = Math.min(...figures.flatMap(({ node, browser }) => [node.ratio, browser.ratio]));
const asked = figures.find(({ ancestors }) => ancestors >= PAGE_ANCESTORS);
const onPage = asked && 1 / asked.browser.ratio;
const lines = [
  ...table([
    [
      'Statements',
      'ancestors',
      'bundle',
      'Node: verified/s',
      'floor/s',
      'of it',
      'Chromium: verified/s',
      'floor/s',
      'of it',
    ],
    ...rows,
  ]),
  '',
  `Target: ≥ ${TARGET} of the floor: ${worst >= TARGET ? 'met' : 'NOT MET'} (${worst.toFixed(2)}).`,
  ...(onPage
    ? [
        `On a page, ${count(asked.ancestors)} ancestors take ${onPage.toFixed(2)} times the floor; target ≤ ${PAGE_TARGET}: ${onPage <= PAGE_TARGET ? 'met' : 'NOT MET'}.`,
      ]
    : []),
  'Verified: parsed from text, hashed, recovered, held against the state proofs, judged, and the certificate computed.',
  'The floor hashes and recovers the same statements with ethers, and does nothing else. The best of three runs each.',
];
for (const line of lines) console.log(line);
if (options.json) {
  const met = worst >= TARGET && (onPage ?? Number.POSITIVE_INFINITY) <= PAGE_TARGET;
  console.log(JSON.stringify({ figures, target: TARGET, onPage, pageTarget: PAGE_TARGET, met }));
}
