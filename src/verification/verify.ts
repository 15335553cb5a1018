import type { AttestationNode, History } from '../provenance/history.ts';
import { type HistoryProblem, historyProblems } from '../provenance/whole.ts';
import type { RuleAnswer, Verdict } from './certificate.ts';
import { check } from './checks/by-name.ts';
import type { Facts } from './facts.ts';
import { type CheckResult, type Finding, unique } from './finding.ts';
import { factsOf } from './gather.ts';
import { inForce, type Policy, type Rule } from './policy.ts';
import { attestedAfterTheFact, isAfterTheFact, noLongerAccredited } from './reliance.ts';
import { voidJudgement } from './void-lot.ts';
import { type WeighedFinding, weigh } from './weigh.ts';
import type { Phrase, PolicyWords } from './wording/phrase.ts';
import { say } from './wording/say.ts';

/** What one rule answers, with all that its check found. */
export type Judgement = {
  readonly rule: Pick<Rule, 'id' | 'clause' | 'source' | 'question' | 'unverified'>;
  readonly answer: RuleAnswer;
  readonly summary: Phrase | PolicyWords;
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

function judgement(
  facts: Facts,
  { rule, result }: { rule: Rule; result: CheckResult },
  more: readonly Finding[],
): Judgement {
  const findings = weigh(facts, [...result.findings, ...noLongerAccredited(facts, result.relied), ...more]);
  const answer = result.judged ? combine(findings.map((finding) => finding.answer)) : 'not judged';
  if (rule.indicator) return asIndicator({ rule, answer, summary: result.summary, findings });
  return { rule, answer, summary: result.summary, findings };
}

const answerKeys = {
  meets: 'answer.meets',
  'does not meet': 'answer.does-not-meet',
  'not enough evidence': 'answer.not-enough-evidence',
  'not judged': 'answer.not-judged',
} as const;

/** It informs: the figures stand, and neither its answer nor what it finds counts. */
function asIndicator(judged: Judgement): Judgement {
  return {
    ...judged,
    answer: 'not judged',
    summary: say('indicator', { answer: say(answerKeys[judged.answer]), summary: judged.summary }),
    findings: judged.findings.map((finding) => ({ ...finding, answer: 'not judged' })),
  };
}

function unanswered(rule: Rule): Judgement {
  return {
    rule,
    answer: rule.check === 'not-told' || rule.indicator ? 'not judged' : 'not enough evidence',
    summary: say('history-not-whole'),
    findings: [],
  };
}
