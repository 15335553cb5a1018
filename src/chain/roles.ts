import type { Hex } from '../protocol/hex.ts';
import { encodeCall } from './calls.ts';
import type { LedgerNode } from './node.ts';
import { type Performed, type PerformOptions, perform } from './perform.ts';
import type { Sender } from './sender.ts';
import { grantedQuota, isAccredited, keyProposal, partyState } from './views.ts';

/**
 * What the registrar does: decides who is a party, proposes another key for one that lost its own, and says what may
 * originate where. `year` is a UTC year.
 */
export type RegistrarAct =
  | { readonly act: 'admit' | 'suspend' | 'reinstate'; readonly party: Hex; readonly evidence: Hex }
  | { readonly act: 'propose-key'; readonly party: Hex; readonly key: Hex; readonly evidence: Hex }
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

/** What anyone may do, from a proposal's date on: give the party the key that the registrar proposed. */
export type CompletionAct = { readonly act: 'complete-key-proposal'; readonly party: Hex };

export type RoleAct = RegistrarAct | AccreditorAct | CompletionAct;

/**
 * Sends an act with the key of whoever holds the role (of anyone, to complete a proposal), and waits until it is
 * recorded.
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
 * alone. A suspended party counts as admitted; a proposal counts as made while it is open, or once it took effect.
 */
export async function isDone(node: LedgerNode, act: RoleAct): Promise<boolean> {
  switch (act.act) {
    case 'admit':
      return (await partyState(node, act.party)).key !== null;
    case 'suspend':
      return (await partyState(node, act.party)).suspended;
    case 'reinstate': {
      const { key, suspended } = await partyState(node, act.party);
      return key !== null && !suspended;
    }
    case 'propose-key':
      return (
        (await keyProposal(node, act.party))?.key === act.key ||
        (await partyState(node, act.party)).key === act.key
      );
    case 'complete-key-proposal':
      return (await keyProposal(node, act.party)) === null;
    case 'accredit':
      return isAccredited(node, act.auditor, act.scheme);
    case 'withdraw':
      return !(await isAccredited(node, act.auditor, act.scheme));
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
    case 'propose-key':
      return encodeCall('proposeKey', [act.party, act.key, act.evidence]);
    case 'complete-key-proposal':
      return encodeCall('completeKeyProposal', [act.party]);
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
