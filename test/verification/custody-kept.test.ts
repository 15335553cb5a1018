import { expect, test } from 'vitest';
import type { CustodyModel } from '../../src/protocol/codes.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { History } from '../../src/provenance/history.ts';
import { certifyDigest } from '../../src/verification/certify.ts';
import { type HistoryBuilder, primary, recycled } from '../provenance/builder.ts';
import { digestOf } from './digest-of.ts';
import { ofTwoMines, withStock } from './rule-stories.ts';
import { policyOf, ruleOf } from './rules.ts';
import { CONGO, certificateOf, cobalt, FINLAND } from './story.ts';

const COC = 'IRMA Chain of Custody';

function keptIn(history: History) {
  const [cobaltIn] = certificateOf(history).materials;
  return { model: cobaltIn?.custodyModel, ...cobaltIn?.custody };
}

/** Every step declares it. */
function declare(builder: HistoryBuilder, custodyModel: CustodyModel) {
  for (const [id, production] of builder.productions)
    builder.productions.set(id, { ...production, custodyModel });
}

/** Every site is attested for its chain of custody, on these days. */
function attestAll(builder: HistoryBuilder, sites: readonly Hex[], from = 0, until = 300) {
  for (const site of sites) builder.attest(site, COC, { from, until });
}

test('of one source, attested all the way, identity is preserved, and all of it is certified', () => {
  const { builder, mine, refinery, history } = cobalt();
  declare(builder, 'identity-preserved');
  attestAll(builder, [mine, refinery]);
  expect(keptIn(history())).toEqual({
    model: 'identity-preserved',
    declared: 'identity-preserved',
    permitted: 'identity-preserved',
    attested: true,
    certifiedPpm: 1_000_000,
    atLeast: false,
  });
});

test('a weaker step is the weakest link, of whatever the others declare', () => {
  const { builder, mine, refinery, ore, history } = cobalt();
  declare(builder, 'identity-preserved');
  attestAll(builder, [mine, refinery]);
  const mined = builder.productions.get(builder.lots.get(ore)?.production ?? ore);
  if (mined) builder.productions.set(mined.id, { ...mined, custodyModel: 'book-and-claim' });
  expect(keptIn(history())).toMatchObject({ model: 'book-and-claim', permitted: 'identity-preserved' });
});

test('of several mines it is segregated at best; mixed with recycled, or with declared stock, blended', () => {
  const two = ofTwoMines(500n);
  declare(two.builder, 'identity-preserved');
  attestAll(two.builder, [...two.mines, two.refinery]);
  expect(keptIn(two.history())).toMatchObject({ model: 'segregated', permitted: 'segregated' });
  const stock = withStock(1n);
  declare(stock.builder, 'identity-preserved');
  attestAll(stock.builder, [stock.mine, stock.refinery]);
  expect(keptIn(stock.history())).toMatchObject({ model: 'controlled-blending', certifiedPpm: 1_000_000 });
  const { builder, refinery, lot } = cobalt();
  const [scrap] = builder.make(refinery, { process: 'collect', outputs: [[recycled(27, 1n)]], day: 1 }) as [
    Hex,
  ];
  const outputs = [[primary(27, 900n), recycled(27, 1n)]];
  const inputs = [lot, scrap];
  const [blend] = builder.make(refinery, { process: 'blend', inputs, outputs, day: 40 }) as [Hex];
  expect(keptIn(builder.history(blend))).toMatchObject({ permitted: 'controlled-blending' });
});

test('where a site was not attested at the very second, it counts as mass balance', () => {
  for (const [from, until, model] of [
    [30, 31, 'segregated'],
    [31, 99, 'mass-balance'],
    [0, 30, 'mass-balance'],
  ] as const) {
    const { builder, mine, refinery, history } = cobalt();
    attestAll(builder, [mine]);
    attestAll(builder, [refinery], from, until);
    expect(keptIn(history())).toMatchObject({ model, attested: model === 'segregated' });
  }
  const { builder, mine, refinery, history } = cobalt();
  attestAll(builder, [mine, refinery]);
  builder.attest(mine, COC, { outcome: 'alert', from: 5, until: 300 });
  expect(keptIn(history())).toMatchObject({ model: 'mass-balance', certifiedPpm: 0 });
});

test('the certified share is what came through attested sites alone', () => {
  const { builder, mines, refinery, history } = ofTwoMines(333n);
  attestAll(builder, [mines[0] as Hex, refinery]);
  expect(keptIn(history())).toMatchObject({
    model: 'mass-balance',
    attested: false,
    certifiedPpm: 333_000,
    atLeast: false,
  });
});

test('it is told of materials that the policy is not about, too', () => {
  const { builder, history } = cobalt();
  declare(builder, 'mass-balance');
  const nickel = { ...policyOf(ruleOf('custody-unbroken', {})), materials: [28] };
  const { certificate } = certifyDigest(digestOf(history()), nickel);
  expect(certificate.materials).toMatchObject([
    { custodyModel: 'mass-balance', custody: { attested: false } },
  ]);
});

test('told by site, a share that may be more is no reason to stop: the steps are read', () => {
  const builder = ofTwoMines(500n).builder;
  const sites = [CONGO, FINLAND].map((country) => builder.site('mine', country));
  const works = builder.site('smelter-or-refiner', FINLAND);
  const store = builder.site('manufacturer', FINLAND);
  const ores = sites.map(
    (site) => builder.make(site, { process: 'extract', outputs: [[primary(27, 500n)]], day: 1 })[0] as Hex,
  );
  const [first, second] = ores as [Hex, Hex];
  const [refined] = builder.make(works, {
    process: 'refine',
    inputs: [first],
    outputs: [[primary(27, 500n)]],
    day: 2,
  }) as [Hex];
  const inputs = [refined, second];
  const outputs = [[primary(27, 1_000n)]];
  const [lot] = builder.make(store, { process: 'blend', inputs, outputs, day: 3 }) as [Hex];
  attestAll(builder, [store, sites[1] as Hex]);
  const told = certifyDigest(digestOf(builder.history(lot)), policyOf(ruleOf('custody-unbroken', {})));
  expect(told.isExact).toBe(false);
  expect(told.certificate.materials[0]?.custody).toMatchObject({ certifiedPpm: 0, atLeast: true });
  expect(keptIn(builder.history(lot))).toMatchObject({ certifiedPpm: 500_000, atLeast: false });
});
