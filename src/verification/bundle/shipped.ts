import { shippedPolicies } from '../policies/shipped.ts';
import { type Policy, policyHash } from '../policy.ts';

/** Whether a policy is one that this version ships; `altered`: it has the name of one, and asks something else. */
export function standingOf(policy: Policy): 'shipped' | 'altered' | 'own' {
  const named = shippedPolicies(policy.countries.highRisk).find(
    ({ id, version }) => id === policy.id && version === policy.version,
  );
  if (!named) return 'own';
  return policyHash(named) === policyHash(policy) ? 'shipped' : 'altered';
}
