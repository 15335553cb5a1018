import type { z } from 'zod';
import { toJson } from '../../protocol/json.ts';
import { sealedRowsOf } from '../../store/queries/sealed.ts';
import { SEAL_SCHEME } from '../../verification/sealed/content.ts';
import { ProblemError } from '../problems.ts';
import { answer, route } from '../route.ts';
import { sealed } from '../schemas/sealed.ts';
import { proveSealed, sealedContents } from '../views/sealed.ts';
import { lotParams, unknownLot } from './lots.ts';

export const getSealed = route({
  method: 'get',
  path: '/v1/lots/:lot/sealed',
  operationId: 'getSealedCertificate',
  summary: "A lot's certificate as an auditor sealed it",
  description:
    'For those who may not see who is upstream: verdict, answers, findings and shares, by country and kind of site, with ' +
    'the proof that an accredited auditor attested them, after running the full bundle. It names no site, party or ' +
    'statement that went into the lot, and the auditor is trusted for all of that. `lodebook verify FILE` checks it, ' +
    '`lodebook seal LOT` makes one; docs/sealed.md says how.',
  tags: ['provenance'],
  access: 'anybody',
  params: lotParams,
  responses: { 200: { description: 'The sealed certificate.', schema: sealed } },
  errors: ['unknown-lot', 'not-sealed', 'proofs-unavailable', 'chain-unavailable', 'database-unavailable'],
  cache: 'no-store',
  handler: async (context, { params: { lot } }) => {
    const rows = await sealedRowsOf(context.db, lot);
    if (!rows) throw unknownLot(lot);
    const contents = sealedContents({ ledger: context.ledger, lot }, rows);
    if (!contents)
      throw new ProblemError(
        'not-sealed',
        `No auditor has sealed a certificate of lot ${lot} (scheme ${SEAL_SCHEME}), or shown what it sealed.`,
      );
    const proven = await proveSealed(contents, await context.proofs(rows.asOf));
    const name = `lot-${lot.slice(2, 10)}.sealed.json`;
    const body = toJson(proven) as z.output<typeof sealed>;
    return answer(200, body, { 'Content-Disposition': `attachment; filename="${name}"` });
  },
});
