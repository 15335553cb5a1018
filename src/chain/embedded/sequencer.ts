import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Block, baseFeeHex, correctClock, type Edr, latestBlock, mine } from './edr.ts';
import { EmbeddedChainError, RpcError, rpcCodes } from './errors.ts';
import type { JournalWriter } from './journal.ts';
import type { JournalBlock } from './records.ts';

type Entry = { raw: string; resolve(hash: string): void; reject(error: unknown): void };

export type SequencerParts = {
  edr: Edr;
  journal: JournalWriter;
  /** The last block's. */
  parent: Block;
  /** Unix milliseconds. */
  now: () => number;
  log: (message: string, fields: Record<string, unknown>) => void;
};

/** How many transactions share one sync to disk. Readers wait for that long. */
const groupSize = 16;

/**
 * Puts transactions into blocks, one each, and blocks onto disk; nothing is answered that could still be lost.
 *
 * - One transaction per block: EDR checks it against the very state that it will run on, so that none can keep another
 *   out. Those that wait together share one sync.
 * - A transaction ahead of its sender's nonce is refused, not held: what is answered is on disk.
 * - A read may meet a block that is mined and not yet on disk, so its answer waits for the sync in progress.
 * - When a block cannot be written, the chain stops answering for good; a restart continues from what is on disk.
 */
export class Sequencer {
  readonly #parts: SequencerParts;
  readonly #queue: Entry[] = [];
  #parent: Block;
  #working = false;
  #durable: Promise<void> = Promise.resolve();
  #failure: EmbeddedChainError | undefined;

  constructor(parts: SequencerParts) {
    this.#parts = parts;
    this.#parent = parts.parent;
  }

  /** The transaction's hash, once its block is on disk. `raw`: 0x hex of the signed transaction. Throws when refused. */
  send(raw: string): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#queue.push({ raw, resolve, reject });
    if (!this.#working) void this.#drain();
    return promise;
  }

  /** What EDR answers, once all that it rests on is on disk; for good an error once a block could not be stored. */
  async read(method: string, params: readonly unknown[]): Promise<unknown> {
    try {
      return await this.#parts.edr.request(method, params);
    } finally {
      await this.#durable;
    }
  }

  /** Never throws. The wait lets what arrives in one batch share a sync. */
  async #drain(): Promise<void> {
    this.#working = true;
    await nextTurn();
    while (this.#queue.length > 0) await this.#commit(this.#queue.splice(0, groupSize));
    this.#working = false;
  }

  async #commit(group: Entry[]): Promise<void> {
    if (this.#failure !== undefined) {
      for (const entry of group) entry.reject(this.#failure);
      return;
    }
    const gate = Promise.withResolvers<void>();
    gate.promise.catch(() => {});
    this.#durable = gate.promise;
    try {
      await this.#mineAndStore(group);
      gate.resolve();
    } catch (cause) {
      this.#failure = stopped(cause);
      this.#parts.log(this.#failure.message, { error: String(cause) });
      for (const entry of group) entry.reject(this.#failure);
      gate.reject(this.#failure);
    }
  }

  async #mineAndStore(group: Entry[]): Promise<void> {
    const blocks: JournalBlock[] = [];
    const answers: (() => void)[] = [];
    for (const entry of group) {
      try {
        const hash = await this.#admit(entry.raw);
        const block = await this.#mine(hash);
        const included = block.transactions.length > 0;
        blocks.push({ ...pick(block), transactions: included ? [entry.raw] : [] });
        answers.push(() =>
          included ? entry.resolve(hash) : entry.reject(refused('the block could not take the transaction')),
        );
      } catch (error) {
        if (error instanceof EmbeddedChainError) throw error;
        entry.reject(error);
      }
    }
    if (blocks.length > 0) await this.#parts.journal.append(blocks);
    await correctClock(this.#parts.edr);
    for (const answer of answers) answer();
  }

  /** Into EDR's pool, if the next block can take it. */
  async #admit(raw: string): Promise<string> {
    const { edr } = this.#parts;
    const hash = (await edr.request('eth_sendRawTransaction', [raw])) as string;
    const reason = await this.#obstacle(hash);
    if (reason === undefined) return hash;
    await edr.request('hardhat_dropTransaction', [hash]);
    throw refused(reason);
  }

  async #obstacle(hash: string): Promise<string | undefined> {
    const { edr } = this.#parts;
    const sent = (await edr.request('eth_getTransactionByHash', [hash])) as Record<string, string>;
    const next = Number(await edr.request('eth_getTransactionCount', [sent.from, 'latest']));
    if (Number(sent.nonce) > next)
      return `nonce too high: ${sent.from} is at ${next}, got ${Number(sent.nonce)}; send those before it first`;
    const offered = BigInt(sent.maxFeePerGas ?? sent.gasPrice ?? 0);
    if (offered < BigInt(baseFeeHex))
      return `max fee per gas less than block base fee: expected at least ${BigInt(baseFeeHex)} wei, got ${offered}`;
    return undefined;
  }

  /** Mines the one transaction of the pool. A block that comes out empty is one all the same, and is journaled. */
  async #mine(hash: string): Promise<Block> {
    const { edr, now } = this.#parts;
    const timestamp = Math.max(Math.floor(now() / 1000), this.#parent.timestamp);
    try {
      this.#parent = await mine(edr, timestamp);
    } catch (cause) {
      if ((await latestBlock(edr)).number !== this.#parent.number) throw stopped(cause);
      await edr.request('hardhat_dropTransaction', [hash]);
      throw cause;
    }
    const [first, ...others] = this.#parent.transactions;
    if (others.length > 0 || (first !== undefined && first !== hash))
      throw stopped(new Error(`block ${this.#parent.number} holds transactions that were not sent for it`));
    if (first === undefined) await edr.request('hardhat_dropTransaction', [hash]);
    return this.#parent;
  }
}

function pick({ number, timestamp, hash }: Block): Omit<JournalBlock, 'transactions'> {
  return { number, timestamp, hash };
}

function refused(reason: string): RpcError {
  return new RpcError(rpcCodes.refused, reason);
}

function stopped(cause: unknown): EmbeddedChainError {
  if (cause instanceof EmbeddedChainError) return cause;
  return new EmbeddedChainError(
    'journal-unwritable',
    `The embedded chain stopped: a block could not be stored (${String(cause)}). It was not acknowledged. ` +
      'See to the disk, then restart; the chain continues from what is on disk.',
    { cause },
  );
}
