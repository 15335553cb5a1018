import { z } from 'zod';
import { type Hex, partyOfSubject } from '../../protocol/hex.ts';
import { impactOf } from '../../provenance/impact.ts';
import { type AttestationRow, attestationById } from '../../store/queries/attestations.ts';
import { facilityById } from '../../store/queries/facilities.ts';
import { type ImpactSubject, impactGraph } from '../../store/queries/impact.ts';
import { reachOf } from '../../verification/reach.ts';
import { type Access, requirePartyTo } from '../access.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { answer, type Call, route } from '../route.ts';
import { type ImpactLine, impactLine } from '../schemas/impact.ts';
import { impactLines } from '../views/impact.ts';
import { namesOf } from '../views/names.ts';
import { holdingsOf } from '../views/recall.ts';
import { idParam, timeParam } from './inputs.ts';
import { turns } from './recall.ts';

const LINES =
  'JSON lines, all of one block, as a recall has them: a line about the whole, then one per holder with one for each of its ' +
  'lots after it, and last `{"kind":"end"}`. Masses follow proportional blending, each milligram of a lot counted once.';

export const getFacilityImpact = route({
  method: 'get',
  path: '/v1/facilities/:facility/impact',
  operationId: 'getFacilityImpact',
  summary: 'Where the material of a site is now',
  description:
    'Every live lot that was made or received at the site, or descends from one that was, by holder, each with the mass that ' +
    `was there. Narrow it down with the times at which lots were made or received. ${LINES}`,
  tags: ['provenance'],
  access: 'own',
  params: z.object({ facility: idParam }),
  query: z.strictObject({
    from: timeParam.optional().describe('Made or received from then on, as stated.'),
    until: timeParam.optional().describe('Made or received before then.'),
  }),
  responses: { 200: { description: 'One JSON object a line.', schema: impactLine, lines: true } },
  errors: ['unknown-facility', 'recall-too-large', 'database-unavailable'],
  handler: async (context, { params: { facility }, query }, call) => {
    await requirePartyTo(context.db, call.access, facility);
    if (!(await facilityById(context.db, facility)))
      throw new ProblemError('unknown-facility', `There is no facility ${facility} on this ledger.`);
    const { from = 0, until = EVER } = query;
    return answer(200, await linesOf(context, { kind: 'facility', id: facility, from, until }, call));
  },
});

export const getAttestationImpact = route({
  method: 'get',
  path: '/v1/attestations/:attestation/impact',
  operationId: 'getAttestationImpact',
  summary: 'What an attestation, or its end, touches',
  description:
    'Every live lot with material that was made or received at the site (or at any site of the party) while the attestation ' +
    'counted: of one that is not conformant, or an alert, from `validFrom` until it ends; of a conformant one, while it is in ' +
    'force; once that is revoked, from the revocation’s date until it would have ended, which is what it no longer covers. Of an ' +
    `attestation on a lot: all that was made of the lot. ${LINES}`,
  tags: ['provenance'],
  access: 'own',
  params: z.object({ attestation: idParam }),
  responses: { 200: { description: 'One JSON object a line.', schema: impactLine, lines: true } },
  errors: ['unknown-attestation', 'recall-too-large', 'database-unavailable'],
  handler: async (context, { params: { attestation } }, call) => {
    await requirePartyTo(context.db, call.access, attestation);
    const row = await attestationById(context.db, attestation);
    if (!row)
      throw new ProblemError('unknown-attestation', `There is no attestation ${attestation} on this ledger.`);
    return answer(200, await linesOf(context, subjectOf(row), call));
  },
});

/** No time that a statement can hold comes after it. */
const EVER = 2 ** 40;

function subjectOf(row: AttestationRow): ImpactSubject {
  const { subjectKind: kind, subject } = row;
  if (kind === 'lot') return { kind, id: subject };
  return { kind, id: kind === 'party' ? partyOfSubject(subject) : subject, ...reachOf(row) };
}

async function linesOf(
  context: Context,
  subject: ImpactSubject,
  { signal, onEnd, access }: Call,
): Promise<Iterable<ImpactLine>> {
  const giveBack = await turns.take(signal);
  try {
    return await impactIn(context, subject, access);
  } finally {
    onEnd(giveBack);
  }
}

async function impactIn(
  { db }: Context,
  subject: ImpactSubject,
  access: Access,
): Promise<Iterable<ImpactLine>> {
  const found = await impactGraph(db, subject);
  if (!found) throw new ProblemError('index-moved', 'The index is being folded again.');
  const impact = impactOf(found.graph);
  const holdings = holdingsOf(impact);
  const parties: readonly Hex[] = holdings.map(({ party }) => party);
  access.requireAll(parties);
  const names = await namesOf(db, { parties, facilities: [] });
  const made = found.graph.seeds.length;
  return impactLines({ subject, impact, holdings, made, asOf: found.asOf, ever: EVER }, names);
}
