import { z } from 'zod';
import type { Hex } from '../../protocol/hex.ts';
import { passagesOfSummarised, sitesOfLot } from '../../provenance/summary.ts';
import { bundleRowsOf } from '../../store/queries/bundle.ts';
import { HistoryTooLarge } from '../../store/queries/history.ts';
import { provenanceOf } from '../../store/queries/provenance.ts';
import { type Bundle, MAX_RECORDS } from '../../verification/bundle/format.ts';
import type { Policy } from '../../verification/policy.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { answer, type Call, route } from '../route.ts';
import { bundle } from '../schemas/bundle.ts';
import { BundleTooLarge, bundleContents, bundleText, proveBundle } from '../views/bundle.ts';
import { certificateFile } from '../views/certificate-file.ts';
import { idsInSites } from '../views/origins.ts';
import { lotParams, unknownLot } from './lots.ts';
import { requirePolicy } from './provenance.ts';

const bundleQuery = z.strictObject({
  policy: z.string().max(200).optional().describe('An id of /v1/policies.'),
});
const bundleErrors = [
  'unknown-lot',
  'unknown-policy',
  'bundle-too-large',
  'proofs-unavailable',
  'chain-unavailable',
  'database-unavailable',
] as const;

export const getBundle = route({
  method: 'get',
  path: '/v1/lots/:lot/bundle',
  operationId: 'getLotBundle',
  summary: "A lot's certificate with everything that proves it",
  description:
    'All that is needed to check the certificate again, offline and without this server: the signed statements back to ' +
    'the origins, what was ever said of any subject in them, the evidence that is shown, and proofs of the ledger’s ' +
    'state at one block. `lodebook verify FILE` checks it; docs/verification.md says how anyone can. At most ' +
    `${MAX_RECORDS.toLocaleString('en')} statements and acts: a lot with a larger history has no full bundle.`,
  tags: ['provenance'],
  access: 'own',
  params: lotParams,
  query: bundleQuery,
  responses: {
    200: { description: 'The bundle.', schema: bundle, pieces: true },
  },
  errors: bundleErrors,
  cache: 'no-store',
  handler: async (context, { params: { lot }, query }, call) => {
    const proven = await provenBundle(context, lot, { policy: query.policy, call });
    return answer(200, bundleText(proven), attachment(`lot-${lot.slice(2, 10)}.bundle.json`));
  },
});

export const getCertificateFile = route({
  method: 'get',
  path: '/v1/lots/:lot/certificate.html',
  operationId: 'getLotCertificateFile',
  summary: "A lot's certificate as one file that checks itself",
  description:
    'One HTML file that holds the full bundle and its verifier. Opened from a disk, with no network, it checks itself and ' +
    'shows the certificate, ready for printing on A4. It loads nothing, and runs no script but its own. `lodebook verify ' +
    'FILE` checks it as well. About 1.1 MB, and what the bundle takes, within the limits of the bundle.',
  tags: ['provenance'],
  access: 'own',
  params: lotParams,
  query: bundleQuery,
  responses: {
    200: {
      description: 'The file.',
      schema: z.string().describe('HTML'),
      media: 'text/html',
      pieces: true,
    },
  },
  errors: [...bundleErrors, 'pages-not-built'],
  cache: 'no-store',
  handler: async (context, { params: { lot }, query }, call) => {
    const parts = await context.certificateParts();
    const proven = await provenBundle(context, lot, { policy: query.policy, call });
    const file = certificateFile(lot, parts, bundleText(proven));
    return answer(200, file, attachment(`lot-${lot.slice(2, 10)}.certificate.html`));
  },
});

function attachment(name: string): Record<string, string> {
  return { 'Content-Disposition': `attachment; filename="${name}"` };
}

type Asked = { readonly policy: string | undefined; readonly call: Pick<Call, 'signal' | 'access'> };

/** The lot's bundle, for whom all that it shows is. @throws ProblemError, BundleTooLarge, ProofsUnavailable */
async function provenBundle(
  context: Context,
  lot: Hex,
  { policy: named, call: { signal, access } }: Asked,
): Promise<Bundle> {
  const policy = requirePolicy(context, named);
  const provenance = await provenanceOf(context.db, lot);
  if (!provenance) throw unknownLot(lot);
  // A bundle shows the dealings of everybody who ever held the material, or was sent it.
  const { runs } = passagesOfSummarised(provenance);
  const sent = [...runs.values()].flatMap(({ consignor, consignee }) => [consignor, consignee]);
  access.requireAll([...idsInSites(sitesOfLot(provenance)).parties, ...sent]);
  return inTurn(context, signal, () => makeBundle(context, lot, policy));
}

async function makeBundle({ db, proofs }: Context, lot: Hex, policy: Policy): Promise<Bundle> {
  const rows = await bundleRowsOf(db, lot, MAX_RECORDS).catch(tooLarge(lot));
  if (!rows) throw unknownLot(lot);
  const contents = bundleContents(rows, policy);
  return proveBundle(contents, await proofs({ number: rows.asOf.block, hash: rows.asOf.hash }));
}

const turns = new WeakMap<Context, Promise<unknown>>();

/** A bundle may take seconds and much memory to make: one is made at a time, and none for a caller that hung up. */
function inTurn<T>(context: Context, signal: AbortSignal, make: () => Promise<T>): Promise<T> {
  const before = turns.get(context) ?? Promise.resolve();
  const turn = before.then(() => {
    if (signal.aborted)
      throw new ProblemError('proofs-unavailable', 'The caller hung up before its turn came.');
    return make();
  });
  turns.set(
    context,
    turn.catch(() => {}),
  );
  return turn;
}

function tooLarge(lot: Hex) {
  return (error: unknown): never => {
    throw error instanceof HistoryTooLarge ? new BundleTooLarge(lot, 'records', MAX_RECORDS) : error;
  };
}
