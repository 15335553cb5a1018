import { z } from 'zod';
import type { Hex } from '../../protocol/hex.ts';
import { lastDisclosure, sharedFieldsFor, sharedWith } from '../../store/disclosures.ts';
import { evidenceOf } from '../../store/evidence.ts';
import { inSnapshot } from '../../store/transactions.ts';
import type { Context } from '../context.ts';
import { takeDisclosure } from '../intake/disclosure.ts';
import { ProblemError } from '../problems.ts';
import { type Reader, requireReader } from '../reader.ts';
import { answer, route } from '../route.ts';
import { disclosureInput, evidenceDocument, fieldProof, sharedPage } from '../schemas/evidence.ts';
import { evidenceView, proofView, type SeenEvidence } from '../views/evidence.ts';
import { idParam, pageOfQuery, pageQuery } from './inputs.ts';

export const postEvidence = route({
  method: 'post',
  path: '/v1/evidence',
  operationId: 'discloseEvidence',
  summary: 'Decide who may see which field of a document',
  description:
    'Signed by the author of the document (whoever first named its root on the ledger) or its delegate, with the document. ' +
    'Each field that is listed is public from now on, or shared with the parties that are named, or hidden. What is public ' +
    'stays public; what is shared can be shared otherwise, or hidden again, though who saw it may have kept it. Values and ' +
    'salts of hidden fields never need to leave their owner: send `{leaf}` for those.',
  tags: ['evidence'],
  access: 'anybody',
  body: disclosureInput,
  responses: { 200: { description: 'The document, as everybody sees it now.', schema: evidenceDocument } },
  errors: [
    'evidence-mismatch',
    'evidence-unnamed',
    'disclosure-forbidden',
    'disclosure-stale',
    'disclosure-time',
    'field-public',
    'field-unknown',
    'signature-invalid',
    'chain-unavailable',
    'database-unavailable',
    'read-only',
  ],
  cache: 'no-store',
  handler: async (context, { body }) => {
    await takeDisclosure(context, body);
    return answer(200, evidenceView(await seenEvidence(context, body.message.root, null)));
  },
});

export const getEvidence = route({
  method: 'get',
  path: '/v1/evidence/:root',
  operationId: 'getEvidence',
  summary: 'A document, as far as you may see it',
  description:
    'Anyone can check it: the Merkle root of its fields is the root that the statement names. Who is signed in also sees ' +
    'what is shared with its party; the author sees with whom.',
  tags: ['evidence'],
  access: 'party',
  params: z.object({ root: idParam }),
  responses: { 200: { description: 'The document.', schema: evidenceDocument } },
  errors: ['unknown-evidence', 'session-invalid', 'database-unavailable'],
  handler: async (context, { params: { root } }, { reader }) =>
    answer(200, evidenceView(await seenEvidence(context, root, reader))),
});

export const getFieldProof = route({
  method: 'get',
  path: '/v1/evidence/:root/proof',
  operationId: 'proveField',
  summary: 'One field, proven against the root',
  description:
    'The field with its salt, and the way from its leaf to the root that the statement names. Whoever may see the field ' +
    'can pass the proof on: it needs no other field and no server.',
  tags: ['evidence'],
  access: 'party',
  params: z.object({ root: idParam }),
  query: z.strictObject({ path: z.string().min(1).max(200).describe('What the field is called.') }),
  example: { query: 'path=assay.method' },
  responses: { 200: { description: 'The field and its proof.', schema: fieldProof } },
  errors: ['unknown-evidence', 'field-not-shown', 'session-invalid', 'database-unavailable'],
  handler: async (context, { params: { root }, query: { path } }, { reader }) =>
    answer(200, proofView(await seenEvidence(context, root, reader), path)),
});

export const listSharedRoute = route({
  method: 'get',
  path: '/v1/shared',
  operationId: 'listShared',
  summary: 'What is shared with you, newest first',
  description:
    'The fields that authors share with the party that is signed in. Read them at /v1/evidence/{root}.',
  tags: ['evidence'],
  access: 'party',
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of fields.', schema: sharedPage } },
  errors: ['sign-in-required', 'session-invalid', 'database-unavailable'],
  cache: 'no-store',
  handler: async ({ db }, { query }, { reader }) => {
    const { party } = requireReader(reader);
    const { items, next } = await sharedWith(db, party, pageOfQuery(query));
    return answer(200, { items: [...items], next });
  },
});

/** @throws ProblemError `unknown-evidence` */
function seenEvidence({ db }: Context, root: Hex, reader: Reader | null): Promise<SeenEvidence> {
  return inSnapshot(db, async (trx) => {
    const found = await evidenceOf(trx, root);
    if (!found)
      throw new ProblemError('unknown-evidence', `No document with the root ${root} was uploaded here.`);
    const disclosedAt = (await lastDisclosure(trx, root))?.issuedAt ?? null;
    if (!reader) return { ...found, disclosedAt, shared: [] };
    return { ...found, disclosedAt, shared: await sharedFieldsFor(trx, root, reader.party) };
  });
}
