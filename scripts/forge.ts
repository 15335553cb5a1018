/**
 * Forges the bundle of a lot with a long history, over and over: flips, drops, swaps, repeats, exchanges, signs again (as a
 * stranger, as the author, with all that follows), leaves out what speaks against somebody, moves evidence, hashes the state
 * again, and dates otherwise. Fails if a change of what the bundle means passes, or if the bundle itself does not, here and in
 * a browser with no network.
 *
 *     npm run forge                                     10,000 mutations of 10,000 statements: half an hour or more
 *     npm run forge -- --lots 400 --mutations 1000      of a small one
 *     npm run forge -- --seed 7                         the same mutations again
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { openPageVerifier } from '../bench/bundle/browser.ts';
import { keptBundle } from '../bench/bundle/kept.ts';
import { account } from '../bench/chain.ts';
import { auditorsOf, type Role } from '../bench/network/sites.ts';
import { hashNatively } from '../src/chain/native-keccak.ts';
import { runCampaign, summaryOf } from '../test/forgery/campaign.ts';
import type { Raw } from '../test/forgery/raw.ts';
import { startBar, wholeNumber } from './campaigns.ts';

const MUTATIONS = 10_000;
/** Of a network; the longest history of one of its lots has more than 10,000 statements. */
const LOTS = 16_000;
/** More than any network has of one kind. */
const SITES = 100;
const roles: readonly Role[] = ['mine', 'smelter', 'maker', 'assembler', 'recycler'];

const { values } = parseArgs({
  options: { seed: { type: 'string' }, mutations: { type: 'string' }, lots: { type: 'string' } },
});
const seed = wholeNumber('seed', values.seed, randomInt(2 ** 31));
const mutations = wholeNumber('mutations', values.mutations, MUTATIONS);
const lots = wholeNumber('lots', values.lots, LOTS);

/** Everybody's, so that parties in league can sign anything. */
function keys() {
  const sites = roles.flatMap((role) =>
    Array.from({ length: SITES }, (_, index) => `network: ${role} ${index}`),
  );
  return new Map(
    [...sites.map(account), ...auditorsOf()].map(({ address, wallet }) => [address as string, wallet]),
  );
}

async function requireInBrowser(text: string): Promise<void> {
  const page = await openPageVerifier();
  try {
    const result = await page.verify(text);
    if (!result.ok) throw new Error(`A browser refuses the bundle: ${JSON.stringify(result.problems[0])}`);
    console.log(`The untouched bundle passes in a browser with no network: ${result.certificate.verdict}`);
  } finally {
    await page.close();
  }
}

hashNatively();
console.log(`Seed ${seed}. Making the bundle of a network of ${lots} lots, unless it is kept from before …`);
const { bundle, blocks, blockHash } = await keptBundle(lots);
const records = bundle.records as readonly { readonly signature?: string }[];
const statements = records.filter(({ signature }) => signature !== undefined).length;
console.log(`${statements} statements, ${records.length - statements} acts; ${mutations} mutations`);
await requireInBrowser(JSON.stringify(bundle));
const began = Date.now();
const bar = startBar(mutations, 'mutations');
const tally = await runCampaign({
  ...{ bundle: bundle as Raw, blockHash, recorded: blocks, keys: keys(), seed, mutations },
  onProgress: (done) => bar.update(done),
});
bar.stop();
console.log(summaryOf(tally));
console.log(`${Math.round((Date.now() - began) / 60_000)} minutes; escaped: ${tally.escaped.length}`);
for (const { kind, where } of tally.escaped) console.error(`ESCAPED: ${kind} at ${where}`);
if (tally.escaped.length > 0) {
  console.error(`Play it again: npm run forge -- --seed ${seed} --mutations ${mutations} --lots ${lots}`);
  process.exitCode = 1;
}
