import { type LedgerNode, openNode } from '../../src/chain/node.ts';
import { performAct, type RoleAct } from '../../src/chain/roles.ts';
import { openRpc, type Rpc } from '../../src/chain/rpc.ts';
import { openSender, type Sender } from '../../src/chain/sender.ts';
import type { LedgerIdentity } from '../../src/indexer/port.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { type Domain, ledgerDomain } from '../../src/protocol/statements.ts';
import { accounts } from './accounts.ts';
import { mines, plants } from './load.ts';
import { strangers } from './strangers.ts';

/** The ledger of a deployment, as those see it who have keys and the chain's address. */
export type Ledger = {
  readonly rpc: Rpc;
  readonly node: LedgerNode;
  readonly domain: Domain;
  readonly identity: LedgerIdentity;
  sender(key: Hex): Sender;
};

export function ledgerAt(url: string, identity: LedgerIdentity): Ledger {
  const rpc = openRpc(url);
  const { chainId, ledger } = identity;
  return {
    rpc,
    identity,
    node: openNode({ url, ledger }),
    domain: ledgerDomain(chainId, ledger),
    sender: (key) => openSender(rpc, chainId, key),
  };
}

/** Admits everybody who writes, and accredits the strangers' auditor under names that are hostile. */
export async function admitAll(
  { sender, identity }: Ledger,
  { registrar, accreditor }: { readonly registrar: Hex; readonly accreditor: Hex },
): Promise<void> {
  const act = (key: Hex, what: RoleAct) => performAct(sender(key), identity.ledger, what, { pollMs: 20 });
  const evidence = ZERO_BYTES32;
  const parties = [...mines, ...plants, accounts.stranger, strangers.auditor];
  for (const { address: party } of parties) await act(registrar, { act: 'admit', party, evidence });
  for (const scheme of strangers.schemes)
    await act(accreditor, { act: 'accredit', auditor: strangers.auditor.address, scheme, evidence });
}
