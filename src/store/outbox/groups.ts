import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseUnavailable } from '../availability.ts';

/**
 * Does `work` for items that come one by one, in groups: what arrives while a group is under way makes the next one. So
 * many share a transaction, and its sync to disk. Where several come at a time, the next group waits a moment for more of
 * them: a transaction costs more than what one item adds to it. What comes alone never waits.
 *
 * A group that fails is tried again item by item, so that what is wrong with one fails that one alone.
 *
 * @param work answers in the items' order, and does nothing where it throws
 * @param most items of a group  @param apartMs from the start of a group of several to the next
 */
export function inGroups<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  { most, apartMs }: { readonly most: number; readonly apartMs: number },
): (item: Item) => Promise<Result> {
  const waiting: Entry<Item, Result>[] = [];
  let isWorking = false;
  let notBefore = 0;
  const drain = async () => {
    isWorking = true;
    // What comes in the same turn goes along.
    await Promise.resolve();
    while (waiting.length > 0) {
      const wait = notBefore - performance.now();
      if (wait > 0 && waiting.length < most) await pause(wait);
      const group = waiting.splice(0, most);
      notBefore = group.length > 1 ? performance.now() + apartMs : 0;
      await settle(work, group);
    }
    isWorking = false;
  };
  return (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    waiting.push({ item, resolve, reject });
    if (!isWorking) void drain();
    return promise;
  };
}

type Work<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>;

type Entry<Item, Result> = {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/** Never throws. */
async function settle<Item, Result>(
  work: Work<Item, Result>,
  group: readonly Entry<Item, Result>[],
): Promise<void> {
  try {
    const results = await work(group.map(({ item }) => item));
    group.forEach(({ resolve }, index) => {
      resolve(results[index] as Result);
    });
  } catch (error) {
    if (group.length > 1 && !(error instanceof DatabaseUnavailable))
      for (const entry of group) await settle(work, [entry]);
    else for (const { reject } of group) reject(error);
  }
}
