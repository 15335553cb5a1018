import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Hex, partyOfSubject, partySubject } from '../../protocol/hex.ts';
import { evidenceOf } from '../../store/evidence.ts';
import { evidenceAuthor } from '../../store/queries/evidence-author.ts';
import {
  addRequest,
  answerRequest,
  concernedBy,
  listRequests,
  type NewRequest,
  type RequestRow,
  requestById,
  requestsSince,
} from '../../store/requests.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { requireReader } from '../reader.ts';
import { answer, route } from '../route.ts';
import {
  type AnswerInput,
  answerInput,
  type EvidenceRequest,
  request,
  requestInput,
  requestPage,
} from '../schemas/requests.ts';
import { type Names, namesOf } from '../views/names.ts';
import { idParam, pageOfQuery, pageQuery } from './inputs.ts';

const DAY = 86_400;
/** In a day: of one party, and of all strangers together to one party. */
const MOST_PER_DAY = { party: 50, strangers: 50 } as const;

export const postRequest = route({
  method: 'post',
  path: '/v1/requests',
  operationId: 'askForEvidence',
  summary: 'Ask for what is missing',
  description:
    'From a finding of a certificate: the request reaches the party whose site, lot, dispatch or attestation lacks the ' +
    'evidence, whether its name is shown or not. Anybody may ask; who is signed in asks as its party. A party may ask 50 ' +
    'times a day, all strangers together 50 times a day of one party, and each address 30 times an hour.',
  tags: ['requests'],
  access: 'anybody',
  body: requestInput,
  responses: { 201: { description: 'The request.', schema: request } },
  errors: ['unknown-subject', 'session-invalid', 'database-unavailable', 'read-only'],
  cache: 'no-store',
  handler: async (context, { body }, { reader }) => {
    const { db, clock } = context;
    const subject = body.subject.length === 42 ? partySubject(body.subject) : body.subject;
    const concerned = await concernedBy(db, subject);
    if (!concerned)
      throw new ProblemError('unknown-subject', `The ledger has nothing of the id ${body.subject}.`);
    const asker = reader?.party ?? null;
    await requireFew(context, { asker, addressee: concerned.addressee });
    const added: NewRequest = {
      ...concerned,
      ...{ id: `0x${randomBytes(32).toString('hex')}` as const, asker, askedAt: clock() },
      ...{ lot: body.lot ?? null, rule: body.rule ?? null },
      ...{ message: body.message, contact: body.contact ?? null },
    };
    await addRequest(db, added);
    const view = requestView({ ...added, answer: null }, await namesFor(context, [added]));
    return answer(201, view, { Location: `/v1/requests/${added.id}` });
  },
});

export const getRequest = route({
  method: 'get',
  path: '/v1/requests/:id',
  operationId: 'getRequest',
  summary: 'What became of a request',
  description: 'For who knows its id: the one who asked, and the one who was asked.',
  tags: ['requests'],
  access: 'anybody',
  params: z.object({ id: idParam }),
  responses: { 200: { description: 'The request, with its answer.', schema: request } },
  errors: ['unknown-request', 'session-invalid', 'database-unavailable'],
  cache: 'no-store',
  handler: async (context, { params: { id } }) => {
    const row = await requireRequest(context, id);
    return answer(200, requestView(row, await namesFor(context, [row])));
  },
});

export const listRequestsRoute = route({
  method: 'get',
  path: '/v1/requests',
  operationId: 'listRequests',
  summary: 'Requests to you, or of yours, newest first',
  description: 'For the party that is signed in.',
  tags: ['requests'],
  access: 'party',
  query: z.strictObject({
    box: z.enum(['received', 'sent']).default('received'),
    open: z.enum(['true', 'false']).default('false').describe('`true`: those alone that have no answer.'),
    ...pageQuery,
  }),
  responses: { 200: { description: 'A page of requests.', schema: requestPage } },
  errors: ['sign-in-required', 'session-invalid', 'database-unavailable'],
  cache: 'no-store',
  handler: async (context, { query: { box, open, ...paging } }, { reader }) => {
    const { party } = requireReader(reader);
    const which = { party, box, open: open === 'true' };
    const page = await listRequests(context.db, which, pageOfQuery(paging));
    const names = await namesFor(context, page.items);
    return answer(200, { items: page.items.map((row) => requestView(row, names)), next: page.next });
  },
});

