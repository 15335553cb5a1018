import type { AttestationNode, History } from '../provenance/history.ts';
import { type HistoryProblem, historyProblems } from '../provenance/whole.ts';
import type { RuleAnswer, Verdict } from './certificate.ts';
import { anomalies } from './checks/anomalies.ts';
import { custodyDocumented } from './checks/custody-documented.ts';
import { highRiskOriginsAssessed } from './checks/high-risk-origins-assessed.ts';
import { highRiskSuppliersAnswered } from './checks/high-risk-suppliers-answered.ts';
import { highRiskTransitAnswered } from './checks/high-risk-transit-answered.ts';
import { notTold } from './checks/not-told.ts';
import { nothingAdverseOpen } from './checks/nothing-adverse-open.ts';
import { originKnown } from './checks/origin-known.ts';
import { recycledInHighRiskAnswered } from './checks/recycled-in-high-risk-answered.ts';
import { smeltersAudited } from './checks/smelters-audited.ts';
import { transitKnown } from './checks/transit-known.ts';
import { transitLevelOriginsAnswered } from './checks/transit-level-origins-answered.ts';
import type { Facts } from './facts.ts';
import { type CheckResult, type Finding, unique } from './finding.ts';
import { factsOf } from './gather.ts';
import { inForce, type Policy, type Rule } from './policy.ts';
import { attestedAfterTheFact, isAfterTheFact, noLongerAccredited } from './reliance.ts';
import { voidJudgement } from './void-lot.ts';
import { type WeighedFinding, weigh } from './weigh.ts';

/** What one rule answers, with all that its check found. */
export type Judgement = {
  readonly rule: Pick<Rule, 'id' | 'clause' | 'source' | 'question' | 'unverified'>;
  readonly answer: RuleAnswer;
  readonly summary: string;
  readonly findings: readonly WeighedFinding[];
};

/** What a policy says of a lot. `facts` is null where the history is not whole; `problems` says why. */
export type Verification = {
  readonly verdict: Verdict;
  readonly judgements: readonly Judgement[];
  readonly relied: readonly AttestationNode[];
  readonly facts: Facts | null;
  readonly problems: readonly HistoryProblem[];
};

/**
 * Asks every rule of the policy that is in force at the history's time, in the policy's order, and collects all that
 * they find. A history that is not whole is not an error: every rule then answers "not enough evidence". A void lot
 * meets nothing, whatever they answer.
 */
export function verify(history: History, policy: Policy): Verification {
  const problems = historyProblems(history);
  if (problems.length === 0) return verifyFacts(factsOf(history, policy));
  const judgements = rulesOf(policy, history).map(unanswered);
  return standing(history, { verdict: 'not enough evidence', judgements, relied: [], facts: null, problems });
}

/** The same of facts that were gathered already. */
export function verifyFacts(facts: Facts): Verification {
  const results = rulesOf(facts.policy, facts.history).map((rule) => ({ rule, result: check(facts, rule) }));
  const reliances = results.flatMap(({ result }) => result.relied);
  // Said once, at the first rule that it is about, however many rules rest on such attestations.
  const first = results.findIndex(({ result }) => result.relied.some(isAfterTheFact));
  const judgements = results.map(({ rule, result }, index) =>
    judgement(facts, { rule, result }, index === first ? attestedAfterTheFact(facts, reliances) : []),
  );
  const relied = unique(reliances.map(({ attestation }) => attestation));
  const answers = judgements.map(({ answer }) => answer);
  const verdict = answers.every((answer) => answer === 'not judged')
    ? 'not enough evidence'
    : combine(answers);
  return standing(facts.history, { verdict, judgements, relied, facts, problems: [] });
}

function rulesOf(policy: Policy, { asOf }: History): readonly Rule[] {
  return policy.rules.filter((rule) => inForce(rule, asOf.time));
}

/** A void lot does not stand, and so meets nothing. */
function standing(history: History, verification: Verification): Verification {
  if (history.state.status !== 'void') return verification;
  const judgements = [voidJudgement(history), ...verification.judgements];
  return { ...verification, judgements, verdict: 'does not meet' };
}

/** The worst of the answers: one breach is enough, then one gap. What was not judged does not count. */
export function combine(answers: readonly RuleAnswer[]): Verdict {
  if (answers.includes('does not meet')) return 'does not meet';
  return answers.includes('not enough evidence') ? 'not enough evidence' : 'meets';
}

function check(facts: Facts, rule: Rule): CheckResult {
  switch (rule.check) {
    case 'smelters-audited':
      return smeltersAudited(facts, rule.parameters);
    case 'origin-known':
      return originKnown(facts, rule.parameters);
    case 'transit-known':
      return transitKnown(facts);
    case 'high-risk-origins-assessed':
      return highRiskOriginsAssessed(facts, rule.parameters);
    case 'high-risk-transit-answered':
      return highRiskTransitAnswered(facts, rule.parameters);
    case 'transit-level-origins-answered':
      return transitLevelOriginsAnswered(facts, rule.parameters);
    case 'recycled-in-high-risk-answered':
      return recycledInHighRiskAnswered(facts, rule.parameters);
    case 'high-risk-suppliers-answered':
      return highRiskSuppliersAnswered(facts, rule.parameters);
    case 'anomalies':
      return anomalies(facts, rule.parameters);
    case 'nothing-adverse-open':
      return nothingAdverseOpen(facts);
    case 'custody-documented':
      return custodyDocumented(facts, rule.parameters);
    case 'not-told':
      return notTold(rule.parameters);
  }
}

function judgement(
  facts: Facts,
  { rule, result }: { rule: Rule; result: CheckResult },
  more: readonly Finding[],
): Judgement {
  const findings = weigh(facts, [...result.findings, ...noLongerAccredited(result.relied), ...more]);
  const answer = result.judged ? combine(findings.map((finding) => finding.answer)) : 'not judged';
  return { rule, answer, summary: result.summary, findings };
}

function unanswered(rule: Rule): Judgement {
  const summary = 'The history of the lot is not whole, so that this could not be judged.';
  return {
    rule,
    answer: rule.check === 'not-told' ? 'not judged' : 'not enough evidence',
    summary,
    findings: [],
  };
}
