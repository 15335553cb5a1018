import type { LedgerEvent } from '../../src/chain/events.ts';
import type { RawHeader, RawLog } from '../../src/chain/ledger.ts';
import { quantity } from '../../src/chain/rpc.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { id, identity, T0 } from '../store/ledger.ts';
import { RandomEvents } from '../store/random-events.ts';
import { bloomOf, contentOf } from './logs.ts';

/** A block of a chain that forks. What a branch holds follows from its choices, from the first block on. */
export type TreeBlock = {
  readonly number: number;
  readonly header: RawHeader & { hash: Hex };
  readonly logs: readonly RawLog[];
  readonly parent: TreeBlock | null;
  readonly choices: readonly number[];
  /** The statements that it holds, and the lots that somebody holds after it, with their heads. */
  readonly statements: readonly Hex[];
  readonly held: ReadonlyMap<Hex, Hex>;
};

/** Blocks, each the child of the one before, on as many branches as one likes. */
export class BlockTree {
  readonly #blocks = new Map<Hex, TreeBlock>();
  readonly genesis: TreeBlock;
  /** The first block with events. */
  readonly first: TreeBlock;
  /** What a branch goes on from; replayed for any other block. */
  #newest: { readonly tip: TreeBlock; readonly events: RandomEvents };
  #salt = 0;

  constructor() {
    const events = new RandomEvents('trunk');
    this.genesis = this.#add({ parent: null, choices: [], held: new Map() }, []);
    const opening = events.opening();
    this.first = this.#add({ parent: this.genesis, choices: [], held: events.heldHeads() }, opening);
    this.#newest = { tip: this.first, events };
  }

  get size(): number {
    return this.#blocks.size;
  }

  withHash(hash: string): TreeBlock | undefined {
    return this.#blocks.get(hash as Hex);
  }

  /** Adds one block per list of choices, on top of `tip`. @returns the last */
  grow(tip: TreeBlock, choices: readonly (readonly number[])[]): TreeBlock {
    const events = this.#newest.tip === tip ? this.#newest.events : replayed(tip);
    let newest = tip;
    for (const chosen of choices) {
      const happened = chosen.map((choice) => events.next(choice));
      newest = this.#add({ parent: newest, choices: chosen, held: events.heldHeads() }, happened);
    }
    this.#newest = { tip: newest, events };
    return newest;
  }

  #add(
    { parent, choices, held }: Pick<TreeBlock, 'parent' | 'choices' | 'held'>,
    events: readonly LedgerEvent[],
  ): TreeBlock {
    this.#salt += 1;
    const number = parent === null ? 0 : parent.number + 1;
    const hash = id(`block ${number} ${this.#salt}`);
    const header = {
      number: quantity(number),
      hash,
      parentHash: parent?.header.hash ?? ZERO_BYTES32,
      timestamp: quantity(T0 + number * 3 + (this.#salt % 3)),
      logsBloom: bloomOf(events.length > 0 || this.#salt % 7 === 0 ? identity.ledger : null),
    };
    const statements = events.flatMap((event) => (event.kind === 'statement' ? [event.id] : []));
    const logs = events.map((event, index) => logOf(event, header, index));
    const block = { number, header, logs, parent, choices, statements, held };
    this.#blocks.set(hash, block);
    return block;
  }
}

function logOf(event: LedgerEvent, { number, hash }: RawHeader, index: number): RawLog {
  const { topics, data } = contentOf(event);
  return {
    blockNumber: number,
    blockHash: hash,
    logIndex: quantity(index),
    transactionHash: id(`transaction ${hash} ${index}`),
    topics: [...topics],
    data,
  };
}

function replayed(tip: TreeBlock): RandomEvents {
  const events = new RandomEvents('trunk');
  events.opening();
  for (const { choices } of branchTo(tip)) for (const choice of choices) events.next(choice);
  return events;
}

/** Every block from the genesis to `tip`. */
export function branchTo(tip: TreeBlock): TreeBlock[] {
  const blocks: TreeBlock[] = [];
  for (let block: TreeBlock | null = tip; block; block = block.parent) blocks.push(block);
  return blocks.reverse();
}

/** The block of `tip`'s branch at a height, or null where it does not reach that far. */
export function ancestorAt(tip: TreeBlock, number: number): TreeBlock | null {
  let block: TreeBlock | null = tip;
  while (block && block.number > number) block = block.parent;
  return block?.number === number ? block : null;
}
