import { setTimeout as pause } from 'node:timers/promises';
import { Wallet } from 'ethers/wallet';
import { type LedgerNode, nodeOver } from '../chain/node.ts';
import { ensureAct, type RoleAct } from '../chain/roles.ts';
import { openRpc } from '../chain/rpc.ts';
import { openSender, type Sender } from '../chain/sender.ts';
import { type Client, createClient } from '../client/client.ts';
import { ApiProblem } from '../client/errors.ts';
import { signPublication } from '../client/publish.ts';
import { signerFor, signStatement } from '../client/sign.ts';
import { type EvidenceDocument, evidenceRoot } from '../protocol/evidence.ts';
import { type Hex, ZERO_BYTES32 } from '../protocol/hex.ts';
import { authorOf, type Domain } from '../protocol/statements.ts';
import { type StoryPack, type StoryPlaces, storyGround, storyIndex } from './ground.ts';
import { walletOf } from './personas.ts';
import { planStory } from './plan.ts';
import type { ActStep, StatementStep } from './steps.ts';

/** `done` of `total` steps; `name` of the one that was done last. */
export type StoryProgress = { readonly done: number; readonly total: number; readonly name: string };

export type StoryOptions = StoryPlaces & {
  readonly registrarKey: Hex;
  readonly accreditorKey: Hex;
  readonly onProgress?: (progress: StoryProgress) => void;
  readonly signal?: AbortSignal | undefined;
};

/** A step of the story did not work; what was recorded before it stands, and the next run goes on from there. */
export class StoryStopped extends Error {
  override readonly name = 'StoryStopped';
}

type Stage = {
  readonly client: Client;
  readonly node: LedgerNode;
  readonly registrar: Sender;
  readonly accreditor: Sender;
  readonly wallets: { readonly registrar: Wallet; readonly accreditor: Wallet };
  readonly domain: Domain;
  readonly signal: AbortSignal | undefined;
};

/** The papers of an act, and whose they are. */
type Paper = { readonly document: EvidenceDocument; readonly signer: Wallet };

function signerOf({ wallets }: Stage, { kind }: ActStep['act']): Wallet {
  return kind === 'accredit' ? wallets.accreditor : wallets.registrar;
}

/**
 * Loads the story: acts by transaction, statements through the public API, each signed by its author. It can be
 * stopped at any point and run again: the same ledger gives the same statements, and what is there is left as it is.
 *
 * @returns the three packs
 * @throws StoryStopped, ServiceUnreachable, ApiProblem, ChainUnavailable; the signal's reason where it was aborted
 */
export async function runStory(options: StoryOptions): Promise<readonly StoryPack[]> {
  const { signal, onProgress } = options;
  const ground = await storyGround(options, signal);
  const { steps } = planStory(ground);
  const stage = stageOf(options, ground.domain);
  const sent: StatementStep[] = [];
  const papers: Paper[] = [];
  for (const [index, step] of steps.entries()) {
    signal?.throwIfAborted();
    if (step.kind === 'act') {
      await settle(stage, sent);
      await perform(stage, step);
      if (step.evidence) papers.push({ document: step.evidence, signer: signerOf(stage, step.act) });
    } else {
      for (const paper of papers.splice(0)) await show(stage, paper);
      // What the first key signed holds only if it is recorded while that key stands.
      if (step.statement.type === 'KeyReplacement') await settle(stage, sent);
      await send(stage, step);
      sent.push(step);
    }
    onProgress?.({ done: index + 1, total: steps.length, name: step.name });
  }
  await settle(stage, sent);
  return storyIndex(ground);
}

function stageOf(
  { api, rpc: url, registrarKey, accreditorKey, signal }: StoryOptions,
  domain: Domain,
): Stage {
  const rpc = openRpc(url);
  return {
    client: createClient({ api, signal }),
    node: nodeOver(rpc, domain.verifyingContract),
    registrar: openSender(rpc, domain.chainId, registrarKey),
    accreditor: openSender(rpc, domain.chainId, accreditorKey),
    wallets: { registrar: new Wallet(registrarKey), accreditor: new Wallet(accreditorKey) },
    domain,
    signal,
  };
}

async function perform(
  { node, registrar, accreditor }: Stage,
  { name, act, evidence }: ActStep,
): Promise<void> {
  const sender = act.kind === 'accredit' ? accreditor : registrar;
  try {
    await ensureAct(node, sender, roleAct(act, evidence ? evidenceRoot(evidence) : ZERO_BYTES32));
  } catch (error) {
    throw stopped(name, error);
  }
}

function roleAct(act: ActStep['act'], evidence: Hex): RoleAct {
  switch (act.kind) {
    case 'admit':
    case 'suspend':
      return { act: act.kind, party: act.party, evidence };
    case 'accredit':
      return { act: 'accredit', auditor: act.auditor, scheme: act.scheme, evidence };
    case 'grant': {
      const { kind: _, ...grant } = act;
      return { act: 'grant-quota', ...grant, evidence };
    }
  }
}

async function send({ client, domain }: Stage, step: StatementStep): Promise<void> {
  try {
    const signer = signerFor(authorOf(step.statement), walletOf(step.key));
    const signed = await signStatement(signer, domain, step.statement, step.evidence);
    await client.submit(signed);
  } catch (error) {
    throw stopped(step.name, error);
  }
}

/** Waits until everything sent is in a block, and forgets it. */
async function settle({ client, signal }: Stage, sent: StatementStep[]): Promise<void> {
  for (const { id, name } of sent.splice(0)) {
    for (let status = await client.statement(id); ; status = await client.statement(id)) {
      if (status?.status === 'recorded' || status?.status === 'final') break;
      if (status?.status === 'rejected')
        throw new StoryStopped(
          `The ledger rejected "${name}": ${status.refusal?.detail ?? 'it gave no reason'}`,
        );
      await pause(50, undefined, { signal });
    }
  }
}

/** The service takes papers of an act once its index has seen the act. */
async function show(stage: Stage, { document, signer }: Paper): Promise<void> {
  const LOOKS = 200;
  const signed = await signPublication(stage, signer, document);
  for (let look = 1; signed; look += 1) {
    try {
      await stage.client.disclose(signed);
      return;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'evidence-unnamed' || look >= LOOKS) throw error;
      await pause(100, undefined, { signal: stage.signal });
    }
  }
}

function stopped(step: string, cause: unknown): unknown {
  if (!(cause instanceof ApiProblem) && !(cause instanceof Error && cause.name === 'TransactionRefused'))
    return cause;
  return new StoryStopped(`The story stopped at "${step}": ${cause.message}`, { cause });
}
