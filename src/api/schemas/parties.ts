import { z } from 'zod';
import { attestationSummary } from './attestations.ts';
import { account, content, facilityRef, id, milligrams, pageOf, partyRef, time } from './common.ts';

const party = z.object({
  id: account,
  name: z.string().nullable().describe('The legal name, where evidence discloses it.'),
  lei: z.string().nullable().describe('Legal Entity Identifier, where evidence discloses it.'),
  status: z.enum(['active', 'suspended']),
  admittedAt: time,
  evidence: id.describe('Root of the evidence on who it is; zero = none.'),
});

export const partySummary = party.meta({ id: 'PartySummary' });
export type PartySummary = z.infer<typeof partySummary>;
export const partyPage = pageOf('PartyPage', partySummary);

export const partyDetail = party
  .extend({
    acts: z
      .array(z.object({ act: z.enum(['admit', 'suspend', 'reinstate']), evidence: id, recordedAt: time }))
      .describe("The registrar's, oldest first."),
    accreditations: z.array(
      z.object({
        scheme: z.string(),
        since: time,
        until: time.nullable().describe('null = still accredited.'),
      }),
    ),
    facilities: z.array(facilityRef),
    attestations: z.array(attestationSummary).describe('Those whose subject is this party.'),
  })
  .meta({ id: 'PartyDetail' });
export type PartyDetail = z.infer<typeof partyDetail>;

const facility = facilityRef.extend({
  operator: partyRef,
  coordinates: z
    .object({ latitude: z.number(), longitude: z.number() })
    .nullable()
    .describe('WGS 84, where evidence discloses it.'),
  evidence: id,
  recordedAt: time,
});

export const facilitySummary = facility.meta({ id: 'FacilitySummary' });
export type FacilitySummary = z.infer<typeof facilitySummary>;
export const facilityPage = pageOf('FacilityPage', facilitySummary);

export const quota = z
  .object({
    ...content.shape,
    milligrams: milligrams.describe('Granted: what may originate here in that UTC year.'),
    year: z.int(),
    used: milligrams,
    evidence: id.describe('Root of the evidence of the last grant.'),
    recordedAt: time,
  })
  .meta({ id: 'Quota' });
export type Quota = z.infer<typeof quota>;

export const facilityDetail = facility
  .extend({
    quotas: z.array(quota),
    attestations: z.array(attestationSummary).describe('Those whose subject is this facility.'),
    final: z.boolean(),
  })
  .meta({ id: 'FacilityDetail' });
export type FacilityDetail = z.infer<typeof facilityDetail>;
