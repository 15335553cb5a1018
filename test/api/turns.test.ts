import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { accessOf } from '../../src/api/access.ts';
import { sendLines } from '../../src/api/lines.ts';
import { getRecall } from '../../src/api/routes/recall.ts';
import { Turns } from '../../src/api/turns.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { memoryDatabase } from '../support/memory.ts';

const patient = new AbortController().signal;

test('so many at a time, then whoever waited longest; one more than may wait is turned away', async () => {
  const turns = new Turns('recalls', { atOnce: 1, waiting: 2 });
  const order: number[] = [];
  const first = await turns.take(patient);
  const others = [1, 2].map(async (place) => {
    const giveBack = await turns.take(patient);
    order.push(place);
    return giveBack;
  });
  await expect(turns.take(patient)).rejects.toMatchObject({ code: 'rate-limited', retryAfter: 5 });
  first();
  const [second] = await Promise.all([others[0]]);
  expect(order).toEqual([1]);
  second?.();
  (await others[1])?.();
  expect(order).toEqual([1, 2]);
  (await turns.take(patient))();
});

test('who hangs up while waiting leaves the place to others', async () => {
  const turns = new Turns('recalls', { atOnce: 1, waiting: 1 });
  const giveBack = await turns.take(patient);
  const caller = new AbortController();
  const waiting = turns.take(caller.signal);
  caller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'rate-limited' });
  const next = turns.take(patient);
  giveBack();
  (await next)();
  (await turns.take(patient))();
});

test('the server takes no more recalls than two and twenty that wait, whatever the database does meanwhile', async () => {
  const { db, close } = await openDatabase(await memoryDatabase());
  onTestFinished(close);
  await migrate(db);
  const ends: (() => void)[] = [];
  const access = await accessOf({ readAccess: 'public' } as never, 'own', null);
  const ask = () => {
    const call = {
      reader: null,
      lastEventId: undefined,
      access,
      signal: patient,
      onEnd: (then: () => void) => ends.push(then),
    };
    const asked = getRecall.handler(
      { db } as never,
      { params: { lot: `0x${'77'.repeat(32)}` } } as never,
      call,
    );
    return asked.catch((error: { code: string }) => error.code);
  };
  // It has one connection: while this has it, nobody is answered.
  const held = Promise.withResolvers<void>();
  const holding = db.transaction().execute(() => held.promise);
  const asked = Array.from({ length: 22 }, ask);
  expect(await ask()).toBe('rate-limited');
  held.resolve();
  await holding;
  expect(await Promise.all(asked.slice(0, 2))).toEqual(['unknown-lot', 'unknown-lot']);
  expect(ends).toHaveLength(2);
  // An answer keeps its turn until it is sent.
  for (let given = 0; given < asked.length; given += 1) {
    await asked[given];
    ends[given]?.();
  }
  expect(ends).toHaveLength(22);
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['unknown-lot']));
});

test('lines that are read too slowly are cut off', async () => {
  const sent = Promise.withResolvers<void>();
  const server = createServer((_request, response) => {
    const endless = (function* () {
      while (true) yield { text: 'x'.repeat(10_000) };
    })();
    sendLines(response as never, endless, 200).then(sent.resolve, sent.reject);
  });
  // What Express adds to a response, as far as it is asked for.
  server.prependListener('request', (_request, response) => {
    Object.assign(response, { type: () => response });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const reply = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await sent.promise;
  await expect(reply.text()).rejects.toThrow();
  server.close();
});
