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
        explained: 'Moisture and scales explain small differences.',
        mend: 'The holder books the shortage with a production "reweigh".',
      }),
    ),
  ];
  const receipts = open.length === 0 ? 'each with its receipt' : `${open.length} without a receipt`;
  const weights = short.length === 0 ? 'none' : facts.isWhole ? `${short.flat().length}` : 'some';
  const summary =
    facts.legs.length === 0
      ? `No dispatch of the material is recorded; ${orNone(findings, 'none has to be')}.`
      : `${legsMade(facts)}, ${receipts}; ${weights} short on arrival.`;
  return { summary, findings, relied: [], judged: true };
}

function withoutReceipt(facts: Facts, leg: CarriedLeg): Finding {
  return notArrived(leg, { title: 'A delivery is not confirmed', detail: leftOpen(facts, leg) });
}

function withoutDispatch(facts: Facts, moves: readonly Move[]): Finding {
  const [{ from, to }] = moves as [Move];
  const abroad = crossesBorder({ from, to });
  return {
    answer: abroad ? 'not enough evidence' : 'not judged',
    title: `Material went from ${siteLabel(facts.history, from)} to ${siteLabel(facts.history, to)} without a dispatch`,
    detail: `${tallyFirst(
      moves.map(({ lot }) => lot),
      'lot',
    )} had been at the one site and was next acted upon at the other${abroad ? ', across a border' : ', in the same country'}.`,
    affected: { lots: new Set(moves.map(({ lot }) => lot)) },
    sites: [from.id, to.id],
    parties: unique(moves.map(({ party }) => party)),
    statements: unique(moves.map(({ statement }) => statement)),
    mend: 'From now on, a dispatch and a receipt between the two sites. For this lot nothing mends it.',
  };
}
