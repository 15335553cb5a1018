import type { Hex } from '../protocol/hex.ts';
import { decodeResult, encodeCall } from './calls.ts';
import type { LedgerNode } from './node.ts';
import { type Performed, type PerformOptions, perform } from './perform.ts';
import type { Sender } from './sender.ts';

/** What the registrar does: decides who is a party, and what may originate where. `year` is a UTC year. */
export type RegistrarAct =
  | { readonly act: 'admit' | 'suspend' | 'reinstate'; readonly party: Hex; readonly evidence: Hex }
  | {
      readonly act: 'grant-quota';
      readonly facility: Hex;
      readonly material: number;
      readonly recycled: boolean;
      readonly year: number;
      readonly milligrams: bigint;
      readonly evidence: Hex;
    };

/** What the accreditor does: decides which auditor may attest under which scheme. */
export type AccreditorAct = {
  readonly act: 'accredit' | 'withdraw';
  readonly auditor: Hex;
  readonly scheme: string;
  readonly evidence: Hex;
};

export type RoleAct = RegistrarAct | AccreditorAct;

/**
 * Sends an act with the key of whoever holds the role, and waits until it is recorded.
 * @throws TransactionRefused (a forbidden one: the key lacks the role), and as `perform`
 */
export function performAct(
  sender: Sender,
  ledger: Hex,
  act: RoleAct,
  options?: PerformOptions,
): Promise<Performed> {
  return perform(sender, { to: ledger, data: actData(act) }, options);
}

/** Like `performAct`, unless the ledger is that way already: then it sends nothing and returns null. */
export async function ensureAct(node: LedgerNode, sender: Sender, act: RoleAct): Promise<Performed | null> {
  return (await isDone(node, act)) ? null : performAct(sender, node.ledger, act);
}

/**
 * Whether the ledger is already as the act would leave it. Evidence is not compared: the ledger keeps it in events
 * alone. A suspended party counts as admitted.
 */
export async function isDone(node: LedgerNode, act: RoleAct): Promise<boolean> {
  switch (act.act) {
    case 'admit':
      return (await partyState(node, act.party)).admitted;
    case 'suspend':
      return (await partyState(node, act.party)).suspended;
    case 'reinstate': {
      const { admitted, suspended } = await partyState(node, act.party);
      return admitted && !suspended;
    }
    case 'accredit':
      return isAccredited(node, act);
    case 'withdraw':
      return !(await isAccredited(node, act));
    case 'grant-quota':
      return (await grantedQuota(node, act)) === act.milligrams;
  }
}

function actData(act: RoleAct): Hex {
  switch (act.act) {
    case 'admit':
    case 'suspend':
    case 'reinstate':
      return encodeCall(act.act, [act.party, act.evidence]);
    case 'accredit':
      return encodeCall('accredit', [act.auditor, act.scheme, act.evidence]);
    case 'withdraw':
      return encodeCall('withdrawAccreditation', [act.auditor, act.scheme, act.evidence]);
    case 'grant-quota': {
      const { facility, material, recycled, year, milligrams, evidence } = act;
      return encodeCall('grantQuota', [facility, material, recycled, year, milligrams, evidence]);
    }
  }
}

async function partyState(node: LedgerNode, party: Hex): Promise<{ admitted: boolean; suspended: boolean }> {
  const [state] = await view(node, 'partyState', [party]);
  const { key, suspended } = state as { key: string; suspended: boolean };
  return { admitted: BigInt(key) !== 0n, suspended };
}

async function isAccredited(node: LedgerNode, { auditor, scheme }: AccreditorAct): Promise<boolean> {
  const [accredited] = await view(node, 'isAccredited', [auditor, scheme]);
  return accredited as boolean;
}

type Grant = Extract<RoleAct, { act: 'grant-quota' }>;

async function grantedQuota(
  node: LedgerNode,
  { facility, material, recycled, year }: Grant,
): Promise<bigint> {
  const [quota] = await view(node, 'quota', [facility, material, recycled, year]);
  return (quota as { granted: bigint }).granted;
}

async function view(
  node: LedgerNode,
  method: string,
  values: readonly unknown[],
): Promise<readonly unknown[]> {
  return decodeResult(method, await node.call(encodeCall(method, values)));
}
