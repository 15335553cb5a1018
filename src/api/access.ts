import type { Hex } from '../protocol/hex.ts';
import { grantersOf } from '../store/grants.ts';
import { partiesTo } from '../store/queries/involved.ts';
import type { Db } from '../store/schema.ts';
import type { Context } from './context.ts';
import { ProblemError } from './problems.ts';
import { type Reader, requireReader } from './reader.ts';

/**
 * Who may ask a route where reading is for parties alone (`READ_ACCESS=parties`): `anybody`; any `party` that is signed in;
 * or a party about what is its `own`, which the handler asks of `Access`.
 */
export type RouteAccess = 'anybody' | 'party' | 'own';

/** What whoever asks may read. Where reading is public, that is everything, and nothing is ever refused. */
export type Access = {
  /** Null = everything; else the party itself, and those that let it read what they may. */
  readonly parties: ReadonlySet<Hex> | null;
  /** @throws ProblemError `not-yours` unless it may read for one of these */
  requireSome(parties: Iterable<Hex | null>): void;
  /** @throws ProblemError `not-yours` unless it may read for all of these: for what shows the dealings of several */
  requireAll(parties: Iterable<Hex>): void;
  /** Whether a part of the answer that concerns these may be in it. */
  sees(parties: Iterable<Hex | null>): boolean;
  /** Whether anything was asked: a route about what is somebody's own that asks nothing is not answered. */
  readonly wasAsked: boolean;
};

const OPEN: Access = {
  parties: null,
  requireSome: () => undefined,
  requireAll: () => undefined,
  sees: () => true,
  wasAsked: true,
};

/**
 * What a caller of a route may read.
 * @throws ProblemError `sign-in-required` where nobody is signed in, and the route is not for anybody
 */
export async function accessOf(
  { db, clock, readAccess }: Pick<Context, 'db' | 'clock' | 'readAccess'>,
  route: RouteAccess,
  reader: Reader | null,
): Promise<Access> {
  if (readAccess === 'public' || route === 'anybody') return OPEN;
  const { party } = requireReader(reader);
  if (route === 'party') return OPEN;
  return accessFor(new Set([party, ...(await grantersOf(db, party, clock()))]));
}

/**
 * For what concerns the parties to a thing, whoever else they are.
 * @param others for whom one may ask as well  @throws ProblemError `not-yours`
 */
export async function requirePartyTo(
  db: Db,
  access: Access,
  id: Hex,
  others: readonly (Hex | null)[] = [],
): Promise<void> {
  if (access.parties === null) return;
  access.requireSome([...(await partiesTo(db, id)), ...others]);
}

function accessFor(parties: ReadonlySet<Hex>): Access {
  let wasAsked = false;
  const has = (party: Hex | null) => party !== null && parties.has(party);
  const require = (isFine: boolean) => {
    wasAsked = true;
    if (!isFine) throw notYours();
  };
  return {
    parties,
    requireSome: (some) => require([...some].some(has)),
    requireAll: (all) => require([...all].every(has)),
    sees: (some) => {
      wasAsked = true;
      return [...some].some(has);
    },
    get wasAsked() {
      return wasAsked;
    },
  };
}

function notYours(): ProblemError {
  return new ProblemError(
    'not-yours',
    'It concerns other parties, which do not let the party that is signed in read it.',
  );
}
