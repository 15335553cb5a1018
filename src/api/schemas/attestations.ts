import { z } from 'zod';
import { outcomes } from '../../protocol/codes.ts';
import { account, id, pageOf, partyRef, termsOf, time } from './common.ts';

const summary = z.object({
  id,
  auditor: partyRef,
  subject: z.object({
    kind: z.enum(['lot', 'facility', 'party']),
    id: z.string().describe('A lot or facility id, or the party’s account.'),
    name: z.string().nullable(),
  }),
  scheme: z.string(),
  outcome: termsOf(outcomes),
  validFrom: time,
  validUntil: time.describe('As signed.'),
  endsAt: time.describe('`validUntil`, or the earliest date that a revocation gave.'),
  recordedAt: time,
  standing: z
    .enum(['in-force', 'not-yet', 'lapsed', 'revoked'])
    .describe("Now, by the server's clock: `revoked` once a revocation's date has passed."),
});

export const attestationSummary = summary.meta({ id: 'AttestationSummary' });
export type AttestationSummary = z.infer<typeof attestationSummary>;
export const attestationPage = pageOf('AttestationPage', attestationSummary);

export const attestationDetail = summary
  .extend({
    evidence: id,
    accredited: z.boolean().describe('Whether the auditor is accredited for the scheme at present.'),
    revocations: z.array(
      z.object({ id, author: account, effectiveAt: time, recordedAt: time, evidence: id }),
    ),
    final: z.boolean(),
  })
  .meta({ id: 'AttestationDetail' });
export type AttestationDetail = z.infer<typeof attestationDetail>;
