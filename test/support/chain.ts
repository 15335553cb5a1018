import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployLedger, ledgerBytecode } from '../../src/chain/deploy.ts';
import { startEmbeddedChain } from '../../src/chain/embedded/start.ts';
import { type LedgerNode, openNode } from '../../src/chain/node.ts';
import { performAct, type RoleAct } from '../../src/chain/roles.ts';
import { openRpc, type Rpc } from '../../src/chain/rpc.ts';
import { openSender, type Sender } from '../../src/chain/sender.ts';
import type { LedgerIdentity } from '../../src/indexer/port.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { type Domain, ledgerDomain } from '../../src/protocol/statements.ts';
import { account } from './accounts.ts';

/** The accounts with money, and with the ledger's roles. */
export const relayer = account('relayer');
export const registrar = account('registrar');
export const accreditor = account('accreditor');

export type TestChain = {
  readonly url: string;
  readonly rpc: Rpc;
  readonly node: LedgerNode;
  readonly domain: Domain;
  readonly identity: LedgerIdentity;
  sender(key: Hex): Sender;
  /** Lets the registrar or the accreditor do something. */
  act(act: RoleAct): Promise<void>;
  /** Admits parties. */
  admit(...parties: readonly Hex[]): Promise<void>;
  stop(): Promise<void>;
};

const chainId = 31_337;

/** A durable chain on a free loopback port, in a directory of its own, with a ledger deployed by the relayer. */
export async function startTestChain(): Promise<TestChain> {
  const directory = await mkdtemp(join(tmpdir(), 'lodebook-chain-'));
  const genesis = [relayer, registrar, accreditor].map(({ address }) => ({ address, balance: 10n ** 24n }));
  const journalPath = join(directory, 'chain.journal');
  const chain = await startEmbeddedChain({ journalPath, host: '127.0.0.1', port: 0, chainId, genesis });
  const rpc = openRpc(chain.url);
  const sender = (key: Hex): Sender => openSender(rpc, chainId, key);
  const { ledger, deployedAt } = await deployLedger(sender(relayer.key), {
    bytecode: await ledgerBytecode(),
    registrar: registrar.address,
    accreditor: accreditor.address,
  });
  const act = async (act: RoleAct): Promise<void> => {
    const who = act.act === 'accredit' || act.act === 'withdraw' ? accreditor : registrar;
    await performAct(sender(who.key), ledger, act, { pollMs: 5 });
  };
  return {
    url: chain.url,
    rpc,
    node: openNode({ url: chain.url, ledger }),
    domain: ledgerDomain(chainId, ledger),
    identity: { chainId, ledger, deployedAt },
    sender,
    act,
    admit: async (...parties) => {
      for (const party of parties) await act({ act: 'admit', party, evidence: ZERO_BYTES32 });
    },
    stop: async () => {
      await chain.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
