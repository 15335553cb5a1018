import { type Hex, partySubject } from '../../../src/protocol/hex.ts';
import { unprocessed } from '../../../src/verification/policies/commodities.ts';
import { chainSchemes, mineSchemes, smelterSchemes } from '../../../src/verification/policies/schemes.ts';
import { onDay, primary, recycled } from '../../provenance/builder.ts';
import { withStock } from '../rule-stories.ts';
import { listOf } from '../rules.ts';
import { AUSTRALIA, CONGO, cobalt, SOUTH_AFRICA, ZAMBIA } from '../story.ts';
import {
  type Cases,
  from,
  INFORMS,
  mineAlert,
  mineAttested,
  NO_BREACH,
  NO_DATE,
  NO_NUMBER,
  refineryAudited,
} from './case.ts';

/** Nothing but these is high-risk, as far as a list that is in force tells. */
const risky = (...countries: number[]) => ({ covered: [listOf(countries)], highRisk: [listOf([])] });
const bare = { mineAudit: null, smelterAudit: null } as const;

const smelters = { schemes: smelterSchemes, unprocessed: [unprocessed] };
function refineryAlert() {
  const { builder, refinery, history } = cobalt();
  builder.attest(refinery, 'RMAP', { outcome: 'non-conformant', from: 25, until: 300 });
  return history();
}
export const smeltersAudited: Cases<'smelters-audited'> = {
  meets: { history: cobalt().history(), parameters: smelters },
  'does not meet': { history: refineryAlert(), parameters: smelters },
  'not enough evidence': { history: cobalt(bare).history(), parameters: smelters },
  number: NO_NUMBER,
  date: {
    at: { history: refineryAudited(onDay(30)), parameters: smelters },
    beyond: { history: refineryAudited(onDay(30) + 1), parameters: smelters },
    becomes: 'not enough evidence',
  },
};

const mines = { schemes: mineSchemes };
export const highRiskOriginsAssessed: Cases<'high-risk-origins-assessed'> = {
  meets: { history: cobalt().history(), parameters: mines, lists: risky(CONGO) },
  'does not meet': { history: mineAlert('ITSCI'), parameters: mines, lists: risky(CONGO) },
  'not enough evidence': { history: cobalt(bare).history(), parameters: mines, lists: risky(CONGO) },
  number: NO_NUMBER,
  date: {
    at: { history: mineAttested(onDay(10)), parameters: mines, lists: risky(CONGO) },
    beyond: { history: mineAttested(onDay(10) + 1), parameters: mines, lists: risky(CONGO) },
    becomes: 'not enough evidence',
  },
};

export const originAttested: Cases<'origin-attested'> = {
  meets: { history: cobalt().history(), parameters: { ...mines, materials: null } },
  'does not meet': { history: mineAlert('IRMA'), parameters: { ...mines, materials: null } },
  'not enough evidence': { history: withStock(1n).history(), parameters: { ...mines, materials: null } },
  number: NO_NUMBER,
  date: {
    at: { history: mineAttested(onDay(10)), parameters: { ...mines, materials: null } },
    beyond: { history: mineAttested(onDay(10) + 1), parameters: { ...mines, materials: null } },
    becomes: 'not enough evidence',
  },
};

const answers = {
  schemes: [...mineSchemes, ...smelterSchemes, ...chainSchemes],
  documents: ['documents[i].sha256'],
};
export const highRiskTransitAnswered: Cases<'high-risk-transit-answered'> = {
  meets: { history: cobalt().history(), parameters: answers, lists: risky(ZAMBIA) },
  'does not meet': { history: mineAlert('IRMA'), parameters: answers, lists: risky(ZAMBIA) },
  'not enough evidence': { history: cobalt(bare).history(), parameters: answers, lists: risky(ZAMBIA) },
  number: NO_NUMBER,
  date: {
    at: { history: mineAttested(onDay(20)), parameters: answers, lists: risky(ZAMBIA) },
    beyond: { history: mineAttested(onDay(20) + 1), parameters: answers, lists: risky(ZAMBIA) },
    becomes: 'not enough evidence',
  },
};

const transitLevel = { transitLevel: [listOf([SOUTH_AFRICA])], highRisk: [listOf([])] };
const there = { mineCountry: SOUTH_AFRICA };
export const transitLevelOriginsAnswered: Cases<'transit-level-origins-answered'> = {
  meets: { history: cobalt(there).history(), parameters: answers, lists: transitLevel },
  'does not meet': { history: mineAlert('IRMA', SOUTH_AFRICA), parameters: answers, lists: transitLevel },
  'not enough evidence': {
    history: cobalt({ ...bare, ...there }).history(),
    parameters: answers,
    lists: transitLevel,
  },
  number: NO_NUMBER,
  date: {
    at: { history: mineAttested(onDay(10), SOUTH_AFRICA), parameters: answers, lists: transitLevel },
    beyond: { history: mineAttested(onDay(10) + 1, SOUTH_AFRICA), parameters: answers, lists: transitLevel },
    becomes: 'not enough evidence',
  },
};

