import { formatMass } from '../../protocol/mass.ts';
import type { Facts } from '../facts.ts';
import { affectedWhole, type CheckResult, commodityLabel, type Finding } from '../finding.ts';
import { hsCode, type Parameters } from '../policy.ts';

/**
 * Is this one lot within a yearly limit for its commodity? What else its holder handles in the year, the ledger does not
 * know, so that more than the limit is certain, and less is this lot alone. Of a code that is not listed, or only in part,
 * nobody can tell.
 */
export function lotMassAtMost(facts: Facts, { limits }: Parameters<'lot-mass-at-most'>): CheckResult {
  const code = hsCode(facts.lot.commodity);
  const what = commodityLabel(code);
  const limit = limits.find(({ codes }) => codes.some((known) => code.startsWith(known)));
  const mass = formatMass(facts.lot.milligrams);
  if (!limit)
    return result(`No yearly limit is listed for ${what}.`, [
      about(facts, {
        answer: 'not enough evidence',
        title: `No yearly limit is listed for ${what}`,
        detail: `This lot is ${mass}. The policy lists ${limits.flatMap(({ codes }) => codes.map(commodityLabel)).join(', ')}.`,
        mend: 'The limit for this commodity, in a policy of your own; or nothing, where the law asks nothing of it.',
      }),
    ]);
  const most = BigInt(limit.milligrams);
  const figures = `This lot alone is ${mass}; the limit is ${formatMass(most)} a year.`;
  if (limit.isPart)
    return result(figures, [
      about(facts, {
        answer: 'not enough evidence',
        title: `The yearly limit is for a part of ${what}`,
        detail: `${figures} Whether it is for this lot, six digits do not tell.`,
        mend: 'The full commodity code, from the customs declaration.',
      }),
    ]);
  if (facts.lot.milligrams <= most) return result(figures, []);
  return result(figures, [
    about(facts, {
      answer: 'does not meet',
      title: `This lot alone is more than ${formatMass(most)} a year`,
      detail: figures,
      mend: 'Nothing to mend: what the law asks of those above the limit, it asks of whoever imports this lot.',
    }),
  ]);
}

function result(summary: string, findings: readonly Finding[]): CheckResult {
  return { summary, findings, relied: [], judged: true };
}

function about(facts: Facts, said: Pick<Finding, 'answer' | 'title' | 'detail' | 'mend'>): Finding {
  const { custodian, facility } = facts.history.state;
  return {
    ...said,
    affected: affectedWhole(facts),
    sites: [facility],
    parties: [custodian],
    statements: [facts.lot.production],
  };
}
