import { join } from 'node:path';
import { z } from 'zod';
import { deployLedger, deploymentBlock, firstLedgerOf, ledgerBytecode } from './chain/deploy.ts';
import { type LedgerNode, nodeOver } from './chain/node.ts';
import { NodeError, type Rpc } from './chain/rpc.ts';
import { openSender } from './chain/sender.ts';
import { readJson, writeJson } from './durable-file.ts';
import type { LedgerIdentity } from './indexer/port.ts';
import { accountOf, type OperatorKeys } from './operator.ts';
import type { Hex } from './protocol/hex.ts';
import { addressJson } from './protocol/json.ts';

const stored = z.object({ chainId: z.int(), ledger: addressJson, deployedAt: z.int() });

/**
 * The ledger of an embedded deployment: what `DATA_DIR/ledger.json` says, else deployed now. A process that was killed
 * between deployment and note finds its ledger again, because the relayer's first transaction deployed it.
 *
 * @throws Error where the relayer has sent transactions, and none of them made a ledger
 */
export async function embeddedLedger(dataDir: string, rpc: Rpc, keys: OperatorKeys): Promise<LedgerIdentity> {
  const noted = await readNote(dataDir);
  if (noted) return noted;
  const relayer = accountOf(keys.relayer);
  const ledger = firstLedgerOf(relayer);
  const node = nodeOver(rpc, ledger);
  const chainId = await node.chainId();
  const sender = openSender(rpc, chainId, keys.relayer);
  const before = await deploymentBlock(node);
  if (before === null && (await sender.nonce()) > 0)
    throw new Error(
      `${relayer} has sent transactions on chain ${chainId}, and its first one made no ledger at ${ledger}. ` +
        `Restore ${notePath(dataDir)}, or start with an empty DATA_DIR.`,
    );
  const roles = { registrar: accountOf(keys.registrar), accreditor: accountOf(keys.accreditor) };
  const deployedAt =
    before ?? (await deployLedger(sender, { bytecode: await ledgerBytecode(), ...roles })).deployedAt;
  return note(dataDir, { chainId, ledger, deployedAt });
}

/**
 * The identity of a ledger on a chain elsewhere. The block of its deployment is looked up once, and kept.
 *
 * @throws Error where there is no contract at the address; ChainUnavailable where the chain is needed and away
 */
export async function remoteLedger(dataDir: string, node: LedgerNode): Promise<LedgerIdentity> {
  const noted = await readNote(dataDir);
  if (noted?.ledger === node.ledger) return noted;
  const chainId = await node.chainId();
  const deployedAt = await deploymentBlock(node).catch((error: unknown) => {
    throw error instanceof NodeError ? withoutOldStates(dataDir, chainId, node.ledger, error) : error;
  });
  if (deployedAt === null)
    throw new Error(`Chain ${chainId} has no contract at ${node.ledger}. Check RPC_URL and LEDGER_ADDRESS.`);
  return note(dataDir, { chainId, ledger: node.ledger, deployedAt });
}

function withoutOldStates(dataDir: string, chainId: number, ledger: Hex, cause: NodeError): Error {
  const example = JSON.stringify({ chainId, ledger, deployedAt: 0 });
  return new Error(
    `The node does not say in which block ${ledger} was deployed (${cause.message}). ` +
      `Write ${notePath(dataDir)} yourself, with the number of that block, or a lower one: ${example}`,
    { cause },
  );
}

function notePath(dataDir: string): string {
  return join(dataDir, 'ledger.json');
}

async function readNote(dataDir: string): Promise<LedgerIdentity | null> {
  const found = await readJson(notePath(dataDir));
  if (found === null) return null;
  const parsed = stored.safeParse(found);
  if (!parsed.success)
    throw new Error(
      `${notePath(dataDir)} is damaged: expected chainId, ledger and deployedAt. Remove it; it is found again.`,
    );
  return parsed.data as LedgerIdentity & { ledger: Hex };
}

async function note(dataDir: string, identity: LedgerIdentity): Promise<LedgerIdentity> {
  await writeJson(notePath(dataDir), identity, 0o644);
  return identity;
}
