import type { LedgerBlock } from '../chain/events.ts';
import { ChainMoved } from '../chain/ledger.ts';
import type { Log } from '../chain/log.ts';
import type { LedgerNode } from '../chain/node.ts';
import { backoffMs, Pulse } from '../chain/pulse.ts';
import { refusalIn } from '../chain/refusals.ts';
import { NodeError } from '../chain/rpc.ts';
import { keyProposal } from '../chain/views.ts';
import { type Hex, ZERO_ACCOUNT } from '../protocol/hex.ts';
import { readingAhead } from './ahead.ts';
import type { IndexStore, LedgerIdentity } from './port.ts';
import { look, nextStep, type Step } from './step.ts';

/**
 * - `chain-contradicts`: the chain has another block where the index holds a final one
 * - `ledger-absent`: there is no contract at the ledger's address
 * - `ledger-older`: the contract there is of an older Lodebook, and lacks what this version calls
 * - `other-chain`: the node is of another chain
 * - `other-ledger`: the index is of another ledger
 */
type IndexRefusal = 'chain-contradicts' | 'ledger-absent' | 'ledger-older' | 'other-chain' | 'other-ledger';

/** The index cannot follow this chain; only the operator can help. */
export class IndexRefused extends Error {
  override readonly name = 'IndexRefused';
  readonly code: IndexRefusal;

  constructor(code: IndexRefusal, message: string) {
    super(message);
    this.code = code;
  }
}

/** Block numbers; null = not known yet. `caughtUp`: the index holds all that the chain showed last. */
export type IndexStatus = {
  readonly indexed: number | null;
  readonly chainHead: number | null;
  readonly finalized: number | null;
  readonly caughtUp: boolean;
  /** What keeps the index from going on, for people; null = nothing. */
  readonly error: string | null;
};

export type IndexerOptions = {
  readonly node: LedgerNode;
  readonly store: IndexStore;
  readonly identity: LedgerIdentity;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** How often to look for new blocks, in milliseconds. */
  readonly pollMs?: number;
  /** Told after blocks were added, in order. Must not throw. */
  readonly onBlocks?: (blocks: readonly LedgerBlock[]) => void;
  /** Told after every step. Must not throw. */
  readonly onProgress?: (status: IndexStatus) => void;
};

export interface Indexer {
  /** Resolves after the signal aborted. @throws IndexRefused: what is indexed stays, and stays readable */
  readonly done: Promise<void>;
  /** Looks for new blocks now. */
  poke(): void;
  status(): IndexStatus;
}

/** Follows the chain until the signal aborts. A chain or a database that is away is waited for. */
export function startIndexer(options: IndexerOptions): Indexer {
  const indexer = new Follower(options);
  return { done: indexer.run(), poke: () => indexer.poke(), status: () => indexer.status };
}

class Follower {
  status: IndexStatus = { indexed: null, chainHead: null, finalized: null, caughtUp: false, error: null };
  readonly #options: IndexerOptions;
  readonly #pollMs: number;
  readonly #pulse = new Pulse();
  #isBound = false;
  #failures = 0;

  constructor(options: IndexerOptions) {
    this.#options = { ...options, node: readingAhead(options.node) };
    this.#pollMs = options.pollMs ?? 200;
  }

  poke(): void {
    this.#pulse.poke();
  }

  async run(): Promise<void> {
    const { signal } = this.#options;
    while (!signal.aborted) {
      const pauseMs = await this.#turn().catch((error: unknown) => this.#failed(error));
      if (pauseMs > 0) await this.#pulse.wait(pauseMs, signal);
    }
  }

  /** One step. @returns how long to wait before the next */
  async #turn(): Promise<number> {
    if (!this.#isBound) await this.#bind();
    const { node, store } = this.#options;
    const sight = await look(node, store);
    const { head, tips } = sight;
    // A write whose answer was lost may have been made all the same.
    if (head && head.number !== this.status.indexed) this.#report({ indexed: head.number });
    const step = await nextStep(node, store, sight);
    await this.#apply(step, head?.hash ?? null);
    this.#failures = 0;
    const caughtUp = step.kind === 'wait' && !step.behind;
    const lagging = `The chain is at block ${tips.head.number}, behind the index: waiting for it.`;
    const error = step.kind === 'wait' && step.behind ? lagging : null;
    this.#report({ chainHead: tips.head.number, caughtUp, error });
    return step.kind === 'wait' ? this.#pollMs : 0;
  }

