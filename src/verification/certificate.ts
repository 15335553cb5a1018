import { z } from 'zod';
import { custodyModels, originProcesses, outcomes, processes, transportModes } from '../protocol/codes.ts';
import { addressJson, bytes32Json, timeJson } from '../protocol/json.ts';
import { concernsJson } from './certificate-concerns.ts';
import {
  countryJson,
  massJson,
  materialJson,
  partyJson,
  ppmJson,
  siteJson,
  termJson,
} from './certificate-terms.ts';
import { phraseJson, policyWordsJson } from './wording/phrase.ts';

/** What a rule, or the whole policy, answers. */
export const verdicts = ['meets', 'does not meet', 'not enough evidence'] as const;
export const verdictJson = z.enum(verdicts);
export type Verdict = z.infer<typeof verdictJson>;

/** What a rule answers; `not judged` where the ledger's data cannot tell, which does not count against the lot. */
export const ruleAnswers = [...verdicts, 'not judged'] as const;
const ruleAnswerTerm = z.enum(ruleAnswers);
export type RuleAnswer = z.infer<typeof ruleAnswerTerm>;

/** How much of the lot's content of one material something touches; `sharePpm` is of that material in the lot. */
export const affectedJson = z.strictObject({
  material: materialJson,
  milligrams: massJson,
  sharePpm: ppmJson,
});

/**
 * Something that a rule found: what, where, how much, why, and what would mend it. Severity `breach` makes the
 * rule answer "does not meet", `gap` "not enough evidence"; `information` changes no answer, and is "not judged".
 */
export const findingJson = z.strictObject({
  rule: z.string(),
  clause: z.string(),
  answer: ruleAnswerTerm,
  severity: z.enum(['breach', 'gap', 'information']),
  title: z.string(),
  detail: z.string(),
  affected: z.array(affectedJson),
  atMost: z.boolean().describe('Nothing more than this is affected, but perhaps less'),
  sites: z.array(siteJson),
  parties: z.array(partyJson),
  statements: z.array(bytes32Json),
  mend: z.string().min(1).describe('What would mend it; where nothing does, what to do instead'),
  wording: z
    .strictObject({ title: phraseJson, detail: z.array(phraseJson), mend: phraseJson })
    .describe('The same apart from any language; `title`, `detail` and `mend` are what English makes of it'),
});

/** A rule of the policy, with its own answer; its findings name it by `id`. */
export const ruleJudgementJson = z.strictObject({
  id: z.string(),
  clause: z.string(),
  source: z.string(),
  question: z.string(),
  unverified: z.boolean(),
  answer: ruleAnswerTerm,
  summary: z.string(),
  wording: z
    .union([phraseJson, policyWordsJson])
    .describe("The summary apart from any language; or the policy's own words"),
});

/**
 * Where one (material, recycled) pair's mass entered the ledger. `converted` is primary material, mined or
 * declared (`process` says which), that a recycler made recycled. Over one pair the milligrams sum to the lot's
 * content exactly; over one material the shares sum to 1,000,000.
 */
export const originJson = z.strictObject({
  material: materialJson,
  recycled: z.boolean(),
  kind: z.enum(['mined', 'collected', 'declared', 'converted']),
  process: z.enum(originProcesses),
  site: siteJson,
  milligrams: massJson,
  sharePpm: ppmJson,
});

/** A material's mass by the country of its origin; declared origins are `country: null`, not on the ledger. */
export const countryShareJson = z.strictObject({
  material: materialJson,
  country: countryJson.nullable(),
  milligrams: massJson,
  sharePpm: ppmJson,
});

/**
 * A material in the lot: its total, what of it is recycled, and how it was kept since its origins (ISO 22095).
 * `custodyModel` is the weakest of what any step `declared`, of what the sources in its history `permit` and, unless every
 * site was `attested` for its chain of custody at the time, of mass balance. Null where no step is known.
 */
export const materialShareJson = z.strictObject({
  material: materialJson,
  milligrams: massJson,
  recycledMilligrams: massJson,
  recycledPpm: ppmJson,
  custodyModel: termJson(custodyModels).nullable(),
  custody: z
    .strictObject({
      declared: termJson(custodyModels).describe('The weakest that any step declared'),
      permitted: termJson(custodyModels).describe(
        'One source: identity preserved; several of one kind: segregated; primary, recycled or declared mixed: controlled blending',
      ),
      attested: z.boolean().describe('Each site had a chain-of-custody attestation in force at the time'),
      certifiedPpm: ppmJson.describe('What came through such sites alone, rounded down'),
      atLeast: z.boolean().describe('The certified share is no less than this, but perhaps more'),
    })
    .nullable(),
});

/** What devices and inspectors saw of a dispatch, a production or a lot: counted, not judged. */
export const observedJson = z.strictObject({
  observers: z.array(partyJson),
  devices: z.int(),
  observations: z.int(),
  readings: z.int(),
  inspections: z.int(),
  from: timeJson,
  until: timeJson,
});

const signedByJson = addressJson
  .nullable()
  .describe("The delegate that signed; null where the party's own key did");

const carriedJson = z.array(z.strictObject({ material: materialJson, milligrams: massJson }));

