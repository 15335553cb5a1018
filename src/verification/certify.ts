import { formatMass } from '../protocol/mass.ts';
import { byMaterial, wholeMilligrams } from '../provenance/flow.ts';
import type { History } from '../provenance/history.ts';
import { sitesOfLot } from '../provenance/summary.ts';
import { correctionsOf, voidingOf } from './beside-custody.ts';
import type { Certificate, CertificateFinding, RuleAnswer } from './certificate.ts';
import { concernsView } from './concerns.ts';
import { custodyOf } from './custody-steps.ts';
import type { Digest } from './digest.ts';
import { isTold } from './facts.ts';
import type { Affected } from './finding.ts';
import { isoDay, unique } from './finding.ts';
import { missingIn } from './missing.ts';
import { lotMaterials, materialView, partyView, siteView } from './names.ts';
import { countryShares, materialShares, originShares } from './origin-shares.ts';
import { type CheckName, type Policy, policyHash } from './policy.ts';
import { Spans } from './spans.ts';
import type { Doubt } from './standing-for.ts';
import { type Verification, verify, verifyFacts } from './verify.ts';
import type { WeighedFinding } from './weigh.ts';
import { english } from './wording/english.ts';

/**
 * The certificate of the history's lot under a policy, told step by step. It depends on nothing else: the same history, as
 * of the same block, and the same policy give the same certificate, byte for byte. A history that is not whole gives one
 * that says so, without origins or custody.
 */
export function certify(history: History, policy: Policy): Certificate {
  return certificateOf(history, policy, verify(history, policy));
}

/**
 * A certificate told by site; whether the whole history would give the same answers (`isSettled`), and the same affected
 * masses, too (`isExact`).
 */
export type Told = {
  readonly certificate: Certificate;
  readonly isSettled: boolean;
  readonly isExact: boolean;
};

/**
 * The certificate of a digest's lot: the same answers for the same reasons, told by site, route and party. It is not exact
 * where an answer hangs on when, within a span, something happened, or on which of several dispatches it was; or where a
 * finding affects no more than what it says, but perhaps less.
 */
export function certifyDigest(digest: Digest, policy: Policy): Told {
  const spans = new Spans(digest, policy);
  const certain = verifyFacts(spans.facts('certain'));
  const others = doubtsOf(digest).map((doubt) => verifyFacts(spans.facts(doubt)));
  const most = others.at(-1) ?? certain;
  const told = { ...certain, judgements: withBounds(certain.judgements, most), relied: most.relied };
  const atMost = told.judgements
    .flatMap(({ findings }) => findings)
    .some((finding) => counts(finding) && finding.atMost);
  const lots = digest.events === null && hangsOnLots(digest, certain);
  const isSettled =
    !lots && !digest.concerns && others.every((other) => isSame(gistOf(certain), gistOf(other)));
  const certificate = certificateOf(digest.history, policy, told);
  return {
    certificate: {
      ...certificate,
      sites: sitesPassed(digest),
      concerns: concernsView(digest.history, digest.concerns),
    },
    isSettled,
    isExact: isSettled && !atMost && !certificate.materials.some(({ custody }) => custody?.atLeast),
  };
}

/** With events, nothing is in doubt; and where each run's dispatches all disclose the same, the least is what is certain. */
function doubtsOf({ events, shown }: Digest): Doubt[] {
  if (events) return [];
  return [...shown.values()].some((combinations) => combinations.length > 1) ? ['least', 'most'] : ['most'];
}

/** A finding affects at most what it says, too, where not all that may have happened at its places is in it. */
function withBounds(judgements: Verification['judgements'], most: Verification): Verification['judgements'] {
  const bounded = new Set(
    most.judgements.flatMap(({ rule, findings }) =>
      findings.filter(({ atMost }) => atMost).map((finding) => gistOfFinding(rule.id, finding)),
    ),
  );
  return judgements.map((judgement) => ({
    ...judgement,
    findings: judgement.findings.map((finding) => ({
      ...finding,
      atMost: finding.atMost || bounded.has(gistOfFinding(judgement.rule.id, finding)),
    })),
  }));
}

function gistOfFinding(rule: string, { answer, title, sites }: WeighedFinding): string {
  return JSON.stringify([rule, answer, english(title), [...sites].sort()]);
}

