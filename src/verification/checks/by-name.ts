import type { Facts } from '../facts.ts';
import type { CheckResult } from '../finding.ts';
import type { CheckName, Parameters, Rule } from '../policy.ts';
import { anomalies } from './anomalies.ts';
import { countries } from './countries.ts';
import { custodyDocumented } from './custody-documented.ts';
import { custodyModel } from './custody-model.ts';
import { custodyUnbroken } from './custody-unbroken.ts';
import { highRiskOriginsAssessed } from './high-risk-origins-assessed.ts';
import { highRiskSuppliersAnswered } from './high-risk-suppliers-answered.ts';
import { highRiskTransitAnswered } from './high-risk-transit-answered.ts';
import { lotMassAtMost } from './lot-mass-at-most.ts';
import { notTold } from './not-told.ts';
import { nothingAdverseOpen } from './nothing-adverse-open.ts';
import { originAttested } from './origin-attested.ts';
import { originKnown } from './origin-known.ts';
import { recordedWithin } from './recorded-within.ts';
import { recycledInHighRiskAnswered } from './recycled-in-high-risk-answered.ts';
import { recycledShare } from './recycled-share.ts';
import { shareAtMost } from './share-at-most.ts';
import { smeltersAudited } from './smelters-audited.ts';
import { transitKnown } from './transit-known.ts';
import { transitLevelOriginsAnswered } from './transit-level-origins-answered.ts';
import { transitSpeed } from './transit-speed.ts';
import { weighedWithin } from './weighed-within.ts';
import { withinCapacity } from './within-capacity.ts';

/** Every check that a rule can call. */
const checks: { readonly [Name in CheckName]: (facts: Facts, parameters: Parameters<Name>) => CheckResult } =
  {
    'smelters-audited': smeltersAudited,
    'origin-known': originKnown,
    'transit-known': transitKnown,
    'high-risk-origins-assessed': highRiskOriginsAssessed,
    'high-risk-transit-answered': highRiskTransitAnswered,
    'transit-level-origins-answered': transitLevelOriginsAnswered,
    'recycled-in-high-risk-answered': recycledInHighRiskAnswered,
    'high-risk-suppliers-answered': highRiskSuppliersAnswered,
    anomalies,
    'nothing-adverse-open': nothingAdverseOpen,
    'custody-documented': custodyDocumented,
    'not-told': (_facts, parameters) => notTold(parameters),
    countries,
    'recycled-share': recycledShare,
    'share-at-most': shareAtMost,
    'custody-model': custodyModel,
    'origin-attested': originAttested,
    'recorded-within': recordedWithin,
    'custody-unbroken': custodyUnbroken,
    'weighed-within': weighedWithin,
    'within-capacity': withinCapacity,
    'transit-speed': transitSpeed,
    'lot-mass-at-most': lotMassAtMost,
  };

/** What the check of a rule finds. */
export function check(facts: Facts, rule: Rule): CheckResult {
  // A rule's parameters are those of its check: so its type says, which an index does not follow.
  const run = checks[rule.check] as (facts: Facts, parameters: Rule['parameters']) => CheckResult;
  return run(facts, rule.parameters);
}
