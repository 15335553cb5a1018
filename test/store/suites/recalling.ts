import { describe, expect, test } from 'vitest';
import { apportion, UNITS_PER_MILLIGRAM } from '../../../src/protocol/apportion.ts';
import type { Hex } from '../../../src/protocol/hex.ts';
import { recallOf } from '../../../src/provenance/recall.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import { writeContents } from '../../../src/store/projections/production-content.ts';
import { RecallTooLarge, recallGraph } from '../../../src/store/queries/recall.ts';
import type { Bench } from '../databases.ts';
import { Chain, cobalt, id, identity, output, Story } from '../ledger.ts';

const named = (lots: readonly Hex[]) => lots.map((lot) => ({ lot, head: lot }));

/** The lot itself, and every lot that descends from it. */
function lotsOf(found: Awaited<ReturnType<typeof recallGraph>>) {
  if (!found) throw new Error('There is no recall');
  const { subject, productions } = found.graph;
  return [subject, ...[...productions.values()].flatMap(({ outputs }) => outputs)];
}

export function recalling(bench: Bench) {
  const open = async () => {
    const { db } = await bench.fresh();
    const store = createIndexStore(db);
    await store.bind(identity);
    const [chain, story] = [new Chain(), new Story()];
    const mine = story.facility(story.mine, 1);
    const refinery = story.facility(story.refiner, 4);
    await store.extend([chain.block(mine, refinery)]);
    const made = (masses: bigint[], inputs: readonly Hex[] = [], process = 1) =>
      story.produce({
        ...{ custodian: story.mine, facility: mine.id, process, inputs: named(inputs) },
        outputs: masses.map((mass) => output([cobalt(mass)])),
      });
    const way = { consignor: story.mine, consignee: story.refiner, from: mine.id, to: refinery.id };
    return { db, store, chain, story, made, way };
  };

  describe('a recall', () => {
    test('reads what stands of that which was made of a lot, with the content that it was blended with', async () => {
      const { db, store, chain, story, made, way } = await open();
      const [ore, other] = [made([600n]), made([200n, 77n])];
      const split = made([400n, 100n, 100n], ore.lots, 8);
      const mixed = [split.lots[0], other.lots[0]] as Hex[];
      const blend = made([500n, 50n], mixed, 7);
      const [held, sent] = blend.lots as [Hex, Hex];
      const undone = made([500n], [held], 9);
      const retired = made([], [split.lots[1] as Hex], 13);
      await store.extend([
        chain.block(ore, other, split),
        chain.block(blend, undone, story.correct(story.mine, undone.id), retired),
        chain.block(story.dispatch(way, named([sent]))),
      ]);
      const found = await recallGraph(db, ore.lots[0] as Hex);
      expect(found?.asOf).toMatchObject({ number: 4, hash: chain.blocks[3]?.hash });
      const graph = found?.graph;
      expect(lotsOf(found).map(({ lot, status }) => [lot, status])).toEqual([
        [ore.lots[0], 'spent'],
        ...split.lots.map((lot, index) => [lot, index === 2 ? 'held' : 'spent']),
        [held, 'held'],
        [sent, 'in-transit'],
      ]);
      const sums = [...(graph?.productions.values() ?? [])].map(({ inputs }) => inputs.get('027p'));
      expect(sums.sort()).toEqual([100n, 600n, 600n]);
      expect(lotsOf(found).at(-1)).toMatchObject({ custodian: story.mine, facility: way.to });
      if (!graph) throw new Error('There is no recall');
      const { live, gone } = recallOf(graph);
      // 400 mg of 600 went into the blend, which lost 50.
      const shares = new Map([500n, 50n, 50n].map((mass, place) => [String(place), mass]));
      const [inHeld, inSent, lost] = apportion(400n * UNITS_PER_MILLIGRAM, shares).values();
      expect(live.map(({ lot, affected }) => [lot.lot, affected.get('027p')])).toEqual([
        [split.lots[2], 100n * UNITS_PER_MILLIGRAM],
        [held, inHeld],
        [sent, inSent],
      ]);
      expect(gone).toEqual(new Map([[27, 100n * UNITS_PER_MILLIGRAM + (lost ?? 0n)]]));
    });

    test('reads contents of several materials, and of more than ten outputs, each with its own', async () => {
      const { db, store, chain, story, made, way } = await open();
      const ore = made([600n]);
      const mixed = { custodian: story.mine, facility: way.from, process: 7 };
      const recycled = { material: 28, recycled: true, milligrams: 5n };
      const outputs = Array.from({ length: 12 }, (_, place) =>
        output(place === 3 ? [] : [cobalt(BigInt(place + 1)), ...(place === 11 ? [recycled] : [])]),
      );
      const other = story.produce({ ...mixed, process: 1, inputs: [], outputs: [output([recycled])] });
      const spread = story.produce({ ...mixed, inputs: named([...ore.lots, ...other.lots]), outputs });
      await store.extend([chain.block(ore, other, spread)]);
      const read = async () => (await recallGraph(db, ore.lots[0] as Hex))?.graph.productions;
      const [production] = (await read())?.values() ?? [];
      expect(production?.outputs.map(({ lot }) => lot)).toEqual(spread.lots);
      const masses = outputs.map(({ content }) => content[0]?.milligrams ?? 0n);
      expect(production?.contents).toEqual(
        new Map([
          ['027p', masses],
          ['028r', [...new Array(11).fill(0n), 5n]],
        ]),
      );
      expect(production?.inputs).toEqual(
        new Map([
          ['027p', 600n],
          ['028r', 5n],
        ]),
      );
      // An older index has its productions written down when it is migrated.
      const before = await read();
      await db.deleteFrom('production_content').execute();
      expect((await read())?.size).toBe(0);
      await writeContents(db, { from: 0, to: Number.MAX_SAFE_INTEGER });
      expect(await read()).toEqual(before);
    });

    test('of a lot that is live is that lot, and of one that nobody knows is nothing', async () => {
      const { db, store, chain, made } = await open();
      const ore = made([600n, 1n]);
      await store.extend([chain.block(ore)]);
      const found = await recallGraph(db, ore.lots[1] as Hex);
      expect(lotsOf(found).map(({ lot }) => lot)).toEqual([ore.lots[1]]);
      expect(await recallGraph(db, id('unknown'))).toBeNull();
    });

    test('of more than it reads at once is refused', async () => {
      const { db, store, chain, made } = await open();
      const ore = made([600n]);
      await store.extend([chain.block(ore, made([1n, 2n, 3n], ore.lots, 8))]);
      await expect(recallGraph(db, ore.lots[0] as Hex, 3)).rejects.toThrow(RecallTooLarge);
      expect(lotsOf(await recallGraph(db, ore.lots[0] as Hex, 4))).toHaveLength(4);
    });
  });
}
