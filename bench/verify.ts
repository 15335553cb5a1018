/**
 * Statements a second that the verifier of bundles checks, in Node, beside the floor: hashing and recovering the same
 * statements with ethers alone.
 *
 *     npm run bench:verify                 histories of about 200, 1,700 and 10,000 statements; some ten minutes the first time
 *     npm run bench:verify -- --quick      without the longest
 *     npm run bench:verify -- --json       ends on one line of JSON
 */
import { parseArgs } from 'node:util';
import { keccak256, SigningKey } from 'ethers/crypto';
import { TypedDataEncoder } from 'ethers/hash';
import { computeAddress } from 'ethers/transaction';
import { concat } from 'ethers/utils';
import { hashNatively } from '../src/chain/native-keccak.ts';
import { ledgerDomain, statementTypeNames, typesOf } from '../src/protocol/statements.ts';
import { verifyBundle } from '../src/verification/bundle/verify.ts';
import { keptBundle } from './bundle/kept.ts';
import { withBar } from './progress.ts';
import { count, table } from './words.ts';

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, quick: { type: 'boolean' } } });
/** Lots of the network that each history is of. */
const SIZES = options.quick ? [400, 4_000] : [400, 4_000, 24_000];
const RUNS = 3;
const TARGET = 0.7;
/** A network of four years has a block for every other day at least. */
const BLOCKS = 730;

type Raw = { type: string; message: Record<string, unknown>; signature?: string };
type Figures = {
  readonly statements: number;
  readonly bytes: number;
  readonly perSecond: number;
  readonly floor: number;
  readonly ratio: number;
};

async function measure(lots: number): Promise<Figures> {
  const { bundle } = await withBar(
    { what: `A network of ${count(lots)} lots`, units: 'blocks', total: BLOCKS },
    (show) => keptBundle(lots, show),
  );
  const text = JSON.stringify(bundle);
  const { chainId, address } = bundle.ledger as { chainId: number; address: string };
  const statements = (bundle.records as Raw[]).filter(({ type }) => isStatement(type));
  const separator = TypedDataEncoder.hashDomain(ledgerDomain(chainId, address));
  const floors: number[] = [];
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    floors.push(seconds(() => hashAndRecover(separator, statements)));
    times.push(seconds(() => requireWhole(verifyBundle(JSON.parse(text)))));
  }
  const [floor, own] = [Math.min(...floors), Math.min(...times)];
  const each = { perSecond: statements.length / own, floor: statements.length / floor };
  return { statements: statements.length, bytes: text.length, ...each, ratio: floor / own };
}

const encoders = new Map(
  statementTypeNames.map((type) => [type as string, TypedDataEncoder.from(typesOf(type))]),
);

/** The least that any verifier does: ethers' encoder, made once for each type, and its recovery. */
function hashAndRecover(separator: string, statements: readonly Raw[]): void {
  for (const { type, message, signature = '' } of statements) {
    const struct = encoders.get(type)?.hash(message) ?? '0x';
    const digest = keccak256(concat(['0x1901', separator, struct]));
    computeAddress(SigningKey.recoverPublicKey(digest, signature));
  }
}

function isStatement(type: string): boolean {
  return (statementTypeNames as readonly string[]).includes(type);
}

function requireWhole(result: ReturnType<typeof verifyBundle>): void {
  if (!result.ok) throw new Error(`The bundle does not hold: ${JSON.stringify(result.problems[0])}`);
}

function seconds(work: () => void): number {
  const before = performance.now();
  work();
  return (performance.now() - before) / 1000;
}

hashNatively();
const figures: Figures[] = [];
for (const lots of SIZES) figures.push(await measure(lots));
const rows = figures.map(({ statements, bytes, perSecond, floor, ratio }) => [
  count(statements),
  `${(bytes / 1e6).toFixed(1)} MB`,
  count(Math.round(perSecond)),
  count(Math.round(floor)),
  ratio.toFixed(2),
]);
const worst = Math.min(...figures.map(({ ratio }) => ratio));
const lines = [
  ...table([['Statements', 'bundle', 'verified/s', 'floor/s', 'of the floor'], ...rows]),
  '',
  `Target: ≥ ${TARGET} of the floor: ${worst >= TARGET ? 'met' : 'NOT MET'} (${worst.toFixed(2)}).`,
  'Verified: parsed from text, hashed, recovered, held against the state proofs, judged, and the certificate computed.',
  'The floor hashes and recovers the same statements with ethers, and does nothing else. The best of three runs each.',
];
for (const line of lines) console.log(line);
if (options.json) console.log(JSON.stringify({ figures, target: TARGET, met: worst >= TARGET }));
