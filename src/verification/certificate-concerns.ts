import { z } from 'zod';
import { addressJson, bytes32Json, timeJson } from '../protocol/json.ts';
import { partyJson, siteJson } from './certificate-terms.ts';

/** What a party can raise in an observation, by the evidence field `concern.kind`. */
export const concernKinds = ['alert', 'dispute', 'grievance'] as const;

const answerJson = z.strictObject({
  observation: bytes32Json,
  by: partyJson,
  answer: z.string().nullable().describe('`concern.answer`, as its evidence discloses it'),
  closes: z.boolean().describe('It is of whoever raised the concern, and says `concern.closed`'),
  recordedAt: timeJson,
});

/**
 * An alert, a dispute or a grievance that a party recorded as an observation of something that the material passed. It is what
 * that party says: nobody has judged it. Closed: whoever raised it says so; answered: somebody has replied.
 */
export const concernJson = z.strictObject({
  observation: bytes32Json,
  kind: z.enum(concernKinds),
  summary: z.string().nullable().describe('`concern.summary`, as its evidence discloses it'),
  subject: bytes32Json,
  about: z.enum(['site', 'lot', 'delivery', 'production']),
  sites: z.array(siteJson),
  raisedBy: partyJson,
  device: addressJson,
  from: timeJson,
  until: timeJson,
  recordedAt: timeJson,
  status: z.enum(['open', 'answered', 'closed']),
  answers: z.array(answerJson),
});

/** All that are disclosed, by when they were recorded. */
export const concernsJson = z.strictObject({
  raised: z.array(concernJson),
  undisclosed: z
    .int()
    .describe(
      'Observations of the sites passed and of the lot itself that name a document which shows no `concern.kind`: whether they raise one, nobody has shown',
    ),
  mayLack: z
    .boolean()
    .describe('A long history, told by site: those of single lots and deliveries before it may be lacking'),
});
export type CertificateConcern = z.infer<typeof concernJson>;
export type CertificateConcerns = z.infer<typeof concernsJson>;
