import { z } from 'zod';
import { scopes } from '../../protocol/codes.ts';
import { attestationSummary } from './attestations.ts';
import { account, content, facilityRef, id, milligrams, pageOf, partyRef, termsOf, time } from './common.ts';

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

const partyKey = z
  .object({
    number: z.int().describe('1 for the key that the party was admitted with.'),
    key: account,
    since: time.describe('When it was recorded.'),
    until: time.nullable().describe('null = it is the present one.'),
    by: z
      .enum(['admission', 'replacement', 'proposal'])
      .describe('`proposal`: the registrar gave it, 7 days unopposed.'),
    statement: id.nullable().describe('The key replacement; null where it was none.'),
  })
  .meta({ id: 'PartyKey' });

const keyProposal = z
  .object({
    key: account,
    effectiveAt: time.describe('From then on anyone can complete it; until then the party may object.'),
    proposedAt: time,
    evidence: id,
  })
  .meta({ id: 'KeyProposal', description: 'Another key, which the registrar proposes.' });

export const delegation = z
  .object({
    statement: id,
    delegate: account,
    scope: z.array(termsOf(scopes)).describe('The statement types that it may sign.'),
    validUntil: time.describe(
      'As signed: the first moment at which it may no longer; 0 ends what was delegated before.',
    ),
    endsAt: time.describe(
      '`validUntil`, or when a later delegation or another key of the party was recorded.',
    ),
    issuedAt: time,
    recordedAt: time,
    keyNumber: z.int().describe('Of the key that signed it.'),
    standing: z
      .enum(['in-force', 'lapsed', 'ended', 'replaced', 'key-replaced'])
      .describe(
        "Now, by the server's clock. `replaced`: by a later one; `key-replaced`: it went with the key.",
      ),
    final: z.boolean(),
  })
  .meta({ id: 'Delegation', description: 'What a party lets another account sign.' });
export type Delegation = z.infer<typeof delegation>;
export const delegationPage = pageOf('DelegationPage', delegation);

export const partyDetail = party
  .extend({
    key: account.describe('The account that signs for the party at present.'),
    keyNumber: z.int(),
    keys: z.array(partyKey).describe('Oldest first; the last is the present one.'),
    proposal: keyProposal.nullable().describe('The open proposal of another key.'),
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

export const holdings = z
  .object({
    held: z.int(),
    incoming: z.int().describe('On their way to a facility of the party.'),
    outgoing: z.int().describe('Sent by the party, and not yet received, refused or recalled.'),
  })
  .meta({ id: 'Holdings', description: 'How many lots a party has to do with at the moment.' });
export type Holdings = z.infer<typeof holdings>;

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
