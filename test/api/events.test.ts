import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Seats } from '../../src/api/live/seats.ts';
import type { LedgerNews } from '../../src/api/schemas/events.ts';
import { signedIn } from '../support/disclosures.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { facilityRegistration } from '../support/statements.ts';

type Event = { readonly id: string; readonly data: LedgerNews };

/** Reads events until `isEnough`, and hangs up. */
async function follow(
  service: TestService,
  isEnough: (events: readonly Event[]) => boolean,
  headers: Record<string, string> = {},
): Promise<Event[]> {
  const hangUp = new AbortController();
  const response = await fetch(`${service.url}/v1/events`, { headers, signal: hangUp.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: Event[] = [];
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(piece, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const found = /^id: (.+)\nevent: ledger\ndata: (.+)$/.exec(block);
      if (found) events.push({ id: found[1] ?? '', data: JSON.parse(found[2] ?? '') as LedgerNews });
    }
    if (isEnough(events)) break;
  }
  hangUp.abort();
  return events;
}

const told = (events: readonly Event[]) => events.flatMap(({ data }) => data.statements ?? []);

describe('where everybody may read', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  }, 120_000);
  afterAll(() => service?.stop());

  test('a statement is told once it is recorded, to who is connected and to who comes back', async () => {
    const [miner] = await admit(service, 'events/miner');
    if (!miner) throw new Error('nobody was admitted');
    const [before] = await follow(service, (events) => events.length > 0);
    const listening = follow(service, (events) => told(events).length > 0);
    const { id } = await service.record(facilityRegistration(miner.address), miner);
    const heard = await listening;
    expect(told(heard)).toMatchObject([{ id, type: 'FacilityRegistration', author: miner.address }]);
    expect(
      told(await follow(service, (events) => events.length > 0, { 'last-event-id': before?.id ?? '' })),
    ).toEqual(told(heard));
    const [now] = await follow(service, (events) => events.length > 0, {
      'last-event-id': heard.at(-1)?.id ?? '',
    });
    expect(now?.data.statements).toEqual([]);
  });

  test('who comes back from a block that is gone is told to read everything anew', async () => {
    const id = `1-0x${'ab'.repeat(32)}`;
    const [event] = await follow(service, (events) => events.length > 0, { 'last-event-id': id });
    expect(event?.data).toMatchObject({ statements: null });
    const [other] = await follow(service, (events) => events.length > 0, {
      'last-event-id': 'of another server',
    });
    expect(other?.data).toMatchObject({ statements: [] });
  });

  test('the service stops although somebody listens', async () => {
    const response = await fetch(`${service.url}/v1/events`);
    await service.stop();
    expect(await response.text()).toContain('event: ledger');
  });
});

describe('where parties read their own', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ readAccess: 'parties' });
  }, 120_000);
  afterAll(() => service?.stop());

  test('each is told of its own statements, and outsiders of none', async () => {
    const [miner, other] = await admit(service, 'events/miner', 'events/other');
    if (!miner || !other) throw new Error('nobody was admitted');
    expect((await service.get('/v1/events')).status).toBe(401);
    const [mine, others] = [await signedIn(service, miner), await signedIn(service, other)];
    const [start] = await follow(service, (events) => events.length > 0, mine.headers);
    const { id } = await service.record(facilityRegistration(miner.address), miner);
    const since = { 'last-event-id': start?.id ?? '' };
    const enough = (events: readonly Event[]) =>
      (events.at(-1)?.data.block.number ?? 0) > Number(start?.id.split('-')[0]);
    expect(told(await follow(service, enough, { ...mine.headers, ...since }))).toMatchObject([{ id }]);
    expect(told(await follow(service, enough, { ...others.headers, ...since }))).toEqual([]);
  });
});

test('there are so many seats, and each is given back once', () => {
  const seats = new Seats('connections', 1);
  const giveBack = seats.take();
  expect(() => seats.take()).toThrow('as many connections as it keeps');
  giveBack();
  giveBack();
  seats.take();
  expect(() => seats.take()).toThrow('as many connections as it keeps');
});
