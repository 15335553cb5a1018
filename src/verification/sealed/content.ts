import { z } from 'zod';
import { facilityKinds, outcomes } from '../../protocol/codes.ts';
import { bytes32Json, timeJson } from '../../protocol/json.ts';
import {
  affectedJson,
  type Certificate,
  type CertificateSite,
  findingJson,
  materialShareJson,
  originJson,
  ruleJudgementJson,
  verdictJson,
} from '../certificate.ts';
import { certificateHash } from '../certificate-hash.ts';
import { sitesIn } from '../certificate-sites.ts';
import { countryJson } from '../certificate-terms.ts';

/** The scheme that an auditor is accredited for to seal certificates. */
export const SEAL_SCHEME = 'lodebook-certificate';
/** A seal says that the certificate is what the verifier gives, whatever its verdict. */
export const SEAL_OUTCOME = outcomes.conformant;
/** Of the document that a seal's evidence is the root of. */
export const SEAL_CONTENT_FORMAT = 'lodebook-sealed-certificate/1';

const countryShape = { country: countryJson.nullable() };
const kindTerm = z.enum(Object.keys(facilityKinds) as [string, ...string[]]);
const placeShape = { kind: kindTerm.nullable(), ...countryShape, count: z.int().min(1) };

/**
 * What an auditor seals of a certificate: each key is a field of the document. Verdict, answers, findings and shares, by
 * country and kind of site; no site, party, statement or lot but the lot itself.
 */
export const sealedContentJson = z.strictObject({
  format: z.literal(SEAL_CONTENT_FORMAT),
  lot: bytes32Json,
  'certificate.format': z.string().max(100),
  'certificate.hash': bytes32Json,
  'policy.id': z.string().max(200),
  'policy.version': z.string().max(200),
  'policy.name': z.string().max(1_000),
  'policy.hash': bytes32Json,
  'block.number': z.int().min(0),
  'block.hash': bytes32Json,
  'block.time': timeJson,
  goods: z.strictObject({
    commodity: z.int(),
    milligrams: materialShareJson.shape.milligrams,
    status: z.enum(['held', 'in-transit', 'spent']),
  }),
  verdict: verdictJson,
  rules: z.array(ruleJudgementJson.pick({ id: true, clause: true, question: true, answer: true })),
  findings: z.array(
    findingJson
      .pick({ rule: true, answer: true, severity: true, atMost: true })
      .extend({ affected: z.array(affectedJson), sites: z.array(z.strictObject(placeShape)) }),
  ),
  shares: z.array(
    originJson
      .pick({ material: true, recycled: true, kind: true, milligrams: true, sharePpm: true })
      .extend(countryShape),
  ),
  materials: z.array(materialShareJson),
  attested: z.array(
    z.strictObject({
      scheme: z.string(),
      outcome: z.enum(Object.keys(outcomes) as [string, ...string[]]),
      ...placeShape,
    }),
  ),
});
export type SealedContent = z.infer<typeof sealedContentJson>;

/** What is sealed of a certificate. @throws RangeError for a void lot: there is nothing to rely on */
export function sealedContent(certificate: Certificate): SealedContent {
  const { lot, policy, asOf } = certificate;
  if (lot.status === 'void') throw new RangeError(`Lot ${lot.id} is void: its certificate is not sealed`);
  return {
    format: SEAL_CONTENT_FORMAT,
    lot: lot.id,
    'certificate.format': certificate.format,
    'certificate.hash': certificateHash(certificate),
    'policy.id': policy.id,
    'policy.version': policy.version,
    'policy.name': policy.name,
    'policy.hash': policy.hash,
    'block.number': asOf.block,
    'block.hash': asOf.hash,
    'block.time': asOf.time,
    goods: { commodity: lot.commodity, milligrams: lot.milligrams, status: lot.status },
    verdict: certificate.verdict,
    rules: certificate.rules.map(({ id, clause, question, answer }) => ({ id, clause, question, answer })),
    findings: certificate.findings.map(({ rule, answer, severity, atMost, affected, sites }) => ({
      ...{ rule, answer, severity, atMost, affected },
      sites: counted(sites.map(placeOf)),
    })),
    shares: sharesOf(certificate),
    materials: certificate.materials,
    attested: attestedOf(certificate),
  };
}

/** Of a site, what does not tell which one it is. */
type Place = { readonly kind: string | null; readonly country: CertificateSite['country'] };

function placeOf({ kind, country }: Place): Place {
  return { kind, country };
}

/** Each once, with how often it was there, in the order in which they came first. */
function counted<T extends object>(items: readonly T[]): (T & { count: number })[] {
  const groups = Map.groupBy(items, (item) => JSON.stringify(item));
  return [...groups.values()].map((group) => ({ ...(group[0] as T), count: group.length }));
}

/** By country and kind of origin: two sites of one country are one share. Declared stock has no country on the ledger. */
function sharesOf({ origins }: Certificate): SealedContent['shares'] {
  const told = origins.map(({ material, recycled, kind, process, site, milligrams, sharePpm }) => ({
    key: { material, recycled, kind, country: process === 'declare' ? null : site.country },
    ...{ milligrams: BigInt(milligrams), sharePpm },
  }));
  const groups = Map.groupBy(told, ({ key }) => JSON.stringify(key));
  return [...groups.values()].map((group) => ({
    ...(group[0] as (typeof told)[number]).key,
    milligrams: String(group.reduce((sum, { milligrams }) => sum + milligrams, 0n)),
    sharePpm: group.reduce((sum, { sharePpm }) => sum + sharePpm, 0),
  }));
}

function attestedOf(certificate: Certificate): SealedContent['attested'] {
  const sites = sitesIn(certificate);
  return counted(
    certificate.attestations.map(({ scheme, outcome, subject }) => ({
      ...{ scheme, outcome },
      ...placeOf(sites.get(subject) ?? { kind: null, country: null }),
    })),
  );
}
