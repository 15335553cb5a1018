import type { Hex } from '../../../src/protocol/hex.ts';
import type { Call } from '../acts.ts';
import { joined, parted, type Quota, quotaOf, yearOf } from '../book.ts';
import { stranger } from '../cast.ts';
import { roles } from '../ids.ts';
import { kind, MAX_MILLIGRAMS, ZERO_ADDRESS } from '../rules/form.ts';
import { materials } from './lots.ts';
import { evidence, type Stage } from './stage.ts';

/** The registrar's and the accreditor's acts, and what anyone can do without a signature. */

export const schemes = ['RMI RMAP', 'CMSI', 'a|b', '~'.repeat(64)] as const;
const wrongSchemes = ['', 'x'.repeat(65), 'é', 'tab\t', 'CMSI '] as const;

export function registrarAct(stage: Stage): Call {
  const { dice } = stage;
  return dice.weighted<(stage: Stage) => Call>([
    [6, grant],
    [2, standing],
    [2, proposal],
    [1, admission],
    [1, (given) => roleChange(given, roles.REGISTRAR)],
  ])(stage);
}

export function accreditorAct(stage: Stage): Call {
  const { dice } = stage;
  return dice.weighted<(stage: Stage) => Call>([
    [5, accreditation],
    [2, withdrawal],
    [1, (given) => roleChange(given, roles.ACCREDITOR)],
  ])(stage);
}

/** Mostly of a candidate that is no party yet. */
export function admission(stage: Stage): Call {
  const { dice, book, cast } = stage;
  const unknown = cast.candidates.filter((candidate) => !book.parties.has(candidate));
  const party =
    (dice.chance(0.8) ? dice.maybe(unknown) : undefined) ?? dice.pick([...cast.candidates, ZERO_ADDRESS]);
  return { method: 'admit', args: [party, evidence(stage)] };
}

/** Suspended parties are mostly taken back soon, so that there is someone left to act. */
function standing(stage: Stage): Call {
  const { dice, book } = stage;
  const suspended = [...book.parties].filter(([, party]) => party.suspended).map(([party]) => party);
  const reinstated = dice.chance(0.35 + suspended.length / 4) ? dice.maybe(suspended) : undefined;
  if (reinstated) return { method: 'reinstate', args: [reinstated, evidence(stage)] };
  const anyone = dice.pick([...book.parties.keys(), ...book.parties.keys(), stranger]);
  return { method: dice.chance(0.8) ? 'suspend' : 'reinstate', args: [anyone, evidence(stage)] };
}

function proposal(stage: Stage): Call {
  const { dice, book, cast } = stage;
  const party = dice.pick([...book.parties.keys(), ...book.parties.keys(), stranger]);
  const key = dice.pick([...cast.spares, party, ZERO_ADDRESS]);
  return { method: 'proposeKey', args: [party, key, evidence(stage)] };
}

export function completion({ dice, book }: Stage): Call {
  const open = [...book.proposals].filter(([, { key }]) => key !== ZERO_ADDRESS).map(([party]) => party);
  const party =
    (dice.chance(0.9) ? dice.maybe(open) : undefined) ?? dice.pick([...book.parties.keys(), stranger]);
  return { method: 'completeKeyProposal', args: [party] };
}

export function grant(stage: Stage): Call {
  const { dice, book } = stage;
  const used = [...book.quotas].filter(([, quota]) => quota.used > 0n);
  return dice.chance(0.3) && used.length > 0 ? changedGrant(stage, dice.pick(used)) : newGrant(stage);
}

/** To just what was used, or to a milligram less. */
function changedGrant(stage: Stage, [key, { used }]: readonly [string, Quota]): Call {
  const [facility, material, recycled, year] = parted(key, 4);
  const milligrams = used - (stage.dice.chance(0.5) ? 1n : 0n);
  const quota = [facility as Hex, Number(material), recycled === 'true', Number(year)] as const;
  return { method: 'grantQuota', args: [...quota, milligrams, evidence(stage)] };
}

/** Around the end of a year a production may need either year's. */
function newGrant(stage: Stage): Call {
  const { dice, book, now } = stage;
  const facility = dice.maybe([...book.facilities.keys()]) ?? dice.bytes32();
  const site = book.facilities.get(facility)?.kind;
  const recycled = dice.chance(0.1) ? dice.chance(0.5) : site === kind.recycler;
  const year = yearOf(now + dice.pick([0, 0, 0, 15, -30]) * 86_400);
  const material = dice.chance(0.95) ? dice.pick(materials) : dice.pick([0, 119, 127]);
  const { used } = quotaOf(book, joined(facility, material, recycled, year));
  const milligrams = dice.weighted([
    [6, used + dice.mass(1n, 10n ** 9n) > MAX_MILLIGRAMS ? used : used + dice.mass(1n, 10n ** 9n)],
    [1, used],
    [1, used > 0n ? used - 1n : 0n],
    [1, MAX_MILLIGRAMS],
    [0.3, MAX_MILLIGRAMS + 1n],
    [0.3, 2n ** 64n - 1n],
  ]);
  const known = dice.chance(0.97) ? facility : dice.bytes32();
  return { method: 'grantQuota', args: [known, material, recycled, year, milligrams, evidence(stage)] };
}

function accreditation(stage: Stage): Call {
  const { dice, book } = stage;
  const auditor = dice.pick([...book.parties.keys(), ...book.parties.keys(), stranger]);
  const scheme = dice.chance(0.85) ? dice.pick(schemes) : dice.pick(wrongSchemes);
  return { method: 'accredit', args: [auditor, scheme, evidence(stage)] };
}

function withdrawal(stage: Stage): Call {
  const { dice, book } = stage;
  const known = dice.maybe([...book.accreditations.keys()]);
  const [auditor, scheme] = known ? parted(known, 2) : [stranger, dice.pick(schemes)];
  return { method: 'withdrawAccreditation', args: [auditor as Hex, scheme as string, evidence(stage)] };
}

/** A role is handed on and back, but its last holder stays. */
function roleChange({ dice, book, cast, sender }: Stage, role: Hex): Call {
  const holders = [...(book.roles.get(role) ?? [])];
  const account = dice.pick(cast.officials);
  const spare = holders.filter((holder) => holder !== holders[0]);
  const leaving = dice.maybe(spare);
  if (leaving && dice.chance(0.5)) {
    const method = leaving === sender || dice.chance(0.2) ? 'renounceRole' : 'revokeRole';
    return { method, args: [role, leaving] };
  }
  const wanted = dice.chance(0.9) ? role : dice.pick([`0x${'00'.repeat(32)}` as Hex, dice.bytes32()]);
  return { method: 'grantRole', args: [wanted, account] };
}
