import { z } from 'zod';
import type { Hex } from '../../protocol/hex.ts';
import { partiesTo } from '../../store/queries/involved.ts';
import type { Recorded } from '../../store/queries/recorded.ts';
import type { Db } from '../../store/schema.ts';
import type { Access } from '../access.ts';
import { feedOf, type News, type Place } from '../live/feed.ts';
import { follow } from '../live/follow.ts';
import { Seats } from '../live/seats.ts';
import { answer, route, type ServerEvent } from '../route.ts';
import { type LedgerNews, ledgerNews } from '../schemas/events.ts';

const seats = new Seats('connections', 500);
/** Sessions end, and what somebody may read changes: whoever connects again is asked again. */
const LONGEST_MS = 5 * 60_000;

export const getEvents = route({
  method: 'get',
  path: '/v1/events',
  operationId: 'followLedger',
  summary: 'What is recorded, as it happens',
  description:
    'Server-sent events (WHATWG HTML): one for each change of the newest block or of what is final, named `ledger`, with ' +
    'JSON as its data. The first comes at once. Every 15 s without any there is a comment. The server ends a connection ' +
    'after five minutes: connect again with the id of the last event as `Last-Event-ID` (browsers do), and nothing is ' +
    'missed. At most 500 connections at a time; beyond that it is 429 with Retry-After.',
  tags: ['protocol'],
  access: 'own',
  query: z.strictObject({
    after: z
      .string()
      .regex(/^\d{1,12}-0x[0-9a-f]{64}$/, 'expected the id of an event')
      .optional()
      .describe('The id of the last event, for those who cannot send `Last-Event-ID`.'),
  }),
  responses: {
    200: { description: 'Events, until you hang up.', schema: ledgerNews, events: true },
  },
  errors: ['database-unavailable'],
  cache: 'no-store',
  handler: async ({ db, stopping }, { query: { after } }, { signal, access, onEnd, lastEventId }) => {
    // Asked here, because the answer begins before there is anything to ask of.
    access.sees([]);
    const place = placeOf(lastEventId ?? after);
    onEnd(seats.take());
    const until = AbortSignal.any([signal, stopping, AbortSignal.timeout(LONGEST_MS)]);
    return answer(200, events({ db, access }, place, until));
  },
});

type Reading = { readonly db: Db; readonly access: Access };

async function* events(
  reading: Reading,
  place: Place | null,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent<LedgerNews> | null> {
  for await (const news of follow(feedOf(reading.db), place, signal))
    yield news && {
      ...{ id: `${news.block.number}-${news.block.hash}`, event: 'ledger' },
      data: await told(reading, news),
    };
}

async function told({ db, access }: Reading, news: News): Promise<LedgerNews> {
  if (news.statements === null || access.parties === null)
    return { ...news, statements: news.statements && [...news.statements] };
  const seen: Recorded[] = [];
  for (const statement of news.statements)
    if (access.sees([statement.author]) || access.sees(await partiesTo(db, statement.id)))
      seen.push(statement);
  return { ...news, statements: seen };
}

/** What is no id of an event is no place: the reader starts where the index is. */
function placeOf(id: string | undefined): Place | null {
  const found = /^(\d{1,12})-(0x[0-9a-f]{64})$/.exec(id ?? '');
  return found ? { number: Number(found[1]), hash: found[2] as Hex } : null;
}
