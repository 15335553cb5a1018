import { expect, test } from 'vitest';
import { outboxFull } from '../../../src/api/intake/full.ts';
import { problems } from '../../../src/api/problems.ts';

const wait = (oldest: number | null) => outboxFull({ open: 10_000, limit: 10_000, oldest }, 5_000).retryAfter;

test('who is put off waits a tenth of the time that the oldest statement has waited: 1 s to a minute', () => {
  expect([null, 5_000, 4_996, 4_875, 1_000].map(wait)).toEqual([1, 1, 1, 13, 60]);
  expect(problems['outbox-full'].status).toBe(429);
});
