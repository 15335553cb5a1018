import { type Policy, policyHash } from '../../verification/policy.ts';
import type { PolicyDetail, PolicySummary } from '../schemas/policies.ts';

export function policySummaryView(policy: Policy): PolicySummary {
  const { id, version, name, source } = policy;
  return { id, version, name, source, hash: policyHash(policy) };
}

export function policyDetailView(policy: Policy): PolicyDetail {
  return {
    ...policySummaryView(policy),
    rules: policy.rules.map(
      ({ id, clause, question, source, note, unverified, indicator, validFrom, validUntil }) => ({
        id,
        clause,
        question,
        source,
        note: note ?? null,
        unverified: unverified ?? false,
        indicator: indicator ?? false,
        validFrom,
        validUntil,
      }),
    ),
  };
}
