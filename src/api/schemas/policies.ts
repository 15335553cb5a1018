import { z } from 'zod';
import { id, pageOf, time } from './common.ts';

const policy = z.object({
  id: z.string().describe('What `?policy=` takes.'),
  version: z.string(),
  name: z.string(),
  source: z.string(),
  hash: id.describe('Of all that the policy says: a certificate names it.'),
});

export const policySummary = policy.meta({ id: 'PolicySummary' });
export type PolicySummary = z.infer<typeof policySummary>;
export const policyPage = pageOf('PolicyPage', policySummary);

export const policyDetail = policy
  .extend({
    rules: z.array(
      z.object({
        id: z.string(),
        clause: z.string(),
        question: z.string(),
        source: z.string(),
        note: z.string().nullable(),
        unverified: z.boolean().describe('Some of it is general knowledge that nobody has checked.'),
        indicator: z.boolean().describe('It shows what it finds, and its answer does not count.'),
        validFrom: time,
        validUntil: time.nullable().describe('null = until further notice.'),
      }),
    ),
  })
  .meta({ id: 'PolicyDetail' });
export type PolicyDetail = z.infer<typeof policyDetail>;
