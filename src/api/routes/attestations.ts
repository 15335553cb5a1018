import { z } from 'zod';
import { type Hex, partySubject, ZERO_BYTES32 } from '../../protocol/hex.ts';
import { attestationById, listAttestations } from '../../store/queries/attestations.ts';
import { requirePartyTo } from '../access.ts';
import { ProblemError } from '../problems.ts';
import { answer, route } from '../route.ts';
import { attestationDetail, attestationPage } from '../schemas/attestations.ts';
import { attestationDetailView, attestationSummaryView, idsInAttestations } from '../views/attestations.ts';
import { namesOf } from '../views/names.ts';
import { accountParam, idParam, pageOfQuery, pageQuery } from './inputs.ts';

export const listAttestationsRoute = route({
  method: 'get',
  path: '/v1/attestations',
  operationId: 'listAttestations',
  summary: 'Attestations, newest first',
  description: 'What auditors said of facilities, lots and parties. Filters narrow the list together.',
  tags: ['attestations'],
  access: 'own',
  query: z.strictObject({
    subject: z
      .union([idParam, accountParam])
      .optional()
      .describe("A facility's or a lot's id, or a party's account."),
    auditor: accountParam.optional(),
    scheme: z.string().max(256).optional(),
    ...pageQuery,
  }),
  responses: { 200: { description: 'A page of attestations.', schema: attestationPage } },
  errors: ['database-unavailable'],
  handler: async ({ db, clock }, { query: { limit, cursor, subject, ...filter } }, { access }) => {
    await requirePartyTo(db, access, subjectOf(subject) ?? ZERO_BYTES32, [filter.auditor ?? null]);
    const page = await listAttestations(
      db,
      { ...filter, subject: subjectOf(subject) },
      pageOfQuery({ limit, cursor }),
    );
    const names = await namesOf(db, idsInAttestations(page.items));
    const items = page.items.map((row) => attestationSummaryView(row, names, clock()));
    return answer(200, { items, next: page.next });
  },
});

export const getAttestation = route({
  method: 'get',
  path: '/v1/attestations/:attestation',
  operationId: 'getAttestation',
  summary: 'One attestation',
  description: 'With its revocations, and whether its auditor is still accredited.',
  tags: ['attestations'],
  access: 'own',
  params: z.object({ attestation: idParam }),
  responses: { 200: { description: 'The attestation.', schema: attestationDetail } },
  errors: ['unknown-attestation', 'database-unavailable'],
  handler: async ({ db, clock }, { params: { attestation } }, { access }) => {
    await requirePartyTo(db, access, attestation);
    const row = await attestationById(db, attestation);
    if (!row)
      throw new ProblemError('unknown-attestation', `There is no attestation ${attestation} on this ledger.`);
    const names = await namesOf(db, idsInAttestations([row]));
    return answer(200, attestationDetailView(row, names, clock()));
  },
});

function subjectOf(subject: Hex | undefined): Hex | undefined {
  return subject?.length === 42 ? partySubject(subject) : subject;
}