  async #bind(): Promise<void> {
    const { node, store, identity } = this.#options;
    await requireLedger(node, identity);
    const bound = await store.bound();
    if (bound !== null && !sameLedger(bound, identity)) throw otherLedger(bound, identity);
    await store.bind(identity);
    this.#isBound = true;
    const [head, finalized] = [await store.head(), await store.finalized()];
    this.#report({ indexed: head?.number ?? null, finalized });
  }

  /** @param seen the index's head as it was compared; where another process moved it since, nothing is changed */
  async #apply(step: Step, seen: Hex | null): Promise<void> {
    const { store, log } = this.#options;
    if (step.kind === 'refuse') throw contradiction(step);
    if (step.kind === 'rewind') {
      log.warn({ to: step.to, from: this.status.indexed }, 'the chain reorganised: taking blocks back');
      await store.rewind(step.to);
      this.#report({ indexed: step.to });
      return;
    }
    if (step.kind === 'extend' && !(await this.#extend(step, seen))) return;
    if (seen === null || step.finalized <= (this.status.finalized ?? -1)) return;
    await store.finalize(step.finalized, seen);
    this.#report({ finalized: step.finalized });
  }

  /**
   * One transaction per block with events, and the headers before it go along; what is settled is one transaction.
   * @returns false where it was stopped
   */
  async #extend({ blocks, settled }: Extract<Step, { kind: 'extend' }>, seen: Hex | null): Promise<boolean> {
    const { store, signal, onBlocks } = this.#options;
    let onto = seen;
    for (const part of settled ? [blocks] : transactionsOf(blocks)) {
      if (signal.aborted) return false;
      await store.extend(part, onto);
      onto = part.at(-1)?.hash ?? onto;
      this.#report({ indexed: part.at(-1)?.number ?? null });
      onBlocks?.(part);
    }
    return true;
  }

  /** A chain that moves is ordinary, and asked again. @returns how long to wait */
  #failed(error: unknown): number {
    const { log, signal } = this.#options;
    if (signal.aborted) return 0;
    if (error instanceof ChainMoved) return this.#pollMs;
    const message = error instanceof Error ? error.message : String(error);
    this.#report({ caughtUp: false, error: message });
    if (error instanceof IndexRefused) {
      log.error({ code: error.code }, message);
      throw error;
    }
    this.#failures += 1;
    log.warn({ err: error, failures: this.#failures }, 'the indexer could not go on; trying again');
    return backoffMs(this.#failures);
  }

  #report(change: Partial<IndexStatus>): void {
    this.status = { ...this.status, ...change };
    this.#options.onProgress?.(this.status);
  }
}

function transactionsOf(blocks: readonly LedgerBlock[]): (readonly LedgerBlock[])[] {
  const parts: LedgerBlock[][] = [];
  let open: LedgerBlock[] = [];
  for (const block of blocks) {
    open.push(block);
    if (block.events.length === 0) continue;
    parts.push(open);
    open = [];
  }
  return open.length > 0 ? [...parts, open] : parts;
}

async function requireLedger(node: LedgerNode, identity: LedgerIdentity): Promise<void> {
  const chainId = await node.chainId();
  if (chainId !== identity.chainId)
    throw new IndexRefused(
      'other-chain',
      `The node is of chain ${chainId}, and the ledger is on chain ${identity.chainId}. Point RPC_URL at that chain.`,
    );
  if ((await node.code(identity.ledger)) === '0x')
    throw new IndexRefused(
      'ledger-absent',
      `Chain ${chainId} has no contract at ${identity.ledger}. Check LEDGER_ADDRESS, and that the node is in step with the chain.`,
    );
  await requirePresent(node, identity);
}

/** A contract stays as it was deployed: what it does not answer to now, it never will. */
async function requirePresent(node: LedgerNode, { ledger }: LedgerIdentity): Promise<void> {
  try {
    await keyProposal(node, ZERO_ACCOUNT);
  } catch (error) {
    if (!(error instanceof NodeError) || refusalIn(error) === null) throw error;
    throw new IndexRefused(
      'ledger-older',
      `The contract at ${ledger} is of an older Lodebook: it knows no batches, corrections and key replacements, which this version needs. Go on with the version that deployed it, or deploy a new ledger, and start with an empty DATA_DIR and database.`,
    );
  }
}

function sameLedger(a: LedgerIdentity, b: LedgerIdentity): boolean {
  return a.chainId === b.chainId && a.ledger === b.ledger && a.deployedAt === b.deployedAt;
}

function otherLedger(bound: LedgerIdentity, asked: LedgerIdentity): IndexRefused {
  const name = ({ chainId, ledger, deployedAt }: LedgerIdentity): string =>
    `${ledger} on chain ${chainId}, deployed in block ${deployedAt}`;
  return new IndexRefused(
    'other-ledger',
    `The database holds the index of ledger ${name(bound)}, and was asked to follow ${name(asked)}. Correct the settings, or use a database of its own for the other ledger.`,
  );
}

function contradiction({ held, chain }: Extract<Step, { kind: 'refuse' }>): IndexRefused {
  return new IndexRefused(
    'chain-contradicts',
    `The chain has block ${held.number} as ${chain}, and the index holds it, as final, as ${held.hash}. Nothing was changed; what is indexed stays readable. If the node is of the wrong chain or was restored from an old copy, correct that. If the chain itself gave up a final block, rebuild the index from it.`,
  );
}
