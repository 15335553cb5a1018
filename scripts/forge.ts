/**
 * Forges the bundle of a lot with a long history, over and over: flips, drops, swaps, repeats, exchanges, signs again,
 * leaves out what speaks against somebody, and dates otherwise. Fails if a change of what the bundle means passes.
 *
 *     npm run forge                                     10,000 mutations of a long history: hours; the first time, minutes more
 *     npm run forge -- --lots 400 --mutations 1000      of a small one
 *     npm run forge -- --seed 7                         the same mutations again
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { keptBundle } from '../bench/bundle/kept.ts';
import { account } from '../bench/chain.ts';
import { auditorsOf, type Role } from '../bench/network/sites.ts';
import { hashNatively } from '../src/chain/native-keccak.ts';
import { runCampaign, summaryOf } from '../test/forgery/campaign.ts';
import type { Raw } from '../test/forgery/mutations.ts';
import { startBar, wholeNumber } from './campaigns.ts';

const MUTATIONS = 10_000;
const LOTS = 30_000;
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

hashNatively();
console.log(`Seed ${seed}. Making the bundle of a network of ${lots} lots, unless it is kept from before …`);
const { bundle, blocks, blockHash } = await keptBundle(lots);
const records = bundle.records as readonly { readonly signature?: string }[];
const statements = records.filter(({ signature }) => signature !== undefined).length;
console.log(`${statements} statements, ${records.length - statements} acts; ${mutations} mutations`);
const bar = startBar(mutations, 'mutations');
const tally = runCampaign({
  ...{ bundle: bundle as Raw, blockHash, recorded: blocks, keys: keys(), seed, mutations },
  onProgress: (done) => bar.update(done),
});
bar.stop();
console.log(summaryOf(tally));
for (const { kind, where } of tally.escaped) console.error(`ESCAPED: ${kind} at ${where}`);
for (const place of tally.unexpected) console.error(`Refused by a node alone, and not said to be: ${place}`);
if (tally.escaped.length + tally.unexpected.length > 0) {
  console.error(`Play it again: npm run forge -- --seed ${seed} --mutations ${mutations} --lots ${lots}`);
  process.exitCode = 1;
}
