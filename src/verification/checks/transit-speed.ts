import type { FacilityNode, LegReceipt } from '../../provenance/history.ts';
import { type CarriedLeg, disclosedIn, type Facts } from '../facts.ts';
import { type CheckResult, type Finding, lotLabel, orNone, siteLabel, unique } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { say } from '../wording/say.ts';
import { nothingTracked } from './entries.ts';
import { onItsWay } from './not-arrived.ts';

/**
 * Did the lot travel no faster than can be, as the crow flies, between the coordinates that its sites disclose? It asks of
 * the lot's own deliveries: those of the lots before it, their own certificates tell. A site that hides where it is leaves
 * not enough evidence: hiding must not be the way around the question.
 */
export function transitSpeed(facts: Facts, { maxKmPerHour }: Parameters<'transit-speed'>): CheckResult {
  const own = facts.legs.filter(({ leg }) => leg.lot === facts.lot.lot && leg.receipt?.kind !== 'recall');
  const findings = [...nothingTracked(facts), ...own.flatMap((one) => judge(facts, one, maxKmPerHour))];
  return {
    summary: say('transit-speed.summary', {
      outcome: orNone(findings, say('transit-speed.all', { speed: maxKmPerHour })),
    }),
    findings,
    relied: [],
    judged: true,
  };
}

function judge(facts: Facts, one: CarriedLeg, maxKmPerHour: number): Finding[] {
  const { leg, from, to } = one;
  if (from.id === to.id) return [];
  const [start, end] = [placeOf(facts, from), placeOf(facts, to)];
  if (!start || !end) return [hidden(facts, one, [start ? [] : from, end ? [] : to].flat())];
  if (!leg.receipt) return [underWay(facts, one)];
  const seconds = Math.max(0, leg.receipt.occurredAt - leg.occurredAt);
  const kilometres = distance(start, end);
  if (kilometres * 3_600 <= seconds * maxKmPerHour) return [];
  return [tooFast(facts, one, { kilometres, seconds, receipt: leg.receipt })];
}

function tooFast(
  facts: Facts,
  one: CarriedLeg,
  { kilometres, seconds, receipt }: { kilometres: number; seconds: number; receipt: LegReceipt },
): Finding {
  const { leg, from, to } = one;
  return {
    ...about(one),
    answer: 'does not meet',
    title: say('transit-speed.title', {
      from: siteLabel(facts.history, from),
      to: siteLabel(facts.history, to),
    }),
    detail: [
      say('transit-speed.detail', {
        lot: lotLabel(leg.lot),
        day: { day: leg.occurredAt },
        minutes: Math.floor(seconds / 60),
        kilometres,
      }),
    ],
    statements: [leg.dispatch, receipt.id],
    mend: say('transit-speed.mend'),
  };
}

function hidden({ history }: Facts, one: CarriedLeg, silent: readonly FacilityNode[]): Finding {
  return {
    ...about(one),
    answer: 'not enough evidence',
    title: say('transit-speed.hidden.title', {
      sites: { list: silent.map((site) => siteLabel(history, site)), joint: 'and' },
    }),
    detail: [say('transit-speed.hidden.detail', { lot: { id: one.leg.lot } })],
    sites: silent.map(({ id }) => id),
    parties: unique(silent.map(({ operator }) => operator)),
    statements: [one.leg.dispatch],
    mend: say('transit-speed.hidden.mend'),
  };
}

function underWay(facts: Facts, one: CarriedLeg): Finding {
  return {
    ...about(one),
    answer: 'not enough evidence',
    title: say('not-arrived.title'),
    detail: [onItsWay(facts, one)],
    statements: [one.leg.dispatch],
    mend: say('mend.receipt'),
  };
}

function about({ leg, from, to, materials }: CarriedLeg) {
  return {
    affected: { lots: new Set([leg.lot]) },
    materials,
    sites: [from.id, to.id],
    parties: [leg.consignor, leg.consignee],
  };
}

/** In degrees. */
type Place = { readonly latitude: number; readonly longitude: number };

function placeOf({ history }: Facts, { evidence }: FacilityNode): Place | null {
  const { coordinates } = disclosedIn(history, evidence);
  if (typeof coordinates !== 'object' || coordinates === null || Array.isArray(coordinates)) return null;
  const { latitude, longitude } = coordinates as Record<string, unknown>;
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

const EARTH_RADIUS_KM = 6_371;

/** Along the great circle, in kilometres rounded down: so that each machine that reckons it says the same. */
function distance(a: Place, b: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const square = (x: number) => x * x;
  const half =
    square(Math.sin(radians(b.latitude - a.latitude) / 2)) +
    Math.cos(radians(a.latitude)) *
      Math.cos(radians(b.latitude)) *
      square(Math.sin(radians(b.longitude - a.longitude) / 2));
  return Math.floor(2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half))));
}
