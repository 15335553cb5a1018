import type { Hex } from '../../../src/protocol/hex.ts';
import type { FacilityNode } from '../../../src/provenance/history.ts';
import { chainSchemes } from '../../../src/verification/policies/schemes.ts';
import { onDay, primary, recycled } from '../../provenance/builder.ts';
import { ofTwoMines, withStock } from '../rule-stories.ts';
import { listOf } from '../rules.ts';
import { CONGO, cobalt, FINLAND, ZAMBIA } from '../story.ts';
import { arrived, type Cases, from, NO_BREACH, NO_DATE, NO_NUMBER, underWay } from './case.ts';

const refused = (country: number, validFrom = 0) =>
  ({ of: 'origins', refused: [{ ...listOf([country]), validFrom }], allowed: null }) as const;
export const countries: Cases<'countries'> = {
  meets: { history: cobalt().history(), parameters: { ...refused(ZAMBIA), refused: [listOf([ZAMBIA])] } },
  'does not meet': {
    history: cobalt().history(),
    parameters: { ...refused(CONGO), refused: [listOf([CONGO])] },
  },
  'not enough evidence': {
    history: withStock(1n).history(),
    parameters: { ...refused(ZAMBIA), refused: [listOf([ZAMBIA])] },
  },
  number: NO_NUMBER,
  date: {
    at: {
      history: cobalt().history(),
      parameters: { of: 'origins', allowed: null, refused: [...refused(CONGO, onDay(10) + 1).refused] },
    },
    beyond: {
      history: cobalt().history(),
      parameters: { of: 'origins', allowed: null, refused: [...refused(CONGO, onDay(10)).refused] },
    },
    becomes: 'does not meet',
  },
};

/** 1,000 mg of cobalt, so much of it collected. */
function partRecycled(part: bigint) {
  const { builder, refinery } = cobalt();
  const made = { process: 'collect', day: 1 } as const;
  const [waste] = builder.make(refinery, { ...made, outputs: [[recycled(27, part)]] }) as [Hex];
  const [ore] = builder.make(refinery, {
    process: 'extract',
    outputs: [[primary(27, 1_000n)]],
    day: 1,
  }) as [Hex];
  const outputs = [[primary(27, 1_000n - part), recycled(27, part)]];
  const blended = { process: 'blend', inputs: [waste, ore], outputs, day: 2 } as const;
  return builder.history((builder.make(refinery, { ...blended, inputs: [waste, ore], outputs }) as [Hex])[0]);
}
function recycledStock() {
  const { builder, refinery } = cobalt();
  const plant = builder.site('recycler', FINLAND, builder.operatorOf(refinery));
  const [stock] = builder.make(plant, { process: 'declare', outputs: [[primary(27, 10n)]], day: 1 }) as [Hex];
  const outputs = [[recycled(27, 10n)]];
  const [lot] = builder.make(plant, { process: 'recycle', inputs: [stock], outputs, day: 2 }) as [Hex];
  return builder.history(lot);
}
const sixteen = { atLeast: [{ material: 27, ppm: 160_000 }] };
export const recycledShare: Cases<'recycled-share'> = {
  meets: { history: partRecycled(500n), parameters: sixteen },
  'does not meet': { history: cobalt().history(), parameters: sixteen },
  'not enough evidence': { history: recycledStock(), parameters: sixteen },
  number: {
    at: { history: partRecycled(160n), parameters: sixteen },
    beyond: { history: partRecycled(159n), parameters: sixteen },
    becomes: 'does not meet',
  },
  date: NO_DATE,
};

const share = (maxPpm: number, exempt: ReturnType<typeof listOf>[] = []) =>
  ({ of: 'country', stage: 'extraction', maxPpm, materials: null, exempt }) as const;
const sixtyFive = { ...share(650_000), exempt: [] };
/** Exempt until a second; the certificate is of day 300. */
const exemptUntil = (validUntil: number) => ({
  ...share(650_000),
  exempt: [{ ...listOf([CONGO]), validUntil }],
});
export const shareAtMost: Cases<'share-at-most'> = {
  meets: { history: ofTwoMines(500n).history(), parameters: sixtyFive },
  'does not meet': { history: cobalt().history(), parameters: sixtyFive },
  'not enough evidence': {
    history: withStock(900n).history(),
    parameters: { ...share(900_000), exempt: [] },
  },
  number: {
    at: { history: ofTwoMines(650n).history(), parameters: sixtyFive },
    beyond: { history: ofTwoMines(651n).history(), parameters: sixtyFive },
    becomes: 'does not meet',
  },
  date: {
    at: { history: cobalt().history(), parameters: exemptUntil(onDay(300) + 1) },
    beyond: { history: cobalt().history(), parameters: exemptUntil(onDay(300)) },
    becomes: 'does not meet',
  },
};

const model = (atLeast: 'identity-preserved' | 'segregated', schemes = chainSchemes.slice(1)) => ({
  ...{ atLeast, materials: null, schemes },
});
/** The story, with each site attested for its chain of custody from a second after the day of its work on. */
function attestedAfter(seconds: number) {
  const { builder, mine, refinery, history } = cobalt();
  builder.attest(mine, 'IRMA Chain of Custody', from(onDay(10) + seconds));
  builder.attest(refinery, 'IRMA Chain of Custody', from(onDay(30) + seconds));
  return history();
}
export const custodyModel: Cases<'custody-model'> = {
  meets: { history: cobalt().history(), parameters: model('segregated') },
  'does not meet': { history: cobalt().history(), parameters: model('identity-preserved') },
  'not enough evidence': { history: withStock(1n).history(), parameters: model('segregated') },
  number: {
    at: { history: cobalt().history(), parameters: model('segregated') },
    beyond: { history: cobalt().history(), parameters: model('identity-preserved') },
    becomes: 'does not meet',
  },
  date: {
    at: { history: attestedAfter(0), parameters: model('segregated', chainSchemes) },
    beyond: { history: attestedAfter(1), parameters: model('segregated', chainSchemes) },
    becomes: 'not enough evidence',
  },
};

