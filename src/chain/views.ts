import { keccak256 } from 'ethers/crypto';
import { toUtf8Bytes } from 'ethers/utils';
import { type Hex, hex } from '../protocol/hex.ts';
import { decodeResult, encodeCall } from './calls.ts';
import type { LedgerNode } from './node.ts';

// What the ledger answers about its present state. All throw as `LedgerNode.call`.

/** `key` is null where the account is no party. `keyNumber`: 1 for the key that it was admitted with. */
export type PartyState = {
  readonly key: Hex | null;
  readonly suspended: boolean;
  readonly keyNumber: number;
};

export async function partyState(node: LedgerNode, party: Hex): Promise<PartyState> {
  const state = await view<{ key: string; suspended: boolean; keyNumber: bigint }>(node, 'partyState', party);
  return {
    key: accountIn(state.key),
    suspended: state.suspended,
    keyNumber: Number(state.keyNumber),
  };
}

/** `issuedAt` is 0 where nothing was ever delegated. In force only while `keyNumber` is that of the party's key. */
export type DelegationState = {
  readonly scope: number;
  readonly validUntil: number;
  readonly issuedAt: number;
  readonly keyNumber: number;
};

export async function delegationState(node: LedgerNode, party: Hex, delegate: Hex): Promise<DelegationState> {
  const state = await view<Record<keyof DelegationState, bigint>>(node, 'delegationState', party, delegate);
  return {
    scope: Number(state.scope),
    validUntil: Number(state.validUntil),
    issuedAt: Number(state.issuedAt),
    keyNumber: Number(state.keyNumber),
  };
}

/** The registrar's open proposal to give the party another key; null where there is none. */
export async function keyProposal(
  node: LedgerNode,
  party: Hex,
): Promise<{ readonly key: Hex; readonly effectiveAt: number } | null> {
  const { key, effectiveAt } = await view<{ key: string; effectiveAt: bigint }>(node, 'keyProposal', party);
  const proposed = accountIn(key);
  return proposed && { key: proposed, effectiveAt: Number(effectiveAt) };
}

/** All that was said of a subject, folded into one word (see `trailOf` in src/protocol/trail.ts). */
export async function trail(node: LedgerNode, subject: Hex): Promise<Hex> {
  return hex(await view<string>(node, 'trail', subject));
}

/** Where a device's log on a subject ends; zero where it has none. */
export async function tail(
  node: LedgerNode,
  { observer, device, subject }: { readonly observer: Hex; readonly device: Hex; readonly subject: Hex },
): Promise<Hex> {
  return hex(await view<string>(node, 'tail', observer, device, subject));
}

const retirementStates = ['none', 'recorded', 'corrected'] as const;
/** Of a production without outputs; `none` for any other. */
export type RetirementState = (typeof retirementStates)[number];

export async function retirementState(node: LedgerNode, production: Hex): Promise<RetirementState> {
  const code = Number(await view<bigint>(node, 'retirementState', production));
  const state = retirementStates[code];
  if (state === undefined)
    throw new Error(`The ledger gives ${production} the unknown retirement state ${code}`);
  return state;
}

export async function isAccredited(node: LedgerNode, auditor: Hex, scheme: string): Promise<boolean> {
  return view<boolean>(node, 'isAccredited', auditor, scheme);
}

/** Whether the account holds the role now: who may suspend, grant and accredit, may also show the papers of such acts. */
export async function hasRole(
  node: Pick<LedgerNode, 'call'>,
  role: 'registrar' | 'accreditor',
  account: Hex,
): Promise<boolean> {
  return view<boolean>(node, 'hasRole', keccak256(toUtf8Bytes(role.toUpperCase())), account);
}

/** What may originate at the facility in that UTC year, in milligrams. */
export async function grantedQuota(
  node: LedgerNode,
  {
    facility,
    material,
    recycled,
    year,
  }: { readonly facility: Hex; readonly material: number; readonly recycled: boolean; readonly year: number },
): Promise<bigint> {
  return (await view<{ granted: bigint }>(node, 'quota', facility, material, recycled, year)).granted;
}

async function view<T>(
  node: Pick<LedgerNode, 'call'>,
  method: string,
  ...values: readonly unknown[]
): Promise<T> {
  return decodeResult(method, await node.call(encodeCall(method, values)))[0] as T;
}

function accountIn(word: string): Hex | null {
  return BigInt(word) === 0n ? null : hex(word);
}
