import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  book,
  bookLinePage,
  deliveredLotPage,
  deliveryPage,
  flow,
  flowLots,
  found,
  redFlagKind,
  redFlagPage,
  sample,
  tiers,
} from '../../src/api/schemas/auditing.ts';
import type { Problem } from '../../src/api/schemas/problem.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { drawSample } from '../../src/verification/sample.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { output, production, seconds } from '../support/statements.ts';
import { cobalt, GRAM, type Story, tellStory } from './story.ts';

let service: TestService;
let story: Story;
let blend: Hex;

/** The miner blends two of its lots. */
beforeAll(async () => {
  service = await startTestService();
  story = await tellStory(service);
  const inputs = [story.held, story.other].map(({ lot, head }) => ({ lot, head }));
  const where = { custodian: story.miner.address, facility: story.mine };
  const made = production(where, [output(200n * GRAM, [cobalt(3n * GRAM)])], { process: 'blend', inputs });
  [blend] = (await service.record(made, story.miner)).lots as [Hex];
}, 120_000);
afterAll(() => service?.stop());

async function read<T>(schema: z.ZodType<T>, path: string): Promise<T> {
  const reply = await service.get(path);
  expect(reply, path).toMatchObject({ status: 200 });
  return schema.parse(reply.body);
}

async function refused(path: string): Promise<[number, string]> {
  const { status, body } = await service.get<Problem>(path);
  return [status, body.code];
}

const NOBODY = `0x${'77'.repeat(32)}`;

describe('a book', () => {
  test('adds up, and each figure leads to its statements', async () => {
    const { rows, asOf } = await read(book, `/v1/facilities/${story.mine}/book`);
    expect(asOf.block).toBeGreaterThan(0);
    for (const { opening, figures, closing } of rows) {
      const change = figures.reduce(
        (sum, { adds, milligrams }) => sum + (adds ? 1n : -1n) * BigInt(milligrams),
        0n,
      );
      expect(BigInt(opening) + change).toBe(BigInt(closing));
    }
    const [row] = rows;
    expect(row).toMatchObject({ symbol: 'Co', recycled: false, closing: '3000' });
    expect(row?.marks.map(({ mark, milligrams }) => [mark, milligrams])).toEqual([['lost', '5000']]);
    const lines = await read(
      bookLinePage,
      `/v1/facilities/${story.mine}/book/lines?material=27&recycled=false&kind=originated`,
    );
    expect(lines.items).toMatchObject([{ statement: story.origin, milligrams: '15000', lots: 5 }]);
  });

  test('opens with what was there before the period', async () => {
    const { rows } = await read(book, `/v1/facilities/${story.mine}/book?from=${seconds() - 3_600}`);
    expect(rows).toMatchObject([{ opening: '15000', closing: '3000' }]);
    const early = await read(book, `/v1/facilities/${story.mine}/book?until=1000`);
    expect(early.rows).toEqual([]);
  });

  test('of a site that nobody registered is none', async () => {
    for (const path of ['book', 'book/lines'])
      expect(await refused(`/v1/facilities/${NOBODY}/${path}`)).toEqual([404, 'unknown-facility']);
    const asked = `/v1/facilities/${story.mine}/book?recycled=perhaps`;
    expect(await refused(asked)).toEqual([400, 'invalid-request']);
  });
});

test('shipped is held against received, per pair of sites and lot by lot', async () => {
  const { items } = await read(deliveryPage, `/v1/deliveries?party=${story.smelter.address}`);
  expect(items).toMatchObject([
    { from: { id: story.mine }, to: { id: story.plant }, sent: { lots: 2 }, accepted: { lots: 1 } },
  ]);
  expect(items[0]?.inTransit).toEqual({ lots: 1, milligrams: '100000' });
  const lots = await read(deliveredLotPage, `/v1/deliveries/lots?to=${story.plant}`);
  expect(lots.items.map(({ lot, ended }) => [lot, ended?.kind ?? null]).sort()).toEqual(
    [
      [story.moving.lot, null],
      [story.received.lot, 'accept'],
    ].sort(),
  );
});

test('a sample is drawn as anybody draws it, and says from what', async () => {
  const seed = `0x${'5e'.repeat(32)}` as Hex;
  const path = `/v1/sample?seed=${seed}&type=Production&toBlock=999999`;
  const { drawn, population, seed: used } = await read(sample, `${path}&size=1000`);
  expect(used).toEqual({ hash: seed, block: null, isLater: false });
  expect(population.size).toBe(drawn.length);
  const ids = drawn.map(({ id }) => id);
  const three = await read(sample, `${path}&size=3`);
  expect(three.drawn.map(({ id }) => id)).toEqual(drawSample(ids.toReversed(), seed, 3));
  const own = await read(sample, '/v1/sample');
  expect(own.seed.isLater).toBe(true);
});

test('red flags of every kind have the form that they promise', async () => {
  for (const kind of redFlagKind.options) {
    const { items } = await read(redFlagPage, `/v1/red-flags?kind=${kind}`);
    if (kind === 'origin-in-listed-country')
      expect(items).toMatchObject([{ facility: { id: story.mine }, schemes: ['RMAP'] }]);
  }
  expect(await refused('/v1/red-flags')).toEqual([400, 'invalid-request']);
});

test('an id leads to what it is of', async () => {
  const of = (typed: string) => read(found, `/v1/search?q=${typed}`);
  expect(await of(story.mine)).toMatchObject({ facilities: [{ id: story.mine }], lots: [] });
  expect(await of(blend)).toMatchObject({ lots: [{ id: blend }] });
  expect(await of(story.miner.address)).toMatchObject({ parties: [{ id: story.miner.address }] });
  expect(await of(story.origin)).toMatchObject({ statement: { id: story.origin, type: 'Production' } });
  expect(await of('nothing')).toMatchObject({ parties: [], facilities: [], lots: [], statement: null });
});

describe('an ancestry', () => {
  test('is drawn by what was done, and opened', async () => {
    const drawn = await read(tiers, `/v1/lots/${blend}/tiers`);
    expect(drawn.tiers.map(({ key, productions, lots }) => [key, productions, lots])).toEqual([
      ['extract', 1, 2],
      ['blend', 1, 1],
    ]);
    expect(drawn.links).toEqual([{ from: 'extract', to: 'blend', lots: 2, milligrams: '200000' }]);
    const site = `extract@${story.mine}`;
    const opened = await read(tiers, `/v1/lots/${blend}/tiers?open=extract,${site}`);
    expect(opened.tiers[0]).toMatchObject({ production: story.origin, facility: { id: story.mine } });
  });

  test('flows to the lot, exactly, and each link leads to its lots', async () => {
    const { sites, links } = await read(flow, `/v1/lots/${blend}/flow`);
    expect(sites.map(({ facility, entered }) => [facility.id, entered[0]?.milligrams])).toEqual([
      [story.mine, '3000'],
    ]);
    expect(links).toMatchObject([{ from: story.mine, to: 'lot', units: String(3_000n << 64n), lots: 1 }]);
    const behind = `from=${story.mine}&to=lot&material=27&recycled=false`;
    const { lots } = await read(flowLots, `/v1/lots/${blend}/flow/lots?${behind}`);
    expect(lots).toMatchObject([{ lot: blend, spentBy: null, milligrams: '3000' }]);
  });

  test('of a lot that nobody made is none', async () => {
    for (const path of ['tiers', 'flow'])
      expect(await refused(`/v1/lots/${NOBODY}/${path}`)).toEqual([404, 'unknown-lot']);
  });
});
