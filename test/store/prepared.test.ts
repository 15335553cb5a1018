import type { ClientBase } from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { forgetPrepared, prepared, whileTablesChange } from '../../src/store/prepared.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('the same text has the same name, and another text another', () => {
  const client = listener();
  const first = prepared(client, 'select $1', ['a']);
  expect(first).toEqual({ text: 'select $1', values: ['a'], name: expect.any(String) });
  expect(prepared(client, 'select $1', ['b']).name).toBe(first.name);
  expect(prepared(client, 'select $1, 2', ['a']).name).not.toBe(first.name);
});

test('what has no parameters is not prepared: it may be several statements', () => {
  expect(prepared(listener(), 'begin', [])).toEqual({ text: 'begin', values: [] });
});

test.each([
  ['a long text', 'x'.repeat(4_097)],
  ['many elements', Array.from({ length: 51 }, String)],
])('a query with %s has a plan of its own', (_, value) => {
  expect(prepared(listener(), 'select $1', [value]).name).toBeUndefined();
});

test('plans are made again after ten seconds, in each connection', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const [one, other] = [listener(), listener()];
  const ask = (client: ClientBase) => prepared(client, 'select $1', [1]);
  ask(one);
  vi.advanceTimersByTime(6_000);
  ask(one);
  ask(other);
  expect(one.query).not.toHaveBeenCalled();
  vi.advanceTimersByTime(6_000);
  ask(one);
  ask(one);
  ask(other);
  expect(one.query).toHaveBeenCalledExactlyOnceWith('discard plans');
  expect(other.query).not.toHaveBeenCalled();
});

test('while tables change nothing is prepared, and afterwards all of it anew', async () => {
  const name = () => prepared(listener(), 'select $1', [1]).name;
  const before = name();
  await whileTablesChange(async () => expect(name()).toBeUndefined());
  const after = name();
  expect(after).not.toBe(before);
  forgetPrepared();
  expect([before, after, undefined]).not.toContain(name());
});

function listener(): ClientBase {
  return { query: vi.fn(async () => undefined) } as unknown as ClientBase;
}
