import { z } from 'zod';
import { addressJson, bytes32Json } from '../../protocol/json.ts';
import { id, pageOf, partyRef, time } from './common.ts';

const subjectKind = z.enum(['facility', 'lot', 'party', 'dispatch', 'attestation']);

export const requestInput = z
  .strictObject({
    subject: z
      .union([bytes32Json, addressJson])
      .describe(
        'What lacks evidence: a facility, lot, dispatch or attestation by its id, or a party by its account.',
      ),
    lot: bytes32Json.optional().describe('The lot whose certificate says so.'),
    rule: z.string().min(1).max(100).optional().describe('The rule of the finding.'),
    message: z.string().trim().min(1).max(2_000).describe('What you ask for, for people.'),
    contact: z.string().trim().min(1).max(200).optional().describe('Where you can be reached, if you like.'),
  })
  .meta({
    id: 'RequestInput',
    examples: [
      {
        subject: `0x${'f1'.repeat(32)}`,
        lot: `0x${'5c'.repeat(32)}`,
        rule: 'smelters-audited',
        message: 'Please show the audit report of 2026.',
        contact: 'purchasing@buyer.example',
      },
    ],
  });

export type RequestInput = z.infer<typeof requestInput>;

const answer = z
  .object({
    kind: z.enum(['evidence', 'statement', 'declined']),
    id: id.nullable().describe('The root of the document, or the id of the statement.'),
    note: z.string().nullable(),
    answeredAt: time,
  })
  .meta({ id: 'RequestAnswer' });

export const request = z
  .object({
    id: id.describe('Keep it: who knows it can read what became of the request.'),
    subject: z.object({ kind: subjectKind, id: z.string() }),
    lot: id.nullable(),
    rule: z.string().nullable(),
    message: z.string(),
    contact: z.string().nullable(),
    asker: partyRef.nullable().describe('null = nobody was signed in.'),
    askedAt: time,
    answer: answer.nullable().describe('null = it is open.'),
  })
  .meta({ id: 'EvidenceRequest' });
export type EvidenceRequest = z.infer<typeof request>;
export const requestPage = pageOf('EvidenceRequestPage', request);
export type EvidenceRequestPage = z.infer<typeof requestPage>;

const note = z.string().trim().min(1).max(2_000).optional().describe('For people.');

export const answerInput = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('evidence'),
      id: bytes32Json.describe('The root of a document of yours that is kept here, shown as you decided.'),
      note,
    }),
    z.strictObject({ kind: z.literal('statement'), id: bytes32Json.describe('A statement of yours.'), note }),
    z.strictObject({ kind: z.literal('declined'), note }),
  ])
  .meta({ id: 'AnswerInput', examples: [{ kind: 'evidence', id: `0x${'5c'.repeat(32)}` }] });
export type AnswerInput = z.infer<typeof answerInput>;
