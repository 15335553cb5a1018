import { expect, test } from 'vitest';
import { WaitingRoom } from '../../src/api/waiting.ts';

const options = (signal = new AbortController().signal) => ({ longestMs: 5_000, signal });

test('looks until it is over', async () => {
  let looks = 0;
  const look = async () => ++looks;
  expect(await new WaitingRoom(1).wait(look, (seen) => seen === 3, options())).toBe(3);
});

test('whoever finds no seat is answered at once, and a seat is free again after each wait', async () => {
  const room = new WaitingRoom(1);
  const [first, second] = [new AbortController(), new AbortController()];
  let looks = 0;
  const look = async () => ++looks;
  const never = () => false;
  const waiting = room.wait(look, never, options(first.signal));
  expect(await room.wait(look, never, options())).toBe(2);
  first.abort();
  await waiting;
  const failing = room.wait(() => Promise.reject(new Error('away')), never, options());
  await expect(failing).rejects.toThrow('away');
  const before = looks;
  const again = room.wait(look, (seen) => seen > before + 1, options(second.signal));
  expect(await again).toBe(before + 2);
});
