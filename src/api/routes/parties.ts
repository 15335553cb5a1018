import { z } from 'zod';
import { facilityKinds } from '../../protocol/codes.ts';
import { type Hex, partySubject } from '../../protocol/hex.ts';
import { attestationsOn } from '../../store/queries/attestations.ts';
import { facilityById, listFacilities, quotasOf } from '../../store/queries/facilities.ts';
import { holdingsOf } from '../../store/queries/holdings.ts';
import { delegationsOf, keyProposalsOf, keysOf, presentKey } from '../../store/queries/keys.ts';
import { listParties, partyById } from '../../store/queries/parties.ts';
import { ProblemError } from '../problems.ts';
import { answer, route } from '../route.ts';
import { termsOf } from '../schemas/common.ts';
import {
  delegationPage,
  facilityDetail,
  facilityPage,
  holdings,
  partyDetail,
  partyPage,
} from '../schemas/parties.ts';
import { attestationSummaryView, idsInAttestations } from '../views/attestations.ts';
import { delegationView, keysView } from '../views/keys.ts';
import { namesOf } from '../views/names.ts';
import {
  facilityDetailView,
  facilitySummaryView,
  partyDetailView,
  partySummaryView,
} from '../views/parties.ts';
import { accountParam, idParam, pageNewestFirst, pageOfQuery, pageQuery, wholeNumber } from './inputs.ts';

export const listPartiesRoute = route({
  method: 'get',
  path: '/v1/parties',
  operationId: 'listParties',
  summary: 'Parties, newest first',
  description: 'Organisations that the registrar admitted.',
  tags: ['parties and facilities'],
  access: 'party',
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
  description:
    "With the key that signs for it and those before, its facilities, its accreditations, the registrar's acts, and what " +
    'auditors say of it.',
  tags: ['parties and facilities'],
  access: 'own',
  params: z.object({ party: accountParam }),
  responses: { 200: { description: 'The party.', schema: partyDetail } },
  errors: ['unknown-party', 'database-unavailable'],
  handler: async ({ db, clock }, { params: { party } }, { access }) => {
    access.requireSome([party]);
    const [row, attestations, keys, proposals] = await Promise.all([
      partyById(db, party),
      attestationsOn(db, [partySubject(party)]),
      keysOf(db, party),
      keyProposalsOf(db, party),
    ]);
    if (!row) throw unknownParty(party);
    const names = await namesOf(
      db,
      { parties: [], facilities: row.facilities },
      idsInAttestations(attestations),
    );
    const summaries = attestations.map((attestation) => attestationSummaryView(attestation, names, clock()));
    const more = { ...keysView(keys, proposals), attestations: summaries };
    return answer(200, partyDetailView(row, names, more));
  },
});

export const getHoldings = route({
  method: 'get',
  path: '/v1/parties/:party/holdings',
  operationId: 'getHoldings',
  summary: 'How many lots a party holds, expects and has sent',
  description: 'The lots themselves: /v1/lots with `custodian` and `status`, or with `consignee`.',
  tags: ['parties and facilities'],
  access: 'own',
  params: z.object({ party: accountParam }),
  responses: { 200: { description: 'The numbers.', schema: holdings } },
  errors: ['unknown-party', 'database-unavailable'],
  handler: async ({ db }, { params: { party } }, { access }) => {
    access.requireSome([party]);
    if (!(await presentKey(db, party))) throw unknownParty(party);
    return answer(200, await holdingsOf(db, party));
  },
});

export const listDelegationsRoute = route({
  method: 'get',
  path: '/v1/parties/:party/delegations',
  operationId: 'listDelegations',
  summary: 'What a party let others sign, newest first',
  description:
    'Every delegation, also those that ended. The last one to an account counts, as long as the key that signed it is the ' +
    "party's.",
  tags: ['parties and facilities'],
  access: 'own',
  params: z.object({ party: accountParam }),
  query: z.strictObject({ delegate: accountParam.optional(), ...pageQuery }),
  responses: { 200: { description: 'A page of delegations.', schema: delegationPage } },
  errors: ['unknown-party', 'database-unavailable'],
  handler: async ({ db, clock }, { params: { party }, query: { delegate, ...paging } }, { access }) => {
    access.requireSome([party]);
    const [key, rows] = await Promise.all([presentKey(db, party), delegationsOf(db, party)]);
    if (!key) throw unknownParty(party);
    const latest = new Set([...new Map(rows.map((row) => [row.delegate, row.id])).values()]);
    const shown = rows
      .filter((row) => (delegate ?? row.delegate) === row.delegate)
      .map((row) => delegationView(row, !latest.has(row.id), clock()));
    return answer(200, pageNewestFirst(shown, paging));
  },
});

export const listFacilitiesRoute = route({
  method: 'get',
  path: '/v1/facilities',
  operationId: 'listFacilities',
  summary: 'Facilities, newest first',
  description: 'Sites that parties operate. Filters narrow the list together.',
  tags: ['parties and facilities'],
  access: 'party',
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
  access: 'own',
  params: z.object({ facility: idParam }),
  responses: { 200: { description: 'The facility.', schema: facilityDetail } },
  errors: ['unknown-facility', 'database-unavailable'],
  handler: async ({ db, clock }, { params: { facility } }, { access }) => {
    const [row, quotas, attestations] = await Promise.all([
      facilityById(db, facility),
      quotasOf(db, facility),
      attestationsOn(db, [facility]),
    ]);
    if (!row) throw new ProblemError('unknown-facility', `There is no facility ${facility} on this ledger.`);
    access.requireSome([row.operator]);
    const names = await namesOf(db, { parties: [], facilities: [facility] }, idsInAttestations(attestations));
    const summaries = attestations.map((attestation) => attestationSummaryView(attestation, names, clock()));
    return answer(200, facilityDetailView(row, names, { quotas, attestations: summaries }));
  },
});

function unknownParty(party: Hex): ProblemError {
  return new ProblemError('unknown-party', `There is no party ${party} on this ledger.`);
}
