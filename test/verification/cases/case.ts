import type { History } from '../../../src/provenance/history.ts';
import type { Verdict } from '../../../src/verification/certificate.ts';
import { smelterSchemes } from '../../../src/verification/policies/schemes.ts';
import type { CheckName, Parameters, Policy } from '../../../src/verification/policy.ts';
import { onDay } from '../../provenance/builder.ts';
import { cobalt } from '../story.ts';

/** What a check is asked, of which history, and under which lists of countries. */
export type Asked<Name extends CheckName> = {
  readonly history: History;
  readonly parameters: Parameters<Name>;
  readonly lists?: Partial<Policy['countries']>;
};

/** `at` meets; `beyond`, by one milligram, second or part per million, `becomes` that, or finds something. */
export type Edge<Name extends CheckName> = {
  readonly at: Asked<Name>;
  readonly beyond: Asked<Name>;
  readonly becomes: Verdict | 'a finding';
};

/** A case of each answer, and the exact boundary of its number and of its date; or, in words, why there is none. */
export type Cases<Name extends CheckName> = { readonly [Answer in Verdict]: Asked<Name> | string } & {
  readonly number: Edge<Name> | string;
  readonly date: Edge<Name> | string;
};

export const NO_NUMBER = 'it has no number';
export const NO_DATE = 'no date is asked for';
export const NO_BREACH = 'what nobody has said is no breach';
export const INFORMS = 'it informs';

/** An audit from a second on, until a day. */
export function from(validFrom: number, until = 300) {
  return { from: 0, until, validFrom, recordedAt: onDay(0) };
}

/** The story with nobody attested but the refinery, by an audit from a second on. */
export function refineryAudited(validFrom: number) {
  const story = cobalt({ mineAudit: null, smelterAudit: null });
  story.builder.attest(story.refinery, smelterSchemes[0]?.names[0] ?? '', from(validFrom));
  return story.history();
}

/** The story with the mine attested from a second on. */
export function mineAttested(validFrom: number, mineCountry?: number) {
  const story = cobalt({ mineAudit: null, smelterAudit: null, ...(mineCountry && { mineCountry }) });
  story.builder.attest(story.mine, 'IRMA', from(validFrom));
  return story.history();
}

/** The story with an adverse attestation on the mine, from before the extraction on. */
export function mineAlert(scheme: string, mineCountry?: number) {
  const story = cobalt({ mineAudit: null, smelterAudit: null, ...(mineCountry && { mineCountry }) });
  story.builder.attest(story.mine, scheme, { outcome: 'alert', from: 1, until: 300 });
  return story.history();
}

/** The story, and its lot on the way to a store, sent on day 40. */
export function underWay() {
  const { builder, lot, refinery } = cobalt();
  builder.send(lot, [refinery, builder.site('storage', 246)], 40, { receipt: null });
  return builder.history(lot);
}

/** The story, of which the ore weighed so much on arrival; 1,001 mg were sent. */
export function arrived(weighed: bigint) {
  const { builder, leg, history } = cobalt();
  builder.legs.set(leg.lot, [{ ...leg, receipt: leg.receipt && { ...leg.receipt, weighed } }]);
  return history();
}
