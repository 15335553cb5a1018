import { z } from 'zod';
import { disclosed } from '../../protocol/evidence.ts';
import { evidenceOf, isRootNamed, putEvidence } from '../../store/evidence.ts';
import { ProblemError } from '../problems.ts';
import { answer, route } from '../route.ts';
import { evidenceDocument, evidenceInput } from '../schemas/evidence.ts';
import { evidenceView, rootOf } from '../views/evidence.ts';
import { idParam } from './inputs.ts';

export const postEvidence = route({
  method: 'post',
  path: '/v1/evidence',
  operationId: 'putEvidence',
  summary: 'Upload a document whose root the ledger names',
  description:
    "For evidence of the registrar's and accreditor's acts, and to show more fields of a document that is known. " +
    'Fields add up: what was disclosed once stays disclosed. Salts and values of hidden fields never need to leave ' +
    'their owner: send `{leaf}` for those.',
  tags: ['evidence'],
  body: evidenceInput,
  responses: { 200: { description: 'The document as it is kept now.', schema: evidenceDocument } },
  errors: [
    'evidence-mismatch',
    'evidence-undisclosed',
    'evidence-unnamed',
    'database-unavailable',
    'read-only',
  ],
  cache: 'no-store',
  handler: async ({ db, clock }, { body }) => {
    const document = { fields: body.fields };
    const root = rootOf(document, 'fields');
    if (disclosed(document).length === 0)
      throw new ProblemError('evidence-undisclosed', 'Every field of the document is hidden.');
    if (!(await isRootNamed(db, root)))
      throw new ProblemError(
        'evidence-unnamed',
        `Nothing on the ledger or in the outbox names the root ${root}.`,
      );
    return answer(200, evidenceView(await putEvidence(db, document, clock())));
  },
});

export const getEvidence = route({
  method: 'get',
  path: '/v1/evidence/:root',
  operationId: 'getEvidence',
  summary: 'A document, as far as it is disclosed',
  description: 'Anyone can check it: the Merkle root of its fields is the root that the statement names.',
  tags: ['evidence'],
  params: z.object({ root: idParam }),
  responses: { 200: { description: 'The document.', schema: evidenceDocument } },
  errors: ['unknown-evidence', 'database-unavailable'],
  handler: async ({ db }, { params: { root } }) => {
    const found = await evidenceOf(db, root);
    if (!found)
      throw new ProblemError('unknown-evidence', `No document with the root ${root} was uploaded here.`);
    return answer(200, evidenceView(found));
  },
});
