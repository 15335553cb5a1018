import { type Scope, scopes } from '../../../src/protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import type { Call } from '../acts.ts';
import type { Archive } from '../archive.ts';
import { type Lot, lotStatus, parted, SECONDS_PER_DAY } from '../book.ts';
import type { Cast } from '../cast.ts';
import { CLOCK_SKEW, MAX_AGE } from '../rules/authority.ts';
import type { Scene } from '../scene.ts';
import type { Dice } from './dice.ts';

/** What a draft is drawn from: the model's present state, what was recorded, and dice. */
export type Stage = Scene & {
  readonly dice: Dice;
  readonly cast: Cast;
  readonly archive: Archive;
  /** Calls that were made before, accepted or not. */
  readonly past: readonly Call[];
};

export const LAST_TIME = 2 ** 40 - 1;

export function activeParties({ book }: Stage): Hex[] {
  return [...book.parties].filter(([, { suspended }]) => !suspended).map(([party]) => party);
}

/** The facilities of a party. */
export function sitesOf({ book }: Stage, party: Hex): Hex[] {
  return [...book.facilities].filter(([, { operator }]) => operator === party).map(([facility]) => facility);
}

export type KnownLot = readonly [id: Hex, lot: Lot];

/** A party that can act and holds lots, with these. */
export function holdings(stage: Stage): [party: Hex, lots: KnownLot[]][] {
  const active = new Set(activeParties(stage));
  const held = new Map<Hex, KnownLot[]>();
  for (const [id, lot] of stage.book.lots) {
    if (lot.status !== lotStatus.held || !active.has(lot.custodian)) continue;
    held.set(lot.custodian, [...(held.get(lot.custodian) ?? []), [id, lot]]);
  }
  return [...held];
}

/** When something on these lots may have happened: mostly now, else anything the ledger takes, limits included. */
export function happened({ dice, now }: Stage, lots: readonly Lot[]): number {
  const latest = now + CLOCK_SKEW;
  const earliest = Math.max(now - MAX_AGE, ...lots.map(({ occurredAt }) => occurredAt));
  if (earliest >= latest) return latest;
  return dice.weighted([
    [6, Math.max(now, earliest)],
    [3, earliest],
    [1, latest],
    [2, dice.int(earliest, latest)],
  ]);
}

export function recordBy({ dice, now }: Stage): number {
  return dice.weighted([
    [8, now + dice.int(1, 30) * SECONDS_PER_DAY],
    [1, now],
    [1, LAST_TIME],
  ]);
}

export function evidence({ dice }: Stage): Hex {
  return dice.chance(0.5) ? ZERO_BYTES32 : dice.bytes32();
}

/** The key pairs that can sign this for a party now. A contract's signature is its owner's. */
export function signersFor({ book, now, keyring }: Stage, party: Hex, scope: Scope | null): Hex[] {
  const state = book.parties.get(party);
  if (!state) return [];
  const own = pairsOf(keyring, state.key);
  const delegates = [...book.delegations].flatMap(([key, { validUntil, keyNumber, scope: bits }]) => {
    const [from, delegate] = parted(key, 2);
    const isInForce = from === party && now < validUntil && keyNumber === state.keyNumber;
    return isInForce && scope !== null && (bits & scopes[scope]) !== 0 ? [delegate as Hex] : [];
  });
  return [...own, ...own, ...delegates.filter((delegate) => keyring.pairs.has(delegate))];
}

/** The key pairs that can sign as an account: itself, or its contract's owner. */
export function pairsOf(keyring: Stage['keyring'], account: Hex): Hex[] {
  const owner = keyring.contracts.get(account);
  return [...(keyring.pairs.has(account) ? [account] : []), ...(owner ? [owner] : [])];
}

/** An id of any kind that was ever recorded. */
export function anyId({ archive, book, dice }: Stage): Hex {
  const kinds = [archive.productions, archive.dispatches, archive.attestations, book.lots, book.facilities];
  return dice.maybe([...dice.pick(kinds).keys()]) ?? dice.bytes32();
}
