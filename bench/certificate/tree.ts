import type { LedgerEvent } from '../../src/chain/events.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { createIndexStore } from '../../src/store/index-store.ts';
import type { Db } from '../../src/store/schema.ts';
import { Chain, cobalt, identity, output, Story } from '../../test/store/ledger.ts';

const PER_BLEND = 10;
const PER_EXTRACTION = 100;
const MINES = 20;
const EVENTS_PER_BLOCK = 100;

/**
 * Puts a lot into the index that blends others, ten at a time, down to what was mined: about so many ancestors, none of
 * which is an ancestor twice. No history suits a recursive query better, for it goes each way there is.
 */
export async function fillWithTree(db: Db, ancestors: number): Promise<Hex> {
  const [store, chain, story] = [createIndexStore(db), new Chain(), new Story()];
  await store.bind(identity);
  const mines = Array.from({ length: MINES }, () => story.facility(story.mine, 1));
  const plant = story.facility(story.refiner, 4);
  const write = async (events: LedgerEvent[]): Promise<void> => {
    for (let at = 0; at < events.length; at += EVENTS_PER_BLOCK)
      await store.extend([chain.block(...events.slice(at, at + EVENTS_PER_BLOCK))]);
  };
  await write([story.admit(story.mine), story.admit(story.refiner), ...mines, plant]);

  const leaves = Math.ceil((ancestors * (PER_BLEND - 1)) / PER_BLEND);
  const extractions = Array.from({ length: Math.ceil(leaves / PER_EXTRACTION) }, (_, index) => {
    const outputs = Array.from({ length: PER_EXTRACTION }, (_, lot) =>
      output([cobalt(1_000n + BigInt(lot))]),
    );
    return story.produce({
      custodian: story.mine,
      facility: (mines[index % MINES] as { id: Hex }).id,
      outputs,
    });
  });
  await write(extractions);
  let lots = extractions.flatMap((one) => one.lots).slice(0, leaves);
  while (lots.length > 1) {
    const blends = Array.from({ length: Math.ceil(lots.length / PER_BLEND) }, (_, index) => {
      const inputs = lots
        .slice(index * PER_BLEND, (index + 1) * PER_BLEND)
        .map((lot) => ({ lot, head: lot }));
      const outputs = [output([cobalt(1_000n * BigInt(inputs.length))])];
      return story.produce({ custodian: story.refiner, facility: plant.id, process: 7, inputs, outputs });
    });
    await write(blends);
    lots = blends.flatMap((one) => one.lots);
  }
  return lots[0] as Hex;
}
