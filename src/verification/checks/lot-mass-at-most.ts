import type { Facts } from '../facts.ts';
import { affectedWhole, type CheckResult, commas, type Finding } from '../finding.ts';
import { hsCode, type Parameters } from '../policy.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { massOf } from './entries.ts';

/**
 * Is this one lot within a yearly limit for its commodity? What else its holder handles in the year, the ledger does not
 * know, so that more than the limit is certain, and less is this lot alone. Of a code that is not listed, or only in part,
 * nobody can tell.
 */
export function lotMassAtMost(facts: Facts, { limits }: Parameters<'lot-mass-at-most'>): CheckResult {
  const code = hsCode(facts.lot.commodity);
  const what = { commodity: code };
  const limit = limits.find(({ codes }) => codes.some((known) => code.startsWith(known)));
  const mass = massOf(facts.lot.milligrams);
  if (!limit)
    return result(say('lot-mass.no-limit.summary', { commodity: what }), [
      about(facts, {
        answer: 'not enough evidence',
        title: say('lot-mass.no-limit.title', { commodity: what }),
        detail: [
          say('lot-mass.no-limit.detail', {
            mass,
            commodities: commas(limits.flatMap(({ codes }) => codes.map((commodity) => ({ commodity })))),
          }),
        ],
        mend: say('lot-mass.no-limit.mend'),
      }),
    ]);
  const most = BigInt(limit.milligrams);
  const figures = say('lot-mass.figures', { mass, limit: massOf(most) });
  if (limit.isPart)
    return result(figures, [
      about(facts, {
        answer: 'not enough evidence',
        title: say('lot-mass.part.title', { commodity: what }),
        detail: [figures, say('lot-mass.part.why')],
        mend: say('lot-mass.part.mend'),
      }),
    ]);
  if (facts.lot.milligrams <= most) return result(figures, []);
  return result(figures, [
    about(facts, {
      answer: 'does not meet',
      title: say('lot-mass.over.title', { limit: massOf(most) }),
      detail: [figures],
      mend: say('lot-mass.over.mend'),
    }),
  ]);
}

function result(summary: Phrase, findings: readonly Finding[]): CheckResult {
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
