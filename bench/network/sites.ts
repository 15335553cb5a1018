import type { FacilityKind } from '../../src/protocol/codes.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { Dice } from '../../test/model/draw/dice.ts';
import { type Account, account } from '../chain.ts';
import type { Lot } from './lots.ts';

export const DAY = 86_400;
export const YEAR = 365 * DAY;

/** The history that every network spans: from 1 June 2022 to 1 June 2026, UTC. */
export const BEGIN = Date.UTC(2022, 5, 1) / 1000;
export const END = Date.UTC(2026, 5, 1) / 1000;

const AUDITORS = 4;
/** A renewal that comes late leaves this long without an attestation. */
const GAP = 60 * DAY;

export type Role = 'mine' | 'smelter' | 'maker' | 'assembler' | 'recycler';

/** A party with one site. `stock`: what lies there, the oldest first. `rolling`: a smelter's blend of all so far. */
export type Site = {
  readonly name: string;
  readonly role: Role;
  readonly kind: FacilityKind;
  readonly country: number;
  readonly party: Account;
  /** Whether its attestations lapse at some time while it works. */
  readonly lapses: boolean;
  readonly stock: Lot[];
  facility: Hex;
  rolling: Lot | null;
};

/** What an auditor will say of a site, and when. */
export type Audit = {
  readonly site: Site;
  readonly auditor: Account;
  readonly at: number;
  readonly until: number;
};

const kinds: Record<Role, readonly FacilityKind[]> = {
  mine: ['mine', 'mine', 'mine', 'artisanal-mine'],
  smelter: ['smelter-or-refiner'],
  maker: ['manufacturer'],
  assembler: ['manufacturer'],
  recycler: ['recycler'],
};
const countries: Record<Role, readonly number[]> = {
  mine: [180, 360, 36, 152, 608],
  smelter: [156, 246, 410, 56],
  maker: [156, 410, 392, 616],
  assembler: [276, 840, 156],
  recycler: [276, 56, 410],
};
const shares: readonly (readonly [Role, number])[] = [
  ['smelter', 0.15],
  ['maker', 0.25],
  ['assembler', 0.1],
  ['recycler', 0.1],
];

/** So many sites of every role; four in ten are mines. */
export function sitesOf(total: number, dice: Dice): Site[] {
  const others = shares.flatMap(([role, share]) => roles(role, Math.max(1, Math.round(total * share))));
  const mines = roles('mine', Math.max(1, total - others.length));
  return [...mines, ...others].map((role, index) => ({
    name: `${role} ${index}`,
    role,
    kind: dice.pick(kinds[role]),
    country: dice.pick(countries[role]),
    party: account(`network: ${role} ${index}`),
    lapses: lapsesAt(index),
    stock: [],
    facility: '0x',
    rolling: null,
  }));
}

function roles(role: Role, count: number): Role[] {
  return Array.from({ length: count }, () => role);
}

export function auditorsOf(): Account[] {
  return Array.from({ length: AUDITORS }, (_, index) => account(`network: auditor ${index}`));
}

/** Of ten sites, the one with a gap, and the two that are audited once. */
function lapsesAt(index: number): boolean {
  return index % 10 >= 5 && index % 10 < 8;
}

/**
 * Of ten sites, five are audited every year with no day between, one with a gap of two months before its second
 * renewal, two once for two years, and two never. In the order of time. Those whose attestations never lapse are audited
 * before anything is made; the others some days later.
 */
export function auditsOf(sites: readonly Site[], auditors: readonly Account[], dice: Dice): Audit[] {
  const audits = sites.flatMap((site, index) => {
    const auditor = dice.pick(auditors);
    const late = dice.int(0, 20 * DAY);
    const first = site.lapses ? BEGIN + late : BEGIN;
    const turn = index % 10;
    if (turn >= 8) return [];
    if (turn >= 6) return [{ site, auditor, at: first, until: first + 2 * YEAR }];
    return yearly({ site, auditor, at: first, until: first + YEAR }, turn === 5);
  });
  return audits.sort((a, b) => a.at - b.at);
}

function yearly(first: Audit, hasGap: boolean): Audit[] {
  const audits: Audit[] = [first];
  for (let from = first.until; from < END; from += YEAR) {
    if (hasGap && audits.length === 2) from += GAP;
    audits.push({ ...first, at: from, until: from + YEAR });
  }
  return audits;
}
