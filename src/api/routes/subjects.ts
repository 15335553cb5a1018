import { z } from 'zod';
import { ZERO_BYTES32 } from '../../protocol/hex.ts';
import { indexHead } from '../../store/queries/head.ts';
import { listObservations, logsOn } from '../../store/queries/observations.ts';
import { trailOn } from '../../store/queries/trail.ts';
import { inSnapshot } from '../../store/transactions.ts';
import { requirePartyTo } from '../access.ts';
import { answer, route } from '../route.ts';
import { observationLogPage, observationPage, trail } from '../schemas/observations.ts';
import { namesOf } from '../views/names.ts';
import { logView, observationView, trailItems } from '../views/observations.ts';
import { accountParam, idParam, pageOfQuery, pageOldestFirst, pageQuery } from './inputs.ts';

const params = z.object({
  subject: idParam.describe(
    'A dispatch, lot, facility or production; a party as its account padded to 32 bytes.',
  ),
});
const logQuery = z.strictObject({
  observer: accountParam.optional().describe('The party that answers for the device.'),
  device: accountParam.optional().describe('The account that signed.'),
  ...pageQuery,
});

export const listObservationsRoute = route({
  method: 'get',
  path: '/v1/subjects/:subject/observations',
  operationId: 'listObservations',
  summary: 'What was observed of a subject, newest first',
  description:
    'Readings of devices and inspections. Each device keeps a log of its own on a subject; filters narrow the list to one. ' +
    'Nobody looks the subject up: a reading may come before its subject, and a subject that nobody observed has none.',
  tags: ['observations'],
  access: 'own',
  params,
  query: logQuery,
  responses: { 200: { description: 'A page of observations.', schema: observationPage } },
  errors: ['database-unavailable'],
  handler: async ({ db }, { params: { subject }, query: { limit, cursor, ...filter } }, { access }) => {
    await requirePartyTo(db, access, subject, [filter.observer ?? null]);
    const page = await listObservations(db, { subject, ...filter }, pageOfQuery({ limit, cursor }));
    const names = await namesOf(db, { parties: page.items.map(({ observer }) => observer), facilities: [] });
    return answer(200, { items: page.items.map((row) => observationView(row, names)), next: page.next });
  },
});

export const listLogsRoute = route({
  method: 'get',
  path: '/v1/subjects/:subject/logs',
  operationId: 'listObservationLogs',
  summary: 'The logs on a subject, in the order in which they began',
  description:
    'One for each device of each observer. `tail` is what the next observation of the log must name, and what `tail` of ' +
    'the contract answers: read back from there, a log is whole.',
  tags: ['observations'],
  access: 'own',
  params,
  query: logQuery,
  responses: { 200: { description: 'A page of logs.', schema: observationLogPage } },
  errors: ['database-unavailable'],
  handler: async (
    { db },
    { params: { subject }, query: { limit, cursor, observer, device } },
    { access },
  ) => {
    await requirePartyTo(db, access, subject, [observer ?? null]);
    const logs = (await logsOn(db, subject)).filter(
      (log) => (observer ?? log.observer) === log.observer && (device ?? log.device) === log.device,
    );
    const page = pageOldestFirst(logs, { limit, cursor });
    const names = await namesOf(db, { parties: page.items.map((log) => log.observer), facilities: [] });
    return answer(200, { items: page.items.map((row) => logView(row, names)), next: page.next });
  },
});

export const getTrail = route({
  method: 'get',
  path: '/v1/subjects/:subject/trail',
  operationId: 'getTrail',
  summary: 'Everything that was said of a subject',
  description:
    "Each attestation, each revocation and each log's first observation, oldest first, folded into one word. Ask the " +
    'contract for `trail(subject)`: where the two words differ at the same block, something was left out.',
  tags: ['observations'],
  access: 'own',
  params,
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'The trail.', schema: trail } },
  errors: ['database-unavailable'],
  handler: async ({ db }, { params: { subject }, query }, { access }) => {
    await requirePartyTo(db, access, subject);
    const { rows, head } = await inSnapshot(db, async (trx) => ({
      rows: await trailOn(trx, subject),
      head: await indexHead(trx),
    }));
    const all = trailItems(rows);
    const page = pageOldestFirst(all, query);
    const word = all.at(-1)?.trail ?? ZERO_BYTES32;
    return answer(200, { subject, trail: word, block: head?.number ?? 0, ...page });
  },
});
