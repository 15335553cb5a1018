import { afterEach, expect, test, vi } from 'vitest';
import { DatabaseUnavailable } from '../../src/store/availability.ts';
import { inGroups } from '../../src/store/outbox/groups.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** Doubles numbers, in groups that a test lets go one by one; refuses 13. */
function doubling(most: number, apartMs = 0) {
  const groups: number[][] = [];
  const gates: (() => void)[] = [];
  const double = inGroups(
    async (items: readonly number[]) => {
      groups.push([...items]);
      await new Promise<void>((resolve) => gates.push(resolve));
      if (items.includes(13)) throw new Error('13 cannot be doubled');
      if (items.includes(99)) throw new DatabaseUnavailable('gone');
      return items.map((item) => item * 2);
    },
    { most, apartMs },
  );
  const letGo = async (count: number) => {
    for (let each = 0; each < count; each += 1) {
      while (gates.length === 0) await new Promise((resolve) => setImmediate(resolve));
      gates.shift()?.();
    }
  };
  return { double, groups, letGo };
}

test('what comes while a group is under way makes the next one, of so many at most', async () => {
  const { double, groups, letGo } = doubling(3);
  const first = [double(1), double(2)];
  await new Promise((resolve) => setImmediate(resolve));
  const others = [3, 4, 5, 6].map(double);
  await letGo(3);
  expect(await Promise.all([...first, ...others])).toEqual([2, 4, 6, 8, 10, 12]);
  expect(groups).toEqual([[1, 2], [3, 4, 5], [6]]);
});

test('after a group of several, the next waits for more; after one that came alone, it does not', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  const { double, groups, letGo } = doubling(9, 100);
  const settled = [double(1)];
  await letGo(1);
  await settled[0];
  settled.push(double(2), double(3));
  await letGo(1);
  await settled[2];
  settled.push(double(4));
  await vi.advanceTimersByTimeAsync(99);
  expect(groups).toEqual([[1], [2, 3]]);
  settled.push(double(5));
  await vi.advanceTimersByTimeAsync(1);
  await letGo(1);
  expect(await Promise.all(settled)).toEqual([2, 4, 6, 8, 10]);
  expect(groups).toEqual([[1], [2, 3], [4, 5]]);
});

test('what is wrong with one fails that one alone', async () => {
  const { double, groups, letGo } = doubling(9);
  const all = [1, 13, 3].map(double);
  const settled = Promise.allSettled(all);
  await letGo(4);
  expect(await settled).toMatchObject([
    { value: 2 },
    { reason: { message: '13 cannot be doubled' } },
    { value: 6 },
  ]);
  expect(groups).toEqual([[1, 13, 3], [1], [13], [3]]);
});

test('a database that is away fails the whole group, without asking it again for each', async () => {
  const { double, groups, letGo } = doubling(9);
  const settled = Promise.allSettled([1, 99].map(double));
  await letGo(1);
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(groups).toHaveLength(1);
});