/** What has to be the same: how materials were kept, each rule's answer, and its findings by what they say of which sites. */
function gistOf({ judgements, facts }: Verification): string[] {
  const kept = facts ? materialShares(facts).map(({ custody }) => JSON.stringify(custody)) : [];
  const answers = judgements.flatMap(({ rule, answer, findings }) => [
    `${rule.id}: ${answer}`,
    ...findings
      .filter(counts)
      .map((finding) => gistOfFinding(rule.id, finding))
      .sort(),
  ]);
  return [...kept, ...answers];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

function counts({ answer }: WeighedFinding): boolean {
  return answer === 'does not meet' || answer === 'not enough evidence';
}

/** An ancestor lot's own attestations may speak against it, or a production's own documents answer. */
function hangsOnLots({ adverseOnLots }: Digest, { judgements, facts }: Verification): boolean {
  const finds = (check: CheckName) =>
    judgements.some(
      ({ rule, findings }) =>
        findings.some(counts) && facts?.policy.rules.some((one) => one.id === rule.id && one.check === check),
    );
  return adverseOnLots || finds('transit-level-origins-answered');
}

/** Every site that the material passed, the first one first. */
function sitesPassed({ history, lot }: Digest): Certificate['sites'] {
  return [...sitesOfLot(lot)]
    .sort(([a, x], [b, y]) => x.firstAt - y.firstAt || (a < b ? -1 : 1))
    .map(([facility, passage]) => ({
      site: siteView(history, facility),
      parties: [...passage.holders].sort().map((holder) => partyView(history, holder)),
      processes: [...passage.processes],
      carried: [...byMaterial(passage.through)]
        .sort(([a], [b]) => a - b)
        .map(([material, units]) => ({
          material: materialView(material),
          milligrams: String(wholeMilligrams(units)),
        })),
      firstAt: passage.firstAt,
      lastAt: passage.lastAt,
    }));
}

function certificateOf(history: History, policy: Policy, verification: Verification): Certificate {
  const { facts } = verification;
  return {
    format: 'lodebook-certificate/3',
    ledger: { chainId: history.ledger.chainId, address: history.ledger.address },
    asOf: { block: history.asOf.block, hash: history.asOf.hash, time: history.asOf.time },
    lot: lotView(history),
    policy: { id: policy.id, version: policy.version, name: policy.name, hash: policyHash(policy) },
    verdict: verification.verdict,
    sentence: sentence(history, policy, verification),
    rules: verification.judgements.map(({ rule, answer, summary }) => ({
      id: rule.id,
      clause: rule.clause,
      source: rule.source,
      question: rule.question,
      unverified: rule.unverified ?? false,
      answer,
      summary: english(summary),
      wording: summary,
    })),
    findings: findingsOf(history, verification),
    origins: facts ? originShares(facts) : [],
    byCountry: facts ? countryShares(facts) : [],
    materials: facts ? materialShares(facts) : [],
    told: facts?.isWhole === false ? 'by site' : 'step by step',
    ...(facts ? custodyOf(facts) : { custody: [], custodyOmitted: 0 }),
    sites: [],
    corrections: correctionsOf(history),
    concerns: concernsView(history, false),
    attestations: verification.relied.map((attestation) => ({
      attestation: attestation.id,
      auditor: partyView(history, attestation.auditor),
      subject: attestation.subject,
      scheme: attestation.scheme,
      outcome: attestation.outcome,
      validFrom: attestation.validFrom,
      validUntil: attestation.validUntil,
      endsAt: attestation.endsAt,
      recordedAt: attestation.recordedAt,
      accreditedNow: attestation.accreditedNow,
    })),
    missing: missingIn(history, verification),
  };
}

function lotView(history: History): Certificate['lot'] {
  const lot = history.lots.get(history.lot);
  return {
    id: history.lot,
    commodity: lot?.commodity ?? 0,
    milligrams: String(lot?.milligrams ?? 0n),
    content: (lot?.content ?? []).map(({ material, recycled, milligrams }) => ({
      material: materialView(material),
      recycled,
      milligrams: String(milligrams),
    })),
    status: history.state.status,
    holder: partyView(history, history.state.custodian),
    site: siteView(history, history.state.facility),
  };
}

const severities: Record<RuleAnswer, CertificateFinding['severity']> = {
  'does not meet': 'breach',
  'not enough evidence': 'gap',
  'not judged': 'information',
  meets: 'information',
};
const gravity = ['breach', 'gap', 'information'];

/** The gravest first, then in the order of the rules. */
function findingsOf(history: History, { judgements }: Verification): CertificateFinding[] {
  const findings = judgements.flatMap(({ rule, findings: found }) =>
    found.map((finding) => findingView(history, rule, finding)),
  );
  return findings.sort((a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity));
}

function findingView(
  history: History,
  rule: { id: string; clause: string },
  finding: WeighedFinding,
): CertificateFinding {
  const { title, detail, mend } = finding;
  return {
    rule: rule.id,
    clause: rule.clause,
    answer: finding.answer,
    severity: severities[finding.answer],
    title: english(title),
    detail: english(...detail),
    affected: finding.affected.map(affectedView),
    atMost: finding.atMost,
    sites: finding.sites.map((site) => siteView(history, site)),
    parties: finding.parties.map((party) => partyView(history, party)),
    statements: finding.statements.filter(isTold),
    mend: english(mend),
    wording: { title, detail: [...detail], mend },
  };
}

function affectedView({ material, milligrams, sharePpm }: Affected): CertificateFinding['affected'][number] {
  return { material: materialView(material), milligrams: String(milligrams), sharePpm };
}

function sentence(history: History, policy: Policy, { verdict, judgements, problems }: Verification): string {
  const lot = history.lots.get(history.lot);
  const what = lot ? `This lot of ${formatMass(lot.milligrams)} (${lotMaterials(lot)})` : 'This lot';
  const under = `${policy.name}, version ${policy.version}`;
  const correction = history.state.status === 'void' ? voidingOf(history) : undefined;
  if (correction)
    return `${what} is void since ${isoDay(correction.occurredAt)}: what made it was corrected. It is no lot to accept, pay for or process, under any policy.`;
  if (problems.length > 0) return `${what} cannot be judged under ${under}: its history is not whole.`;
  if (verdict === 'meets')
    return `${what} meets ${under}: every question that the ledger can answer is answered.`;
  if (judgements.every(({ answer }) => answer === 'not judged'))
    return `There is not enough evidence that ${lower(what)} meets ${under}: all that it asks is an indicator, or is not on the ledger, and counts neither for the lot nor against it.`;
  const failing = judgements.filter(({ answer }) => answer === verdict);
  const first = unique(failing.flatMap(({ findings }) => findings))
    .filter((finding) => finding.answer === verdict)
    .map((finding) => english(finding.title));
  const rest = first.length > 1 ? ` (and ${first.length - 1} more)` : '';
  const why = first[0] === undefined ? '' : `: ${first[0]}${rest}`;
  return verdict === 'does not meet'
    ? `${what} does not meet ${under}${why}.`
    : `There is not enough evidence that ${lower(what)} meets ${under}${why}.`;
}

function lower(what: string): string {
  return `${what.charAt(0).toLowerCase()}${what.slice(1)}`;
}
