import { type ReadGrant, readGrantId } from '../../protocol/read-grant.ts';
import { ledgerDomain } from '../../protocol/statements.ts';
import { grantsOf, putGrant } from '../../store/grants.ts';
import { isSignedFor } from '../intake/authority.ts';
import { requireAbout } from '../intake/disclosure.ts';
import { ProblemError } from '../problems.ts';
import { requireReader } from '../reader.ts';
import { answer, route } from '../route.ts';
import { grantInput, grantList, type ReadGrantView, readGrant } from '../schemas/grants.ts';

export const postGrant = route({
  method: 'post',
  path: '/v1/grants',
  operationId: 'grantReading',
  summary: 'Let another party read what you may read',
  description:
    'For auditors, where reading is for parties alone (`READ_ACCESS=parties`): signed by the party’s own key, until a date. ' +
    'Fields of evidence are shared apart from it, one by one.',
  tags: ['sessions'],
  access: 'anybody',
  body: grantInput,
  responses: { 200: { description: 'The grant.', schema: readGrant } },
  errors: [
    'grant-stale',
    'disclosure-time',
    'signature-invalid',
    'chain-unavailable',
    'database-unavailable',
    'read-only',
  ],
  cache: 'no-store',
  handler: async (context, { body: { message, signature } }) => {
    const { db, clock, ledger } = context;
    requireAbout(message.issuedAt, clock());
    const digest = readGrantId(ledgerDomain(ledger.chainId, ledger.address), message);
    if (!(await isSignedFor(context, { party: message.party, scopes: 0 }, { digest, signature })))
      throw new ProblemError('signature-invalid', `The grant is not signed by the key of ${message.party}.`);
    if (!(await putGrant(db, message, signature)))
      throw new ProblemError('grant-stale', 'A later grant of that party to that reader is kept already.');
    return answer(200, grantView(message, clock()));
  },
});

export const listGrantsRoute = route({
  method: 'get',
  path: '/v1/grants',
  operationId: 'listGrants',
  summary: 'Whom you let read, and who lets you',
  description: 'For the party that is signed in, the last one first; those that ended as well.',
  tags: ['sessions'],
  access: 'party',
  responses: { 200: { description: 'The grants.', schema: grantList } },
  errors: ['sign-in-required', 'session-invalid', 'database-unavailable'],
  cache: 'no-store',
  handler: async ({ db, clock }, _input, { reader }) => {
    const grants = await grantsOf(db, requireReader(reader).party);
    return answer(200, { items: grants.map((grant) => grantView(grant, clock())) });
  },
});

function grantView(grant: ReadGrant, now: number): ReadGrantView {
  return { ...grant, standing: now < grant.validUntil ? 'in-force' : 'ended' };
}
