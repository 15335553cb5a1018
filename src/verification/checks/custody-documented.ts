import { byRoute, type CarriedLeg, crossesBorder, type Facts, type Move } from '../facts.ts';
import {
  type CheckResult,
  type Finding,
  legsMade,
  orNone,
  siteLabel,
  tallyFirst,
  unique,
} from '../finding.ts';
import type { Parameters } from '../policy.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { leftOpen, notArrived } from './not-arrived.ts';
import { offWeight, offWeightFinding } from './weights.ts';

/** Is custody documented from end to end: a receipt for each dispatch, a dispatch for each journey? */
export function custodyDocumented(
  facts: Facts,
  { weighingTolerancePpm }: Parameters<'custody-documented'>,
): CheckResult {
  const open = facts.legs.filter(({ leg }) => leg.receipt === null);
  const short = offWeight(facts, 'less', weighingTolerancePpm);
  const findings = [
    ...open.map((leg) => withoutReceipt(facts, leg)),
    ...byRoute(facts.moves).map((moves) => withoutDispatch(facts, moves)),
    ...short.map((legs) =>
      offWeightFinding(facts, legs, {
        direction: 'less',
        explained: [say('custody-documented.short.why')],
        mend: say('custody-documented.short.mend'),
      }),
    ),
  ];
  return { summary: summaryOf(facts, { open, short, findings }), findings, relied: [], judged: true };
}

type Found = {
  readonly open: readonly CarriedLeg[];
  readonly short: readonly (readonly CarriedLeg[])[];
  readonly findings: readonly Finding[];
};

function summaryOf(facts: Facts, { open, short, findings }: Found): Phrase {
  if (facts.legs.length === 0)
    return say('custody-documented.no-dispatch', {
      outcome: orNone(findings, say('custody-documented.none-needed')),
    });
  const receipts =
    open.length === 0
      ? say('custody-documented.all-receipts')
      : say('custody-documented.open', { count: open.length });
  return say('custody-documented.summary', { legs: legsMade(facts), receipts, short: howMany(facts, short) });
}

function howMany({ isWhole }: Facts, short: Found['short']): Phrase {
  if (short.length === 0) return say('custody-documented.short-none');
  return isWhole
    ? say('custody-documented.short', { count: short.flat().length })
    : say('custody-documented.short-some');
}

function withoutReceipt(facts: Facts, leg: CarriedLeg): Finding {
  return notArrived(leg, {
    title: say('custody-documented.not-confirmed'),
    detail: [leftOpen(facts, leg)],
  });
}

function withoutDispatch(facts: Facts, moves: readonly Move[]): Finding {
  const [{ from, to }] = moves as [Move];
  const abroad = crossesBorder({ from, to });
  return {
    answer: abroad ? 'not enough evidence' : 'not judged',
    title: say('without-dispatch.title', {
      from: siteLabel(facts.history, from),
      to: siteLabel(facts.history, to),
    }),
    detail: [
      say(abroad ? 'without-dispatch.abroad' : 'without-dispatch.at-home', {
        lots: tallyFirst(
          moves.map(({ lot }) => lot),
          'lot',
        ),
      }),
    ],
    affected: { lots: new Set(moves.map(({ lot }) => lot)) },
    sites: [from.id, to.id],
    parties: unique(moves.map(({ party }) => party)),
    statements: unique(moves.map(({ statement }) => statement)),
    mend: say('without-dispatch.mend'),
  };
}
