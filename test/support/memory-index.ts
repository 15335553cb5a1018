import type { LedgerBlock } from '../../src/chain/events.ts';
import type { IndexStore, LedgerIdentity } from '../../src/indexer/port.ts';
import type { Hex } from '../../src/protocol/hex.ts';

/** An index in memory, which holds its callers to the port's rules. */
export class MemoryIndex implements IndexStore {
  blocks: LedgerBlock[] = [];
  identity: LedgerIdentity | null = null;
  final = -1;
  /** How often each call of the port was made. */
  readonly calls: Record<string, number> = {};

  async bound() {
    return this.identity;
  }

  async bind(identity: LedgerIdentity) {
    if (this.identity === null) this.final = identity.deployedAt - 1;
    this.identity = identity;
  }

  async head() {
    return this.blocks.at(-1) ?? null;
  }

  async newestUpTo(number: number) {
    return this.blocks.findLast((block) => block.number <= number) ?? null;
  }

  async extend(blocks: readonly LedgerBlock[]) {
    this.#count('extend');
    for (const block of blocks) this.#add(block);
  }

  async rewind(number: number) {
    this.#count('rewind');
    if (number < this.final)
      throw new Error(`Block ${this.final} is final, and was to be taken back to ${number}`);
    this.blocks = this.blocks.filter((block) => block.number <= number);
  }

  async finalized() {
    return this.final;
  }

  async finalize(number: number) {
    this.#count('finalize');
    if (number > (this.blocks.at(-1)?.number ?? -1)) throw new Error(`Block ${number} is above the head`);
    this.final = Math.max(this.final, number);
  }

  /** Every event that the index holds, in order, as `<block>.<log>`. */
  positions(): string[] {
    return this.blocks.flatMap(({ number, events }) => events.map(({ logIndex }) => `${number}.${logIndex}`));
  }

  /** The statements that the index holds, in order. */
  statementIds(): Hex[] {
    const recorded = this.blocks.flatMap(({ events }) => events.map(({ event }) => event));
    return recorded.flatMap((event) => (event.kind === 'statement' ? [event.id] : []));
  }

  #add(block: LedgerBlock) {
    const head = this.blocks.at(-1);
    if (head && block.number <= head.number)
      throw new Error(`Block ${block.number} is not above ${head.number}`);
    if (head && block.number === head.number + 1 && block.parent !== head.hash)
      throw new Error(`Block ${block.number} does not follow from ${head.hash}`);
    this.blocks.push(block);
  }

  #count(call: string) {
    this.calls[call] = (this.calls[call] ?? 0) + 1;
  }
}
