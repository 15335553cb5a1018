import { z } from 'zod';
import { sitesOfLot } from '../../provenance/summary.ts';
import { provenanceOf } from '../../store/queries/provenance.ts';
import { certificateJson } from '../../verification/certificate.ts';
import type { Policy } from '../../verification/policy.ts';
import { certificateOf } from '../certifying.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { answer, route } from '../route.ts';
import { origins } from '../schemas/lots.ts';
import { policyDetail, policyPage } from '../schemas/policies.ts';
import { namesOf } from '../views/names.ts';
import { idsInSites, originsView } from '../views/origins.ts';
import { policyDetailView, policySummaryView } from '../views/policies.ts';
import { lotParams, unknownLot } from './lots.ts';

export const getOrigins = route({
  method: 'get',
  path: '/v1/lots/:lot/origins',
  operationId: 'getLotOrigins',
  summary: 'Where a lot comes from',
  description:
    'Each material of the lot, divided exactly among the facilities where it entered the ledger, and every site that ' +
    'it passed. `declare` is stock whose origin is not on the ledger.',
  tags: ['provenance'],
  access: 'own',
  params: lotParams,
  responses: { 200: { description: 'The origins.', schema: origins } },
  errors: ['unknown-lot', 'database-unavailable'],
  handler: async ({ db }, { params: { lot } }, { access }) => {
    const provenance = await provenanceOf(db, lot);
    if (!provenance) throw unknownLot(lot);
    const sites = sitesOfLot(provenance);
    const mentioned = idsInSites(sites);
    access.requireAll(mentioned.parties);
    const names = await namesOf(db, mentioned);
    return answer(200, originsView(lot, { provenance, sites }, names));
  },
});

export const getCertificate = route({
  method: 'get',
  path: '/v1/lots/:lot/certificate',
  operationId: 'getLotCertificate',
  summary: 'What a policy says of a lot',
  description:
    'The verdict with every rule, finding and origin it rests on, as of the newest indexed block. Without `policy` the ' +
    'first of /v1/policies is meant. A verdict is "meets", "does not meet" or "not enough evidence" under that policy; ' +
    'it never claims that a law is complied with. A void lot, whose production was corrected, meets none: its certificate ' +
    'says so first. A long history is told by site instead of step by step (`told`).',
  tags: ['provenance'],
  access: 'anybody',
  params: lotParams,
  query: z.strictObject({ policy: z.string().max(200).optional().describe('An id of /v1/policies.') }),
  responses: {
    200: { description: 'The certificate.', schema: certificateJson.meta({ id: 'Certificate' }) },
  },
  errors: ['unknown-lot', 'unknown-policy', 'database-unavailable'],
  handler: async (context, { params: { lot }, query }) => {
    const policy = requirePolicy(context, query.policy);
    const certificate = await certificateOf(context.db, lot, policy);
    if (!certificate) throw unknownLot(lot);
    return answer(200, certificate);
  },
});

export const listPolicies = route({
  method: 'get',
  path: '/v1/policies',
  operationId: 'listPolicies',
  summary: 'Policies that a certificate can be asked under',
  description: 'All of them, in one page. The first is the one that is meant where none is named.',
  tags: ['provenance'],
  access: 'anybody',
  responses: { 200: { description: 'The policies.', schema: policyPage } },
  errors: [],
  handler: async ({ policies }) => answer(200, { items: policies.map(policySummaryView), next: null }),
});

export const getPolicy = route({
  method: 'get',
  path: '/v1/policies/:policy',
  operationId: 'getPolicy',
  summary: 'One policy, rule by rule',
  description: 'Each rule with the clause that it rests on and the time in which it applies.',
  tags: ['provenance'],
  access: 'anybody',
  params: z.object({ policy: z.string().max(200).describe('An id of /v1/policies.') }),
  responses: { 200: { description: 'The policy.', schema: policyDetail } },
  errors: ['unknown-policy'],
  handler: async (context, { params }) =>
    answer(200, policyDetailView(requirePolicy(context, params.policy))),
});

/** The policy with that id; the first where none is named. @throws ProblemError */
export function requirePolicy({ policies }: Context, named: string | undefined): Policy {
  const id = named ?? policies[0]?.id ?? '';
  const policy = policies.find((candidate) => candidate.id === id);
  if (policy) return policy;
  const known = policies.map((candidate) => candidate.id).join(', ');
  throw new ProblemError('unknown-policy', `There is no policy "${id}". The policies are ${known}.`);
}
