import { expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/build.ts';
import { runChaos } from './campaign.ts';
import { faultsIn, killsIn } from './tally.ts';

test('killed under load, everything in one process loses and doubles nothing', async () => {
  await ensureBuilt(() => undefined);
  const tally = await runChaos({ seed: 1, kills: { apart: 0, alone: 2 }, tryDisk: false });
  expect(faultsIn(tally)).toEqual([]);
  expect(killsIn(tally)).toBe(2);
  expect(tally.recorded).toBe(tally.accepted);
  expect(tally.accepted).toBeGreaterThan(2);
  expect(tally.hostile.recorded).toBeGreaterThan(5);
}, 600_000);
