import { describe, expect, test } from 'vitest';
import { evidenceRoot } from '../../../src/protocol/evidence.ts';
import { type Hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import { putEvidence } from '../../../src/store/evidence.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import { writeBookLines } from '../../../src/store/projections/book-line.ts';
import { writeDeliveries } from '../../../src/store/projections/delivery.ts';
import { type BookRow, bookLines, bookOf } from '../../../src/store/queries/book.ts';
import { deliveredLots, listRoutes } from '../../../src/store/queries/deliveries.ts';
import { listLots } from '../../../src/store/queries/lots.ts';
import type { LotFilter } from '../../../src/store/queries/lots-found.ts';
import { listRedFlags, type RedFlagKind } from '../../../src/store/queries/red-flags.ts';
import { sampleOf } from '../../../src/store/queries/sample.ts';
import { searchFor } from '../../../src/store/queries/search.ts';
import { noteAllWords } from '../../../src/store/words.ts';
import { drawSample, populationHash } from '../../../src/verification/sample.ts';
import { type Bench, rowsOf } from '../databases.ts';
import { account, Chain, cobalt, id, identity, output, Story, T0 } from '../ledger.ts';

const EVER = { from: 0, until: 2 ** 40 };
const PAGE = { limit: 100 };

export function auditing(bench: Bench) {
  /** Ore is sent in three lots: one arrives short and is reweighed, one is refused, one is on its way. One was corrected. */
  const tell = async () => {
    const database = await bench.fresh();
    const { db } = database;
    const store = createIndexStore(db);
    await store.bind(identity);
    const [chain, story] = [new Chain(), new Story()];
    const name = { fields: [{ path: 'name', value: 'Société Minière – Puits №1', salt: id('salt') }] };
    const batch = { fields: [{ path: 'batch', value: 'KOL-77', salt: id('salt') }] };
    for (const document of [name, batch]) await putEvidence(db, document, T0);
    const mine = story.facility(story.mine, 1, evidenceRoot(name));
    const [yard, plant] = [story.facility(story.mine, 7), story.facility(story.refiner, 4)];
    const at = { custodian: story.mine, facility: mine.id };
    const masses = [1_000n, 2_000n, 3_000n, 4_000n];
    const ore = story.produce({
      ...at,
      outputs: masses.map((mass) => output([cobalt(mass)], { evidence: evidenceRoot(batch) })),
    });
    const [short, refused, moving, kept] = ore.lots as [Hex, Hex, Hex, Hex];
    const wrong = story.produce({ ...at, process: 3, outputs: [output([cobalt(7n)])] });
    const way = { consignor: story.mine, consignee: story.refiner, from: mine.id, to: plant.id };
    const sent = story.dispatch(
      way,
      [short, refused, moving].map((lot) => ({ lot, head: lot })),
    );
    const got = story.receive(story.refiner, sent.id, [short], { milligrams: 1_900n });
    const not = story.receive(story.refiner, sent.id, [refused], { accepted: false });
    const inputs = [{ lot: short, head: got.id }];
    const own = { custodian: story.refiner, facility: plant.id };
    const weighed = story.produce({ ...own, process: 9, inputs, outputs: [output([cobalt(950n)])] });
    const moved = story.produce({
      ...{ custodian: story.mine, facility: yard.id, process: 8, inputs: [{ lot: kept, head: kept }] },
      outputs: [output([cobalt(4_000n)])],
    });
    const attested = story.attest(mine.id);
    await store.extend([
      chain.block(story.admit(story.mine, evidenceRoot(name)), mine, yard, plant, ore, wrong),
      chain.block(story.correct(story.mine, wrong.id), sent, got, not, weighed, moved, attested),
    ]);
    const statements = [mine, yard, plant, ore, wrong, sent, got, not, weighed, moved, attested];
    return {
      database,
      db,
      mine,
      yard,
      plant,
      ore,
      sent,
      got,
      weighed,
      moved,
      short,
      refused,
      moving,
      story,
      statements,
    };
  };

  const shown = ({ opening, figures, closing }: BookRow) => ({
    opening,
    closing,
    ...Object.fromEntries([...figures].map(([kind, { milligrams }]) => [kind, milligrams])),
  });

  describe('an auditor reads', () => {
    test('what a site held, what came and went, and the statements behind it', async () => {
      const { db, mine, yard, plant, ore, moved } = await tell();
      const [atMine] = await bookOf(db, { facility: mine.id, ...EVER });
      expect(atMine && shown(atMine)).toEqual({
        ...{
          opening: 0n,
          originated: 10_000n,
          declared: 7n,
          withdrawn: 7n,
          dispatched: 6_000n,
          returned: 2_000n,
        },
        ...{ 'moved-out': 4_000n, closing: 2_000n },
      });
      const [atYard] = await bookOf(db, { facility: yard.id, ...EVER });
      expect(atYard && shown(atYard)).toEqual({
        ...{ opening: 0n, 'moved-in': 4_000n, consumed: 4_000n, produced: 4_000n, closing: 4_000n },
      });
      const [atPlant] = await bookOf(db, { facility: plant.id, ...EVER });
      expect(atPlant && shown(atPlant)).toEqual({
        opening: 0n,
        received: 1_000n,
        consumed: 1_000n,
        produced: 950n,
        closing: 950n,
      });
      const lines = await bookLines(db, { facility: mine.id, kind: 'originated', ...EVER }, PAGE);
      expect(lines.items).toMatchObject([{ statement: ore.id, milligrams: 10_000n, lots: 4 }]);
      const { occurredAt } = lines.items[0] ?? { occurredAt: 0 };
      const [later] = await bookOf(db, {
        facility: mine.id,
        from: occurredAt + 1,
        until: EVER.until,
        material: 27,
      });
      expect(later).toMatchObject({ opening: 10_000n, closing: 2_000n });
      expect(await bookOf(db, { facility: mine.id, ...EVER, material: 28 })).toEqual([]);
      const first = await bookLines(db, { facility: yard.id, ...EVER }, { limit: 1 });
      const rest = await bookLines(
        db,
        { facility: yard.id, ...EVER },
        { limit: 5, cursor: first.next ?? '' },
      );
      expect([...first.items, ...rest.items].map(({ statement }) => statement)).toEqual(
        new Array(3).fill(moved.id),
      );
    });

    test('what holds on the ledger: books close on what lots say', async () => {
      const { db, mine, yard, plant } = await tell();
      const { items } = await listLots(db, { status: 'held' }, PAGE);
      for (const { id: facility } of [mine, yard, plant]) {
        const here = items.filter((lot) => lot.facility === facility).flatMap(({ content }) => content);
        const sum = here.reduce((total, { milligrams }) => total + milligrams, 0n);
        expect((await bookOf(db, { facility, ...EVER }))[0]?.closing).toBe(sum);
      }
    });

    test('what was shipped against what was received, by weight and by assay', async () => {
      const { db, story, mine, plant, sent, got, weighed, short, refused, moving } = await tell();
      const { items } = await listRoutes(db, { ...EVER, party: story.refiner }, PAGE);
      expect(items).toMatchObject([
        {
          ...{ from: mine.id, to: plant.id, dispatches: 1, sent: { lots: 3, milligrams: 9_000n } },
          ...{ accepted: { lots: 1, milligrams: 2_000n }, refused: { lots: 1, milligrams: 3_000n } },
          weighed: { lots: 1, milligrams: 2_000n, onArrival: 1_900n, off: 1 },
        },
      ]);
      expect((await listRoutes(db, { ...EVER, party: account('nobody') }, PAGE)).items).toEqual([]);
      const lots = (await deliveredLots(db, { ...EVER, fromFacility: mine.id }, PAGE)).items;
      expect(lots.map(({ lot, ended }) => [lot, ended?.kind])).toEqual([
        ...[
          [moving, undefined],
          [refused, 'refuse'],
          [short, 'accept'],
        ],
      ]);
      expect(lots[2]).toMatchObject({
        dispatch: sent.id,
        ended: { statement: got.id, weighed: 1_900n },
        reweighed: { production: weighed.id, differences: [{ material: 27, sent: 1_000n, found: 950n }] },
      });
      const off = await deliveredLots(db, { ...EVER, isOff: true }, { limit: 1 });
      expect(off.items.map(({ lot }) => lot)).toEqual([refused]);
      expect(
        (await deliveredLots(db, { ...EVER, isOff: true }, { limit: 5, cursor: off.next ?? '' })).items,
      ).toHaveLength(1);
    });

    test('a sample as anybody draws it', async () => {
      const { db, statements } = await tell();
      const ids = [...statements.map((one) => one.id)];
      const { rows } = { rows: await db.selectFrom('statement').select('id').execute() };
      for (const row of rows) if (!ids.includes(row.id)) ids.push(row.id);
      const seed = id('seed');
      const drawn = await sampleOf(db, { fromBlock: 0, toBlock: 9, authors: null }, { seed, size: 4 });
      expect(drawn.population).toEqual({ size: ids.length, hash: populationHash(ids) });
      expect(drawn.drawn.map((row) => row.id)).toEqual(drawSample(ids, seed, 4));
      const none = await sampleOf(db, { fromBlock: 7, toBlock: 9, authors: null }, { seed, size: 4 });
      expect(none).toMatchObject({ population: { size: 0, hash: populationHash([]) }, drawn: [] });
      const dispatches = await sampleOf(
        db,
        { fromBlock: 0, toBlock: 9, authors: null, type: 'Dispatch' },
        { seed, size: 4 },
      );
      expect(dispatches.population.size).toBe(1);
    });

    test('red flags from tables', async () => {
      const { db, mine, yard, plant, moved, story } = await tell();
      const flagged = async (kind: RedFlagKind, more: { party?: Hex; country?: number } = {}) => {
        const lists = { listed: [180], transit: [], at: T0, parties: null };
        return (await listRedFlags(db, { kind, ...lists, ...more }, PAGE)).items;
      };
      expect(await flagged('origin-in-listed-country')).toMatchObject([
        { facility: mine.id, schemes: ['RMAP'] },
      ]);
      expect(await flagged('origin-in-listed-country', { country: 246 })).toEqual([]);
      expect(await flagged('moved-without-dispatch')).toMatchObject([
        { facility: yard.id, statement: moved.id, amount: 4_000n },
      ]);
      expect(await flagged('weight-off')).toMatchObject([{ facility: plant.id, amount: -50_000n }]);
      expect(await flagged('sourced-from-listed-country')).toMatchObject([
        { party: story.refiner, amount: 2_000n },
      ]);
      expect(await flagged('sourced-from-listed-country', { party: story.mine })).toEqual([]);
      expect(await flagged('operates-in-listed-country')).toHaveLength(3);
      expect(await flagged('passed-listed-country')).toMatchObject([{ facility: plant.id }]);
      for (const kind of [
        'origin-in-transit-country',
        'recycled-in-listed-country',
        'recorded-late',
      ] as const)
        expect([kind, await flagged(kind)]).toEqual([kind, []]);
    });

    test('whom and what a name, a number or an id means', async () => {
      const { db, mine, ore, story } = await tell();
      for (const typed of ['minière', 'SOCIETE', 'puits mini', 'min no1'])
        expect([typed, await searchFor(db, typed, 9)]).toMatchObject([
          typed,
          { facilities: [mine.id], parties: [story.mine] },
        ]);
      expect(await searchFor(db, 'kol 77', 2)).toMatchObject({
        facilities: [],
        lots: { length: 2 },
        truncated: true,
      });
      for (const typed of ['iniere', '', '%', 'minière paris'])
        expect([typed, await searchFor(db, typed, 9)]).toMatchObject([
          typed,
          { facilities: [], parties: [], lots: [] },
        ]);
      expect(await searchFor(db, mine.id.toUpperCase().replace('0X', '0x'), 9)).toMatchObject({
        facilities: [mine.id],
        statement: { id: mine.id, type: 'FacilityRegistration' },
      });
      expect((await searchFor(db, ore.lots[0] ?? ZERO_BYTES32, 9)).lots).toMatchObject([
        { lot: ore.lots[0] },
      ]);
      expect((await searchFor(db, story.mine, 9)).parties).toEqual([story.mine]);
    });

    test('lots by HS code, country and scheme, page by page', async () => {
      const { db, ore, weighed } = await tell();
      const list = async (filter: LotFilter) => {
        const first = await listLots(db, filter, { limit: 2 });
        const rest =
          first.next === null ? [] : (await listLots(db, filter, { limit: 99, cursor: first.next })).items;
        return [...first.items, ...rest].map(({ lot }) => lot);
      };
      const all = await list({});
      for (const filter of [
        { commodity: '260500' },
        { commodity: '2605' },
        { country: 180 },
        { material: 27 },
      ])
        expect([filter, await list(filter)]).toEqual([filter, all]);
      expect(await list({ commodity: '2603' })).toEqual([]);
      expect(await list({ country: 246 })).toEqual([]);
      const attested = await list({ scheme: 'RMAP' });
      expect(attested.filter((lot) => ore.lots.includes(lot))).toHaveLength(4);
      expect(attested).not.toContain(weighed.lots[0]);
      expect(await list({ scheme: 'RMAP', country: 180, commodity: '2605', status: 'void' })).toHaveLength(1);
      expect(await list({ scheme: 'IRMA' })).toEqual([]);
    });

    test('the same of an index that is migrated', async () => {
      const { db, database } = await tell();
      const before = await rowsOf(database);
      for (const table of ['book_line', 'delivery', 'evidence_word'] as const)
        await db.deleteFrom(table).execute();
      const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
      await writeBookLines(db, all);
      await writeDeliveries(db, all);
      await noteAllWords(db);
      expect(await rowsOf(database)).toEqual(before);
      expect((await searchFor(db, 'minière', 9)).facilities).toHaveLength(1);
    });
  });
}