/** Whether DR Congo was high-risk when the ore left it, on day 20. */
const riskyFrom = (validFrom: number) => ({
  covered: [{ ...listOf([CONGO]), validFrom }],
  highRisk: [listOf([])],
});
const silent = () => cobalt({ transit: undefined }).history();
export const transitKnown: Cases<'transit-known'> = {
  meets: { history: cobalt().history(), parameters: {}, lists: riskyFrom(0) },
  'does not meet': NO_BREACH,
  'not enough evidence': { history: silent(), parameters: {}, lists: riskyFrom(0) },
  number: NO_NUMBER,
  date: {
    at: { history: silent(), parameters: {}, lists: riskyFrom(onDay(20) + 1) },
    beyond: { history: silent(), parameters: {}, lists: riskyFrom(onDay(20)) },
    becomes: 'not enough evidence',
  },
};

const tolerance = { weighingTolerancePpm: 1_000 };
export const custodyDocumented: Cases<'custody-documented'> = {
  meets: { history: cobalt().history(), parameters: tolerance },
  'does not meet': NO_BREACH,
  'not enough evidence': { history: underWay(), parameters: tolerance },
  number: {
    at: { history: arrived(1_000n), parameters: tolerance },
    beyond: { history: arrived(999n), parameters: tolerance },
    becomes: 'a finding',
  },
  date: NO_DATE,
};

export const weighedWithin: Cases<'weighed-within'> = {
  meets: { history: cobalt().history(), parameters: tolerance },
  'does not meet': { history: arrived(1n), parameters: tolerance },
  'not enough evidence': { history: underWay(), parameters: tolerance },
  number: {
    at: { history: arrived(1_002n), parameters: tolerance },
    beyond: { history: arrived(1_003n), parameters: tolerance },
    becomes: 'does not meet',
  },
  date: NO_DATE,
};

const LAG = 'its number is of seconds';
export const recordedWithin: Cases<'recorded-within'> = {
  meets: { history: cobalt().history(), parameters: { seconds: 60 } },
  'does not meet': { history: cobalt().history(), parameters: { seconds: 0 } },
  'not enough evidence': { history: underWay(), parameters: { seconds: 86_400 } },
  number: {
    at: { history: cobalt().history(), parameters: { seconds: 60 } },
    beyond: { history: cobalt().history(), parameters: { seconds: 59 } },
    becomes: 'does not meet',
  },
  date: LAG,
};

function usedElsewhere() {
  const { builder, lot, refinery } = cobalt();
  const plant = builder.site('manufacturer', FINLAND, builder.operatorOf(refinery));
  const outputs = [[primary(27, 900n)]];
  const [cells] = builder.make(plant, { process: 'manufacture', inputs: [lot], outputs, day: 40 }) as [Hex];
  return builder.history(cells);
}
export const custodyUnbroken: Cases<'custody-unbroken'> = {
  meets: { history: cobalt().history(), parameters: {} },
  'does not meet': { history: usedElsewhere(), parameters: {} },
  'not enough evidence': { history: underWay(), parameters: {} },
  number: NO_NUMBER,
  date: NO_DATE,
};

/** The lot sent a quarter of the equator, 10,007 km, in so many seconds; null: it hides where it arrived. */
function flight(seconds: number | null) {
  const { builder, lot, refinery } = cobalt();
  const store = builder.site('storage', FINLAND);
  const shown = (site: Hex, longitude: number) => {
    const evidence = builder.document({ coordinates: { latitude: 0, longitude } });
    builder.facilities.set(site, { ...(builder.facilities.get(site) as FacilityNode), evidence });
  };
  shown(refinery, 0);
  if (seconds !== null) shown(store, 90);
  const leg = builder.send(lot, [refinery, store], 40);
  const receipt = leg.receipt && { ...leg.receipt, occurredAt: leg.occurredAt + (seconds ?? 0) };
  builder.legs.set(lot, [{ ...leg, receipt }]);
  return builder.history(lot);
}
const speed = { maxKmPerHour: 1_000 };
export const transitSpeed: Cases<'transit-speed'> = {
  meets: { history: flight(99_999), parameters: speed },
  'does not meet': { history: flight(9), parameters: speed },
  'not enough evidence': { history: flight(null), parameters: speed },
  number: {
    at: { history: flight(36_026), parameters: speed },
    beyond: { history: flight(36_025), parameters: speed },
    becomes: 'does not meet',
  },
  date: LAG,
};

const limit = (milligrams: string, codes = ['2605']) => ({ limits: [{ codes, isPart: false, milligrams }] });
export const lotMassAtMost: Cases<'lot-mass-at-most'> = {
  meets: { history: cobalt().history(), parameters: limit('1000') },
  'does not meet': { history: cobalt().history(), parameters: limit('1') },
  'not enough evidence': { history: cobalt().history(), parameters: limit('1000', ['2609']) },
  number: {
    at: { history: cobalt().history(), parameters: limit('901') },
    beyond: { history: cobalt().history(), parameters: limit('900') },
    becomes: 'does not meet',
  },
  date: NO_DATE,
};
