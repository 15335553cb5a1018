import { oecdDueDiligence } from '../policies/oecd-due-diligence.ts';
import { type Policy, policyHash } from '../policy.ts';

/** The policies of this version: each takes the deployment's lists of high-risk countries. */
const shipped = [oecdDueDiligence];

/** Whether a policy is one that this version ships; `altered`: it has the name of one, and asks something else. */
export function standingOf(policy: Policy): 'shipped' | 'altered' | 'own' {
  const candidates = shipped.map((make) => make(policy.countries.highRisk));
  const named = candidates.find(({ id, version }) => id === policy.id && version === policy.version);
  if (!named) return 'own';
  return policyHash(named) === policyHash(policy) ? 'shipped' : 'altered';
}