/** One step of the lot's material, by time: a production at a site, or a leg between two. */
export const stepJson = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('production'),
    statement: bytes32Json,
    process: termJson(processes),
    custodyModel: termJson(custodyModels),
    site: siteJson,
    party: partyJson,
    inputs: z.array(bytes32Json),
    outputs: z.array(bytes32Json),
    carried: carriedJson,
    observed: observedJson.nullable().describe('Of the production and of the lots that it made'),
    signedBy: signedByJson,
    occurredAt: timeJson,
    recordedAt: timeJson,
  }),
  z.strictObject({
    kind: z.literal('leg'),
    statement: bytes32Json,
    lot: bytes32Json,
    mode: termJson(transportModes),
    from: siteJson,
    to: siteJson,
    consignor: partyJson,
    consignee: partyJson,
    transitCountries: z.array(countryJson).nullable(),
    dispatched: massJson,
    weighed: massJson.nullable(),
    outcome: z.enum(['accept', 'refuse', 'recall']).nullable(),
    receipt: bytes32Json.nullable(),
    arrivedAt: timeJson.nullable(),
    carried: carriedJson,
    observed: observedJson.nullable().describe('Of the dispatch'),
    signedBy: signedByJson,
    receiptSignedBy: signedByJson,
    occurredAt: timeJson,
    recordedAt: timeJson,
  }),
]);

/** An attestation that a rule's answer rests on. `endsAt` is after revocations; `recordedAt` may be after the event. */
export const reliedJson = z.strictObject({
  attestation: bytes32Json,
  auditor: partyJson,
  subject: bytes32Json,
  scheme: z.string(),
  outcome: termJson(outcomes),
  validFrom: timeJson,
  validUntil: timeJson,
  endsAt: timeJson,
  recordedAt: timeJson,
  accreditedNow: z.boolean(),
});

/** A production that was undone: it had made the lot (`void`), or had used up what the lot came of (`restored`). */
export const correctionJson = z.strictObject({
  correction: bytes32Json,
  production: bytes32Json,
  author: partyJson,
  effect: z.enum(['void', 'restored']),
  reason: z.string().nullable().describe('As its evidence discloses it'),
  signedBy: signedByJson,
  occurredAt: timeJson,
  recordedAt: timeJson,
});

/** Something that would say more, and that nobody has shown. `subject` is a statement, a lot, a site or a root. */
export const missingJson = z.strictObject({
  what: z.enum(['record', 'site-document', 'party-document', 'dispatch-document']),
  subject: z.string(),
  detail: z.string(),
  wording: phraseJson.nullable().describe('The same apart from any language; null of a record'),
});

/** A site that the material passed, in a history that is told by site: all that happened there, between two times. */
export const sitePassedJson = z.strictObject({
  site: siteJson,
  parties: z.array(partyJson).describe('Who held it there'),
  processes: z.array(termJson(processes)),
  carried: carriedJson.describe('What of the lot passed it, each milligram counted once'),
  firstAt: timeJson,
  lastAt: timeJson,
});

/** The certificate of a lot under a policy, as of a block. The same history and policy give the same bytes. */
export const certificateJson = z.strictObject({
  format: z.literal('lodebook-certificate/3'),
  ledger: z.strictObject({ chainId: z.int(), address: addressJson }),
  asOf: z.strictObject({ block: z.int(), hash: bytes32Json, time: timeJson }),
  lot: z.strictObject({
    id: bytes32Json,
    commodity: z.int(),
    milligrams: massJson,
    content: z.array(z.strictObject({ material: materialJson, recycled: z.boolean(), milligrams: massJson })),
    status: z.enum(['held', 'in-transit', 'spent', 'void']),
    holder: partyJson,
    site: siteJson,
  }),
  policy: z.strictObject({ id: z.string(), version: z.string(), name: z.string(), hash: bytes32Json }),
  verdict: verdictJson,
  sentence: z.string(),
  rules: z.array(ruleJudgementJson),
  findings: z.array(findingJson),
  origins: z.array(originJson),
  byCountry: z.array(countryShareJson),
  materials: z.array(materialShareJson),
  told: z
    .enum(['step by step', 'by site'])
    .describe(
      'A long history is told by site: `custody` then holds the steps of the lot alone, and `sites` the rest',
    ),
  custody: z.array(stepJson),
  custodyOmitted: z
    .int()
    .min(0)
    .nullable()
    .describe('Steps left out because they carried least; null where they are not counted'),
  sites: z.array(sitePassedJson),
  corrections: z.array(correctionJson),
  concerns: concernsJson,
  attestations: z.array(reliedJson),
  missing: z.array(missingJson),
});

export type Certificate = z.infer<typeof certificateJson>;
export type CertificateFinding = z.infer<typeof findingJson>;
export type CertificateOrigin = z.infer<typeof originJson>;
export type CertificateStep = z.infer<typeof stepJson>;
export type CertificateCorrection = z.infer<typeof correctionJson>;
export type CertificateObserved = z.infer<typeof observedJson>;
export type CertificateSite = z.infer<typeof siteJson>;
export type CertificateParty = z.infer<typeof partyJson>;
export type CertificateCountry = z.infer<typeof countryJson>;
export type CertificateMaterial = z.infer<typeof materialJson>;
