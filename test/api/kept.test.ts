import { expect, test } from 'vitest';
import type { Context } from '../../src/api/context.ts';
import { KeptAnswers } from '../../src/api/kept.ts';

/** A database that only says its state, as a test sets it; and a clock. */
function bench(most?: number) {
  const now = { state: 'a', second: 5, asked: 0 };
  const rows = async () => {
    now.asked += 1;
    return { rows: [{ snapshot: now.state }] };
  };
  const executor = { transformQuery: (node: unknown) => node, compileQuery: () => ({}), executeQuery: rows };
  const db = { getExecutor: () => executor };
  const context = { db, clock: () => now.second } as unknown as Context;
  const kept = new KeptAnswers(context, most);
  let made = 0;
  const ask = (url: string, make: (context: Context) => Promise<unknown> = async () => 'body') =>
    kept.answer(url, async (given) => {
      made += 1;
      return { status: 200, body: await make(given) };
    });
  return { now, ask, made: () => made };
}

test('an answer is made once for as long as the database shows the same state', async () => {
  const { now, ask, made } = bench();
  const first = await ask('/a');
  expect(await ask('/a')).toBe(first);
  expect([first.body.toString(), made()]).toEqual(['"body"', 1]);
  await ask('/b');
  now.state = 'b';
  expect(await ask('/a')).toEqual(first);
  expect(made()).toBe(3);
});

test('one that asks for the time holds for that second', async () => {
  const { now, ask, made } = bench();
  const timed = async ({ clock }: Context) => clock();
  await ask('/a', timed);
  await ask('/a', timed);
  expect(made()).toBe(1);
  now.second = 6;
  expect((await ask('/a', timed)).body.toString()).toBe('6');
  expect(made()).toBe(2);
});

test('many who ask at once share the question about the state, and the answer', async () => {
  const { now, ask, made } = bench();
  await Promise.all(Array.from({ length: 20 }, () => ask('/a')));
  expect([now.asked, made()]).toEqual([1, 1]);
});

test('what was made of a state that is gone is not kept', async () => {
  const { now, ask, made } = bench();
  const slow = ask('/a', async () => {
    now.state = 'b';
    await ask('/other');
    return 'old';
  });
  expect((await slow).body.toString()).toBe('"old"');
  expect((await ask('/a')).body.toString()).toBe('"body"');
  expect(made()).toBe(3);
});

test('a failure is not kept', async () => {
  const { ask } = bench();
  await expect(ask('/a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect((await ask('/a')).body.toString()).toBe('"body"');
});

test('what was asked longest ago makes room', async () => {
  const { ask, made } = bench(600);
  for (const url of ['/a', '/b', '/a', '/c']) await ask(url);
  expect(made()).toBe(3);
  await ask('/a');
  expect(made()).toBe(3);
  await ask('/b');
  expect(made()).toBe(4);
});
