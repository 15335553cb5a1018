import { setTimeout as pause } from 'node:timers/promises';
import { Wallet } from 'ethers/wallet';
import { performAct, type RoleAct } from '../chain/roles.ts';
import { openRpc } from '../chain/rpc.ts';
import { openSender } from '../chain/sender.ts';
import { ApiProblem } from '../client/errors.ts';
import { signPublication } from '../client/publish.ts';
import type { SignedDisclosure } from '../client/sign.ts';
import { readConfig } from '../config.ts';
import { readJson } from '../durable-file.ts';
import { type OperatorKeys, operatorFile, operatorKeys } from '../operator.ts';
import { type Hex, hex } from '../protocol/hex.ts';
import { readEvidence } from './evidence-file.ts';
import { Failure } from './failure.ts';
import type { EvidenceOptions } from './runner.ts';
import { domainOf, passwordFor, type Session } from './session.ts';

export type ActOptions = EvidenceOptions & { readonly rpc: string };

export type Acting = {
  readonly role: Exclude<keyof OperatorKeys, 'relayer'>;
  /** The act, once its evidence has a root. */
  readonly act: (evidence: Hex) => RoleAct;
  /** What it comes to, in words. */
  readonly says: string;
  readonly next: readonly string[];
};

/** Sends a transaction of the registrar or the accreditor to the chain, and shows its evidence to the service. */
export async function perform(
  session: Session,
  { role, act, says, next }: Acting,
  options: ActOptions,
): Promise<void> {
  const { terminal, client } = session;
  const evidence = await readEvidence(options.evidence, options.hide ?? []);
  const domain = domainOf(await client.protocol());
  const rpc = openRpc(options.rpc);
  const chainId = Number(await rpc.send<Hex>('eth_chainId', []));
  if (chainId !== domain.chainId)
    throw new Failure(
      `The service's ledger is on chain ${domain.chainId}, and ${options.rpc} is chain ${chainId}. Name that chain's node with --rpc.`,
    );
  const { key } = session.options;
  terminal.note(`${key === undefined ? `As the ${role}` : `With the key "${key}"`}: ${says}`, '');
  if (session.options.dryRun) return terminal.result({ status: 'not sent' }, ['Not sent.']);
  const privateKey = await keyOf(session, role);
  const sender = openSender(rpc, chainId, privateKey);
  const done = await performAct(sender, domain.verifyingContract, act(evidence.root));
  const signer = new Wallet(privateKey);
  for (const document of evidence.documents) {
    const signed = await signPublication({ client, domain }, signer, document);
    if (signed) await show(session, signed);
  }
  terminal.result(
    { status: 'recorded', block: done.block, transaction: done.transaction, evidence: evidence.root },
    [
      `Done: ${says}`,
      `Recorded in block ${done.block}, by transaction ${done.transaction}.`,
      ...next.map((line) => `Next: ${line}`),
    ],
  );
}

/** The key that --key names, else the one that an embedded deployment keeps for that role. */
async function keyOf(session: Session, role: Acting['role']): Promise<Hex> {
  if (session.options.key !== undefined) {
    const stored = await session.keystore.find(session.options.key);
    const wallet = await session.keystore.unlock(
      stored,
      await passwordFor(session, `Password of the key "${stored.name}": `),
    );
    return hex(wallet.privateKey);
  }
  const { dataDir } = readConfig(session.environment.variables);
  if ((await readJson(operatorFile(dataDir))) === null)
    throw new Failure(
      `Only the ledger's ${role} may do this. Name its key with --key; or, for a ledger of this machine, set DATA_DIR to the folder that holds its operator.json (there is none in ${dataDir}).`,
    );
  return (await operatorKeys(dataDir))[role];
}

const LOOKS = 50;

/** The service takes the papers of an act once its index has seen it. */
async function show({ client, terminal }: Session, signed: SignedDisclosure): Promise<void> {
  for (let look = 1; ; look += 1) {
    try {
      await client.disclose(signed);
      return;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'evidence-unnamed') throw error;
      if (look >= LOOKS)
        return terminal.note(
          'The act is recorded, but the service has not seen it yet: its evidence was not stored.',
        );
      await pause(200);
    }
  }
}
