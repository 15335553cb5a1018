import type { Hex } from '../../src/protocol/hex.ts';
import type { History, Leg } from '../../src/provenance/history.ts';
import type { Certificate, RuleAnswer } from '../../src/verification/certificate.ts';
import { certify } from '../../src/verification/certify.ts';
import { oecdDueDiligence } from '../../src/verification/policies/oecd-due-diligence.ts';
import type { CountryList, Policy } from '../../src/verification/policy.ts';
import { HistoryBuilder, primary } from '../provenance/builder.ts';

export const CONGO = 180;
export const ZAMBIA = 894;
export const AUSTRALIA = 36;
export const FINLAND = 246;
export const SOUTH_AFRICA = 710;

/** A list of high-risk areas as a deployment might load it: Mali and Myanmar, for all time. */
export const highRisk: CountryList = {
  id: 'test-high-risk',
  title: 'A list for tests',
  source: 'made up for tests',
  validFrom: 0,
  validUntil: null,
  countries: [466, 104],
};

/** How the story departs from the one in which everything is in order. */
export type Turn = {
  mineCountry?: number;
  mineAudit?: [scheme: string, from: number, until: number] | null;
  smelterAudit?: [scheme: string, from: number, until: number] | null;
  transit?: unknown;
  leg?: Partial<Leg>;
};

/**
 * Cobalt from a mine in DR Congo, extracted on day 10, sent on day 20 to a refinery in Finland, refined there on
 * day 30; mine and refinery attested all year, the way through Zambia and South Africa disclosed.
 */
export function cobalt(turn: Turn = {}) {
  const builder = new HistoryBuilder();
  const mine = builder.site('mine', turn.mineCountry ?? CONGO);
  const refinery = builder.site('smelter-or-refiner', FINLAND);
  const [ore] = builder.make(mine, { process: 'extract', outputs: [[primary(27, 1_000n)]], day: 10 }) as [
    Hex,
  ];
  const fields =
    'transit' in turn ? { transitCountries: turn.transit as string[] } : { transitCountries: ['ZM', 'ZA'] };
  const evidence = turn.transit === undefined && 'transit' in turn ? builder.id() : builder.document(fields);
  const leg = builder.send(ore, [mine, refinery], 20, { evidence, ...turn.leg });
  const [lot] = builder.make(refinery, {
    process: 'refine',
    inputs: [ore],
    outputs: [[primary(27, 900n)]],
    day: 30,
  }) as [Hex];
  const { mineAudit = ['IRMA', -100, 265], smelterAudit = ['RMAP', -100, 265] } = turn;
  const attested = (site: Hex, audit: [string, number, number] | null) =>
    audit ? builder.attest(site, audit[0], { from: audit[1], until: audit[2] }) : null;
  const audits = { mine: attested(mine, mineAudit), refinery: attested(refinery, smelterAudit) };
  return { builder, mine, refinery, ore, lot, leg, audits, history: () => builder.history(lot) };
}

/** What one rule of the shipped policy answers. */
export function answerOf(
  history: History,
  rule: string,
  lists: CountryList[] = [highRisk],
): RuleAnswer | undefined {
  return ruleOf(certificateOf(history, lists), rule)?.answer;
}

export function ruleOf(certificate: Certificate, rule: string) {
  return certificate.rules.find(({ id }) => id === rule);
}

export function findingsOf(history: History, rule: string, lists: CountryList[] = [highRisk]) {
  return certificateOf(history, lists).findings.filter((finding) => finding.rule === rule);
}

export function certificateOf(history: History, lists: CountryList[] = [highRisk]): Certificate {
  return certify(history, policyWith(lists));
}

export function policyWith(lists: CountryList[]): Policy {
  return oecdDueDiligence(lists);
}
