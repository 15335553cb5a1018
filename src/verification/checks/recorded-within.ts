import type { Hex } from '../../protocol/hex.ts';
import type { FacilityNode } from '../../provenance/history.ts';
import type { CarriedLeg, Facts } from '../facts.ts';
import { type CheckResult, type Finding, orNone, siteLabel, tallyFirst, unique } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { nothingTracked } from './entries.ts';
import { leftOpen, notArrived } from './not-arrived.ts';

/** One statement: when it happened, when it was recorded, and what of the material it was about. */
type Said = {
  readonly statement: Hex;
  readonly facility: FacilityNode;
  readonly party: Hex;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly production: boolean;
  /** The production, or the lot that was sent. */
  readonly of: Hex;
  readonly materials: readonly number[];
};

/**
 * Was every production, dispatch and receipt recorded within so many seconds of when it happened? Of a delivery that is
 * under way for longer, nobody can tell yet.
 */
export function recordedWithin(facts: Facts, { seconds }: Parameters<'recorded-within'>): CheckResult {
  const late = saidIn(facts).filter((one) => delay(one) > seconds);
  const now = facts.history.asOf.time;
  const open = facts.legs.filter(({ leg }) => leg.receipt === null && now - leg.occurredAt > seconds);
  const findings = [
    ...nothingTracked(facts),
    ...[...Map.groupBy(late, ({ facility }) => facility.id).values()].map((group) =>
      recordedLate(facts, seconds, group),
    ),
    ...open.map((one) => underWay(facts, one)),
  ];
  return {
    summary: say('recorded-within.summary', {
      outcome: orNone(findings, say('recorded-within.all', { time: inWords(seconds) })),
    }),
    findings,
    relied: [],
    judged: true,
  };
}

function saidIn(facts: Facts): Said[] {
  const made = facts.uses.map(({ production, facility, materials }) => ({
    ...{ statement: production.id, facility, party: production.custodian, of: production.id, materials },
    ...{ occurredAt: production.occurredAt, recordedAt: production.recordedAt, production: true },
  }));
  const carried = facts.legs.flatMap(({ leg, from, to, materials }) => {
    const shared = { of: leg.lot, materials, production: false };
    const { consignor, receipt, occurredAt, recordedAt } = leg;
    const sent = {
      ...shared,
      ...{ statement: leg.dispatch, facility: from, party: consignor, occurredAt, recordedAt },
    };
    if (!receipt) return [sent];
    const ended = { occurredAt: receipt.occurredAt, recordedAt: receipt.recordedAt };
    return [sent, { ...shared, ...ended, statement: receipt.id, facility: to, party: receipt.party }];
  });
  return [...made, ...carried];
}

function recordedLate(facts: Facts, seconds: number, late: readonly Said[]): Finding {
  const [{ facility }] = late as [Said];
  const worst = late.reduce((a, b) => (delay(b) > delay(a) ? b : a));
  const statements = unique(late.map(({ statement }) => statement));
  return {
    answer: 'does not meet',
    title: say('recorded-within.title', {
      site: siteLabel(facts.history, facility),
      time: inWords(seconds),
    }),
    detail: [
      say('recorded-within.detail', {
        statements: tallyFirst(statements, 'statement'),
        late: inWords(delay(worst)),
        day: { day: worst.occurredAt },
        recorded: { day: worst.recordedAt },
      }),
    ],
    affected: {
      productions: new Set(late.filter(({ production }) => production).map(({ of }) => of)),
      lots: new Set(late.filter(({ production }) => !production).map(({ of }) => of)),
    },
    materials: unique(late.flatMap(({ materials }) => materials)),
    sites: [facility.id],
    parties: unique(late.map(({ party }) => party)),
    statements,
    mend: say('recorded-within.mend'),
  };
}

function underWay(facts: Facts, leg: CarriedLeg): Finding {
  return notArrived(leg, {
    title: say('recorded-within.under-way'),
    detail: [leftOpen(facts, leg)],
  });
}

function delay({ occurredAt, recordedAt }: Said): number {
  return recordedAt - occurredAt;
}

/** "2 days", "90 minutes": as a whole number of the largest unit that is not more. */
function inWords(seconds: number): Phrase {
  const whole = (size: number) => ({ count: Math.floor(seconds / size) });
  if (seconds >= 2 * 86_400) return say('recorded-within.days', whole(86_400));
  if (seconds >= 7_200) return say('recorded-within.hours', whole(3_600));
  return say('recorded-within.minutes', whole(60));
}
