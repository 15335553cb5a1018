import { z } from 'zod';
import { facilityKinds } from '../../protocol/codes.ts';
import { partySubject } from '../../protocol/hex.ts';
import { attestationsOn } from '../../store/queries/attestations.ts';
import { facilityById, listFacilities, quotasOf } from '../../store/queries/facilities.ts';
import { listParties, partyById } from '../../store/queries/parties.ts';
import { ProblemError } from '../problems.ts';
import { answer, route } from '../route.ts';
import { termsOf } from '../schemas/common.ts';
import { facilityDetail, facilityPage, partyDetail, partyPage } from '../schemas/parties.ts';
import { attestationSummaryView, idsInAttestations } from '../views/attestations.ts';
import { namesOf } from '../views/names.ts';
import {
  facilityDetailView,
  facilitySummaryView,
  partyDetailView,
  partySummaryView,
} from '../views/parties.ts';
import { accountParam, idParam, pageOfQuery, pageQuery, wholeNumber } from './inputs.ts';

export const listPartiesRoute = route({
  method: 'get',
  path: '/v1/parties',
  operationId: 'listParties',
  summary: 'Parties, newest first',
  description: 'Organisations that the registrar admitted.',
  tags: ['parties and facilities'],
  query: z.strictObject(pageQuery),
  responses: { 200: { description: 'A page of parties.', schema: partyPage } },
  errors: ['database-unavailable'],
  handler: async ({ db }, { query }) => {
    const page = await listParties(db, pageOfQuery(query));
    return answer(200, { items: page.items.map(partySummaryView), next: page.next });
  },
});

export const getParty = route({
  method: 'get',
  path: '/v1/parties/:party',
  operationId: 'getParty',
  summary: 'One party',
  description: "With its facilities, its accreditations, the registrar's acts, and what auditors say of it.",
  tags: ['parties and facilities'],
  params: z.object({ party: accountParam }),
  responses: { 200: { description: 'The party.', schema: partyDetail } },
  errors: ['unknown-party', 'database-unavailable'],
  handler: async ({ db, clock }, { params: { party } }) => {
    const [row, attestations] = await Promise.all([
      partyById(db, party),
      attestationsOn(db, [partySubject(party)]),
    ]);
    if (!row) throw new ProblemError('unknown-party', `There is no party ${party} on this ledger.`);
    const names = await namesOf(
      db,
      { parties: [], facilities: row.facilities },
      idsInAttestations(attestations),
    );
    const summaries = attestations.map((attestation) => attestationSummaryView(attestation, names, clock()));
    return answer(200, partyDetailView(row, names, summaries));
  },
});

export const listFacilitiesRoute = route({
  method: 'get',
  path: '/v1/facilities',
  operationId: 'listFacilities',
  summary: 'Facilities, newest first',
  description: 'Sites that parties operate. Filters narrow the list together.',
  tags: ['parties and facilities'],
  query: z.strictObject({
    operator: accountParam.optional(),
    kind: termsOf(facilityKinds).optional(),
    country: wholeNumber(1, 999).optional().describe('ISO 3166-1 numeric.'),
    ...pageQuery,
  }),
  responses: { 200: { description: 'A page of facilities.', schema: facilityPage } },
  errors: ['database-unavailable'],
  handler: async ({ db }, { query: { limit, cursor, ...filter } }) => {
    const page = await listFacilities(db, filter, pageOfQuery({ limit, cursor }));
    const names = await namesOf(db, { parties: [], facilities: page.items.map((row) => row.id) });
    return answer(200, { items: page.items.map((row) => facilitySummaryView(row, names)), next: page.next });
  },
});

export const getFacility = route({
  method: 'get',
  path: '/v1/facilities/:facility',
  operationId: 'getFacility',
  summary: 'One facility',
  description: 'With its quotas, how much of them is used, and what auditors say of it.',
  tags: ['parties and facilities'],
  params: z.object({ facility: idParam }),
  responses: { 200: { description: 'The facility.', schema: facilityDetail } },
  errors: ['unknown-facility', 'database-unavailable'],
  handler: async ({ db, clock }, { params: { facility } }) => {
    const [row, quotas, attestations] = await Promise.all([
      facilityById(db, facility),
      quotasOf(db, facility),
      attestationsOn(db, [facility]),
    ]);
    if (!row) throw new ProblemError('unknown-facility', `There is no facility ${facility} on this ledger.`);
    const names = await namesOf(db, { parties: [], facilities: [facility] }, idsInAttestations(attestations));
    const summaries = attestations.map((attestation) => attestationSummaryView(attestation, names, clock()));
    return answer(200, facilityDetailView(row, names, { quotas, attestations: summaries }));
  },
});
