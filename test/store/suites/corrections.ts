import { describe, expect, test } from 'vitest';
import { ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import { ancestorsOf, descendantsOf } from '../../../src/store/queries/ancestry.ts';
import { quotasOf } from '../../../src/store/queries/facilities.ts';
import { historyOf } from '../../../src/store/queries/history.ts';
import { lotHistory } from '../../../src/store/queries/lot-history.ts';
import { listLots, lotById } from '../../../src/store/queries/lots.ts';
import { productionsByIds } from '../../../src/store/queries/productions.ts';
import type { Bench } from '../databases.ts';
import { Chain, cobalt, id, identity, output, Story } from '../ledger.ts';

/** Ore that travelled to the refiner and was weighed there; what is made of it is then undone, and made again. */
function undone() {
  const story = new Story();
  const mine = story.facility(story.mine, 1);
  const refinery = story.facility(story.refiner, 4);
  const store = story.facility(story.refiner, 7);
  const at = { custodian: story.refiner, facility: refinery.id, process: 6 };
  const ore = story.produce({ custodian: story.mine, facility: mine.id, outputs: [output([cobalt(500n)])] });
  const [lot = ZERO_BYTES32] = ore.lots;
  const way = { consignor: story.mine, consignee: story.refiner, from: mine.id, to: store.id };
  const sent = story.dispatch(way, [{ lot, head: lot }]);
  const got = story.receive(story.refiner, sent.id, [lot], { milligrams: 1_499n });
  const wrong = story.produce({
    ...at,
    inputs: [{ lot, head: got.id }],
    outputs: [output([cobalt(49n)]), output([cobalt(1n)])],
  });
  const slip = story.correct(story.refiner, wrong.id, id('slip'));
  const right = story.produce({
    ...at,
    inputs: [{ lot, head: slip.id }],
    outputs: [output([cobalt(499n)])],
  });
  const before = [mine, refinery, store, ore, sent, got, wrong];
  return { story, mine, refinery, store, lot, before, got, wrong, slip, right };
}

export function correcting(bench: Bench) {
  const open = async () => {
    const { db } = await bench.fresh();
    const store = createIndexStore(db);
    await store.bind(identity);
    return { db, store, chain: new Chain() };
  };

  describe('a production that was corrected', () => {
    test('its outputs are void, its input is held where it was before, as it was weighed', async () => {
      const { db, store, chain } = await open();
      const { story, lot, before, refinery, store: shed, wrong, slip } = undone();
      await store.extend([chain.block(...before)]);
      await store.extend([chain.block(slip)]);
      expect(await lotById(db, lot)).toMatchObject({
        ...{ status: 'held', head: slip.id, custodian: story.refiner, facility: shed.id },
        ...{ weighed: 1_499n, spentBy: null, lastEvent: { kind: 'restore', statement: slip.id } },
      });
      const [made = ZERO_BYTES32] = wrong.lots;
      expect(await lotById(db, made)).toMatchObject({
        ...{ status: 'void', head: slip.id, facility: refinery.id, lastEvent: { kind: 'void' } },
        made: { correction: { id: slip.id, author: story.refiner, evidence: id('slip') } },
      });
      const { items } = await listLots(db, {}, { limit: 9 });
      expect(items.map(({ status }) => status)).toEqual(['void', 'void', 'held']);
    });

    test.each(['in blocks of their own', 'all in one block'])(
      'the lot is spent again: its history has both, and the one that stands has it (%s)',
      async (how) => {
        const { db, store, chain } = await open();
        const { lot, before, wrong, slip, right } = undone();
        const events = [...before, slip, right];
        const blocks = how === 'all in one block' ? [events] : events.map((event) => [event]);
        for (const block of blocks) await store.extend([chain.block(...block)]);
        expect(await lotById(db, lot)).toMatchObject({ status: 'spent', spentBy: right.id });
        const history = await lotHistory(db, lot);
        expect(history.map(({ kind, statement, status }) => [kind, statement, status]).slice(3)).toEqual([
          ['spend', wrong.id, 'spent'],
          ['restore', slip.id, 'held'],
          ['spend', right.id, 'spent'],
        ]);
        expect(history.at(-2)).toMatchObject({ evidence: id('slip'), weighed: 1_499n });
        const productions = await productionsByIds(db, [wrong.id, right.id]);
        expect(productions.get(wrong.id)).toMatchObject({ correction: { id: slip.id }, outputs: wrong.lots });
        expect(productions.get(right.id)?.correction).toBeNull();
      },
    );

    test('twice in one block: the lot is back where it was at first', async () => {
      const { db, store, chain } = await open();
      const { story, lot, before, store: shed, slip, right } = undone();
      const again = story.correct(story.refiner, right.id);
      await store.extend([chain.block(...before, slip, right, again)]);
      expect(await lotById(db, lot)).toMatchObject({ status: 'held', head: again.id, facility: shed.id });
    });

    test('what was made of a lot leaves it out; what a void lot was made of is still told', async () => {
      const { db, store, chain } = await open();
      const { lot, before, wrong, slip, right } = undone();
      await store.extend([chain.block(...before, slip)]);
      const [voided = ZERO_BYTES32] = wrong.lots;
      const nodesOf = async (found: ReturnType<typeof descendantsOf>) =>
        (await found)?.nodes.map((node) => node.lot);
      expect(await nodesOf(descendantsOf(db, lot, 10))).toEqual([lot]);
      await store.extend([chain.block(right)]);
      expect(await nodesOf(descendantsOf(db, lot, 10))).toEqual([lot, ...right.lots]);
      expect(await nodesOf(ancestorsOf(db, right.lots[0] ?? lot, 10))).toEqual([...right.lots, lot]);
      expect(await ancestorsOf(db, voided, 10)).toMatchObject({
        nodes: [{ lot: voided, status: 'void' }, { lot }],
        edges: [{ from: lot, to: voided, production: wrong.id }],
      });
    });

    test('the history of a void lot is that of what it was: not where its input went afterwards', async () => {
      const { db, store, chain } = await open();
      const { story, mine, lot, before, store: shed, wrong, slip } = undone();
      const back = { consignor: story.refiner, consignee: story.mine, from: shed.id, to: mine.id };
      const returned = story.dispatch(back, [{ lot, head: slip.id }]);
      await store.extend([chain.block(...before, slip, returned)]);
      const [voided = ZERO_BYTES32] = wrong.lots;
      const history = await historyOf(db, voided);
      expect(history).toMatchObject({ state: { status: 'void', custodian: story.refiner } });
      expect(history?.productions.get(wrong.id)).toMatchObject({
        inputs: [lot],
        correction: { id: slip.id },
      });
      expect(history?.legs.get(lot)).toHaveLength(1);
      expect((await historyOf(db, lot))?.legs.get(lot)).toHaveLength(2);
    });

    test('gives its quota back: what originated, and what a recycler converted', async () => {
      const { db, store, chain } = await open();
      const story = new Story();
      const plant = story.facility(story.refiner, 6);
      const at = { custodian: story.refiner, facility: plant.id };
      const scrap = [40n, 3n].map((mass) =>
        story.produce({ ...at, process: 2, outputs: [output([cobalt(mass, true)])] }),
      );
      const stock = story.produce({ ...at, process: 3, outputs: [output([cobalt(60n)])] });
      const inputs = stock.lots.map((lot) => ({ lot, head: lot }));
      const outputs = [output([cobalt(35n, true)])];
      const made = story.produce({ ...at, process: 12, inputs, outputs });
      const grant = { kind: 'quota', facility: plant.id, material: 27, recycled: true, year: 2026 } as const;
      const evidence = ZERO_BYTES32;
      await store.extend([
        chain.block(plant, { ...grant, milligrams: 1_000n, evidence }, ...scrap, stock, made),
      ]);
      const used = async () => (await quotasOf(db, plant.id)).map((quota) => quota.used);
      expect(await used()).toEqual([43n + 35n]);
      await store.extend([chain.block(story.correct(story.refiner, made.id))]);
      expect(await used()).toEqual([43n]);
      await store.extend([chain.block(story.correct(story.refiner, scrap[0]?.id ?? made.id))]);
      expect(await used()).toEqual([3n]);
      await store.rewind(1);
      expect(await used()).toEqual([43n + 35n]);
    });
  });
}
