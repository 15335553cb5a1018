import { z } from 'zod';
import type { Hex } from '../../protocol/hex.ts';
import { correctionOf } from '../../store/queries/corrections.ts';
import { requirePartyTo } from '../access.ts';
import type { Context } from '../context.ts';
import { refusalProblem, takeIn } from '../intake/accept.ts';
import { ProblemError } from '../problems.ts';
import { answer, type Call, route } from '../route.ts';
import { type StatementStatus, statementStatus } from '../schemas/statements.ts';
import { submission } from '../schemas/submission.ts';
import { statementView } from '../views/statements.ts';
import { WaitingRoom } from '../waiting.ts';
import { submissionExample } from './examples.ts';
import { idParam } from './inputs.ts';

const LONGEST_WAIT_MS = 30_000;
/** Of this process. */
const waitingRoom = new WaitingRoom(100);

export const postStatement = route({
  method: 'post',
  path: '/v1/statements',
  operationId: 'sendStatement',
  summary: 'Send a signed statement',
  description:
    'Anyone may send it; its signature says whose it is. It is checked in full, kept, and answered with 202; it is ' +
    'recorded moments later. The same statement sent again is answered with what became of it. With `wait=recorded` ' +
    'the answer is held for up to 30 s until the statement is recorded (201) or rejected (the problem); where too many ' +
    'wait already, it comes at once. What is refused on arrival is not kept. A statement may extend one that is ' +
    'accepted and not recorded yet: name its id as the head, or as previous; a delegate may sign as soon as its ' +
    'delegation is accepted.',
  tags: ['statements'],
  access: 'anybody',
  query: z.strictObject({
    wait: z.enum(['recorded']).optional().describe('Hold the answer until it is recorded.'),
  }),
  body: submission,
  example: { body: submissionExample },
  responses: {
    200: { description: 'It was recorded before.', schema: statementStatus },
    201: { description: 'It is recorded.', schema: statementStatus },
    202: { description: 'It is accepted, and will be recorded.', schema: statementStatus },
  },
  errors: [
    'evidence-mismatch',
    'record-by-too-far',
    'outbox-full',
    'chain-unavailable',
    'database-unavailable',
    'read-only',
  ],
  anyLedgerError: true,
  cache: 'no-store',
  handler: async (context, { body, query }, call) => {
    const taken = await takeIn(context, body);
    const { id, kind } = taken;
    const headers = { Location: `/v1/statements/${id}` };
    if (kind === 'accepted' && !query.wait) return answer(202, statementView(taken.status, null), headers);
    const status = query.wait ? await settled(context, id, call) : await statusOf(context, id);
    if (status.status === 'rejected' && status.refusal) throw refusalProblem(status.refusal);
    if (status.status === 'pending') return answer(202, status, headers);
    return answer(kind === 'known' ? 200 : 201, status, headers);
  },
});

export const getStatement = route({
  method: 'get',
  path: '/v1/statements/:id',
  operationId: 'getStatement',
  summary: 'What became of a statement',
  description:
    '`pending`, `recorded`, `final`, or `rejected` with the reason; whoever sent it, and whichever way it came. A final ' +
    'statement never changes, and may be cached; of a production `correctedBy` may be added, once.',
  tags: ['statements'],
  access: 'own',
  params: z.object({ id: idParam }),
  responses: { 200: { description: 'The statement and its state.', schema: statementStatus } },
  errors: ['unknown-statement', 'database-unavailable'],
  handler: async (context, { params: { id } }, { access }) => {
    const body = await statusOf(context, id);
    await requirePartyTo(context.db, access, id, [body.author]);
    // A production may be corrected later: that it was made stays, that it stands may not.
    const isFinal = body.status === 'final' && (body.type !== 'Production' || body.correctedBy !== null);
    return answer(200, body, isFinal ? { 'Cache-Control': 'public, max-age=31536000, immutable' } : {});
  },
});

async function statusOf({ outbox, db }: Context, id: Hex): Promise<StatementStatus> {
  const row = await outbox.statusOf(id);
  if (!row)
    throw new ProblemError('unknown-statement', `Neither the ledger nor the outbox knows statement ${id}.`);
  const isMade = row.statement.type === 'Production' && row.block !== null;
  return statementView(row, isMade ? await correctionOf(db, id) : null);
}

/** The status once it is no longer pending, or after the longest wait, or when the caller hangs up. */
function settled(context: Context, id: Hex, { signal }: Call): Promise<StatementStatus> {
  return waitingRoom.wait(
    () => statusOf(context, id),
    ({ status }) => status !== 'pending',
    { longestMs: LONGEST_WAIT_MS, signal: AbortSignal.any([signal, context.stopping]) },
  );
}
