import { formatMass } from '../../protocol/mass.ts';
import { type CarriedLeg, crossesBorder, type Facts, type Move } from '../facts.ts';
import { affectedBy, type CheckResult, count, day, type Finding, siteLabel, unique } from '../finding.ts';
import type { Parameters } from '../policy.ts';

/** Is custody documented from end to end: a receipt for each dispatch, a dispatch for each journey? */
export function custodyDocumented(
  facts: Facts,
  { weighingTolerancePpm }: Parameters<'custody-documented'>,
): CheckResult {
  const open = facts.legs.filter(({ leg }) => leg.receipt === null);
  const short = facts.legs.filter((leg) => isShort(facts, leg, weighingTolerancePpm));
  const routes = Map.groupBy(facts.moves, ({ from, to }) => `${from.id} ${to.id}`);
  const findings = [
    ...open.map((leg) => withoutReceipt(facts, leg)),
    ...[...routes.values()].map((moves) => withoutDispatch(facts, moves)),
    ...short.map((leg) => shortOnArrival(facts, leg)),
  ];
  const summary = `${count(facts.legs.length, 'leg')}, ${open.length} without a receipt; ${short.length} short on arrival.`;
  return { summary, findings, relied: [], judged: true };
}

function isShort(facts: Facts, { leg }: CarriedLeg, tolerancePpm: number): boolean {
  const sent = facts.history.lots.get(leg.lot)?.milligrams ?? 0n;
  const weighed = leg.receipt?.weighed ?? sent;
  return (sent - weighed) * 1_000_000n > sent * BigInt(tolerancePpm);
}

function withoutReceipt(facts: Facts, { leg, from, to }: CarriedLeg): Finding {
  return {
    answer: 'not enough evidence',
    title: 'A delivery is not confirmed',
    detail: `Lot ${leg.lot} left ${siteLabel(facts.history, from)} for ${siteLabel(facts.history, to)} on ${day(leg.occurredAt)}, and nobody has received, refused or recalled it yet.`,
    affected: affectedBy(facts, { lots: new Set([leg.lot]) }),
    sites: [from.id, to.id],
    parties: [leg.consignor, leg.consignee],
    statements: [leg.dispatch],
    mend: 'The consignee signs a receipt, or the consignor recalls the lot.',
  };
}

function withoutDispatch(facts: Facts, moves: readonly Move[]): Finding {
  const [{ from, to }] = moves as [Move];
  const abroad = crossesBorder({ from, to });
  return {
    answer: abroad ? 'not enough evidence' : 'not judged',
    title: `Material went from ${siteLabel(facts.history, from)} to ${siteLabel(facts.history, to)} without a dispatch`,
    detail: `${count(moves.length, 'lot')} had been at the one site and was next acted upon at the other${abroad ? ', across a border' : ', in the same country'}.`,
    affected: affectedBy(facts, { lots: new Set(moves.map(({ lot }) => lot)) }),
    sites: [from.id, to.id],
    parties: unique(moves.map(({ party }) => party)),
    statements: unique(moves.map(({ statement }) => statement)),
    mend: 'From now on, a dispatch and a receipt between the two sites. For this lot nothing mends it.',
  };
}

function shortOnArrival(facts: Facts, { leg, from, to }: CarriedLeg): Finding {
  const sent = facts.history.lots.get(leg.lot)?.milligrams ?? 0n;
  const weighed = leg.receipt?.weighed ?? sent;
  return {
    answer: 'not judged',
    title: `${formatMass(sent - weighed)} less arrived than was sent`,
    detail: `Lot ${leg.lot} left ${siteLabel(facts.history, from)} with ${formatMass(sent)} and weighed ${formatMass(weighed)} at ${siteLabel(facts.history, to)}. Moisture and scales explain small differences.`,
    affected: affectedBy(facts, { lots: new Set([leg.lot]) }),
    sites: [from.id, to.id],
    parties: [leg.consignor, leg.consignee],
    statements: [leg.dispatch, ...(leg.receipt ? [leg.receipt.id] : [])],
    mend: 'The holder books the shortage with a production "reweigh".',
  };
}