export const postAnswer = route({
  method: 'post',
  path: '/v1/requests/:id/answer',
  operationId: 'answerRequest',
  summary: 'Answer a request',
  description:
    'The answer is what the party itself disclosed or stated: the root of a document, or a statement, of its own; or that it ' +
    'declines. It is said once. Certificates read evidence and statements, not answers: they change by themselves.',
  tags: ['requests'],
  access: 'party',
  params: z.object({ id: idParam }),
  body: answerInput,
  responses: { 200: { description: 'The request, with its answer.', schema: request } },
  errors: [
    'sign-in-required',
    'session-invalid',
    'unknown-request',
    'request-answered',
    'answer-not-own',
    'database-unavailable',
    'read-only',
  ],
  cache: 'no-store',
  handler: async (context, { params: { id }, body }, { reader }) => {
    const { party } = requireReader(reader);
    const row = await requireRequest(context, id);
    if (row.addressee !== party)
      throw new ProblemError('unknown-request', `There is no request ${id} to ${party}.`);
    await requireOwn(context, party, body);
    const said = { kind: body.kind, id: 'id' in body ? body.id : null, note: body.note ?? null };
    const given = { ...said, answeredAt: context.clock() };
    if (!(await answerRequest(context.db, id, given)))
      throw new ProblemError('request-answered', `Request ${id} has an answer already.`);
    return answer(200, requestView({ ...row, answer: given }, await namesFor(context, [row])));
  },
});

async function requireRequest({ db }: Context, id: Hex): Promise<RequestRow> {
  const row = await requestById(db, id);
  if (row) return row;
  throw new ProblemError('unknown-request', `There is no request ${id}.`);
}

async function requireFew(
  { db, clock }: Context,
  who: Pick<NewRequest, 'asker' | 'addressee'>,
): Promise<void> {
  const most = who.asker === null ? MOST_PER_DAY.strangers : MOST_PER_DAY.party;
  if ((await requestsSince(db, who, clock() - DAY)) < most) return;
  const detail =
    who.asker === null
      ? `Strangers asked that party ${most} times in the last day. Sign in, or ask again tomorrow.`
      : `You asked ${most} times in the last day. Ask again tomorrow.`;
  throw new ProblemError('rate-limited', detail, { retryAfter: 3_600 });
}

/** What is answered with has to be the party's own word. */
async function requireOwn({ db, outbox }: Context, party: Hex, body: AnswerInput): Promise<void> {
  if (body.kind === 'evidence') {
    const [kept, whose] = [await evidenceOf(db, body.id), await evidenceAuthor(db, body.id)];
    if (!kept || whose?.by !== 'party' || whose.party !== party)
      throw new ProblemError('answer-not-own', `No document ${body.id} of ${party} is kept here.`);
  }
  if (body.kind === 'statement') {
    const status = await outbox.statusOf(body.id);
    if (status?.author !== party || status.status === 'rejected')
      throw new ProblemError('answer-not-own', `There is no statement ${body.id} of ${party}.`);
  }
}

function namesFor({ db }: Context, rows: readonly NewRequest[]): Promise<Names> {
  return namesOf(db, { parties: rows.flatMap(({ asker }) => asker ?? []), facilities: [] });
}

function requestView(row: RequestRow, names: Names): EvidenceRequest {
  const { id, kind, subject, lot, rule, message, contact, askedAt } = row;
  return {
    ...{ id, lot, rule, message, contact, askedAt },
    subject: { kind, id: kind === 'party' ? partyOfSubject(subject) : subject },
    asker: row.asker && names.party(row.asker),
    answer: row.answer && { ...row.answer },
  };
}