/** Scrap collected on day 10 in DR Congo, by a recycler of which this is said. */
function scrap(said?: { outcome?: 'alert'; validFrom?: number }) {
  const { builder } = cobalt();
  const recycler = builder.site('recycler', CONGO);
  const made = { process: 'collect', outputs: [[recycled(27, 10n)]], day: 10 } as const;
  const [lot] = builder.make(recycler, { ...made, outputs: [[recycled(27, 10n)]] }) as [Hex];
  if (said) builder.attest(recycler, 'RMAP', { ...from(said.validFrom ?? onDay(1)), ...said });
  return builder.history(lot);
}
export const recycledInHighRiskAnswered: Cases<'recycled-in-high-risk-answered'> = {
  meets: { history: scrap({}), parameters: { schemes: smelterSchemes }, lists: risky(CONGO) },
  'does not meet': {
    history: scrap({ outcome: 'alert' }),
    parameters: { schemes: smelterSchemes },
    lists: risky(CONGO),
  },
  'not enough evidence': { history: scrap(), parameters: { schemes: smelterSchemes }, lists: risky(CONGO) },
  number: NO_NUMBER,
  date: {
    at: {
      history: scrap({ validFrom: onDay(10) }),
      parameters: { schemes: smelterSchemes },
      lists: risky(CONGO),
    },
    beyond: {
      history: scrap({ validFrom: onDay(10) + 1 }),
      parameters: { schemes: smelterSchemes },
      lists: risky(CONGO),
    },
    becomes: 'not enough evidence',
  },
};

/** Cells made on day 40 in Australia by the operator of the mine in DR Congo, of which this is said. */
function supplier(said?: { outcome?: 'alert'; validFrom?: number }) {
  const { builder, mine, lot } = cobalt(bare);
  const plant = builder.site('manufacturer', AUSTRALIA, builder.operatorOf(mine));
  const outputs = [[primary(27, 900n)]];
  const [cells] = builder.make(plant, { process: 'manufacture', inputs: [lot], outputs, day: 40 }) as [Hex];
  const party = partySubject(builder.operatorOf(mine));
  if (said) builder.attest(party, 'RMAP', { ...from(said.validFrom ?? onDay(1)), ...said });
  return builder.history(cells);
}
export const highRiskSuppliersAnswered: Cases<'high-risk-suppliers-answered'> = {
  meets: { history: supplier({}), parameters: answers, lists: risky(CONGO) },
  'does not meet': { history: supplier({ outcome: 'alert' }), parameters: answers, lists: risky(CONGO) },
  'not enough evidence': { history: supplier(), parameters: answers, lists: risky(CONGO) },
  number: NO_NUMBER,
  date: {
    at: { history: supplier({ validFrom: onDay(40) }), parameters: answers, lists: risky(CONGO) },
    beyond: { history: supplier({ validFrom: onDay(40) + 1 }), parameters: answers, lists: risky(CONGO) },
    becomes: 'not enough evidence',
  },
};

/** An alert on the mine from a second on; the mine had to do with the material until the dispatch, on day 20. */
function alertFrom(validFrom: number) {
  const { builder, mine, history } = cobalt();
  builder.attest(mine, 'SA8000', { ...from(validFrom), outcome: 'alert', recordedAt: onDay(60) });
  return history();
}
function backdated() {
  const { builder, refinery, lot, history } = cobalt();
  builder.attest(refinery, 'ITSCI', { outcome: 'alert', from: 35, until: 300 });
  const made = builder.productions.get(builder.lots.get(lot)?.production ?? lot);
  if (made) builder.productions.set(made.id, { ...made, occurredAt: onDay(34), recordedAt: onDay(63) });
  return history();
}
export const nothingAdverseOpen: Cases<'nothing-adverse-open'> = {
  meets: { history: cobalt().history(), parameters: {} },
  'does not meet': { history: alertFrom(onDay(5)), parameters: {} },
  'not enough evidence': { history: backdated(), parameters: {} },
  number: NO_NUMBER,
  date: {
    at: { history: alertFrom(onDay(20) + 1), parameters: {} },
    beyond: { history: alertFrom(onDay(20)), parameters: {} },
    becomes: 'does not meet',
  },
};

const late = (seconds: number) => ({ recordedLateAfter: seconds, weighingTolerancePpm: 1_000_000 });
export const anomalies: Cases<'anomalies'> = {
  meets: { history: cobalt().history(), parameters: late(60) },
  'does not meet': INFORMS,
  'not enough evidence': INFORMS,
  number: {
    at: { history: cobalt().history(), parameters: late(60) },
    beyond: { history: cobalt().history(), parameters: late(59) },
    becomes: 'a finding',
  },
  date: NO_DATE,
};

export const notTold: Cases<'not-told'> = {
  meets: 'it is not judged',
  'does not meet': 'it is not judged',
  'not enough evidence': 'it is not judged',
  number: NO_NUMBER,
  date: NO_DATE,
};

export const originKnown: Cases<'origin-known'> = {
  meets: { history: cobalt().history(), parameters: { undeclaredMaxPpm: 0 } },
  'does not meet': NO_BREACH,
  'not enough evidence': { history: withStock(1n).history(), parameters: { undeclaredMaxPpm: 0 } },
  number: {
    at: { history: withStock(100n).history(), parameters: { undeclaredMaxPpm: 100_000 } },
    beyond: { history: withStock(100n).history(), parameters: { undeclaredMaxPpm: 99_999 } },
    becomes: 'not enough evidence',
  },
  date: NO_DATE,
};
