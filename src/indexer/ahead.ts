import type { LedgerBlock, LedgerEvent } from '../chain/events.ts';
import type { LedgerNode, Tips } from '../chain/node.ts';
import { UNFILED } from './step.ts';

/** What a range should hold, in lots and events: one transaction of the index, and one answer of the node. */
const WEIGHT = 8_000;
const FIRST_SIZE = 64;
/** By how much a range grows at most: what comes next may be far denser. */
const GROWTH = 4;

type Range = { readonly from: number; readonly to: number };
type Reading = Range & { readonly blocks: Promise<LedgerBlock[]> };

/**
 * A node whose settled blocks are read ahead: while the index stores a range, the next is on its way. Ranges are as long
 * as they are about equally heavy, so that memory stays bounded however dense the blocks are: a range may end before the
 * `to` that was asked for.
 */
export function readingAhead(node: LedgerNode, weight = WEIGHT): LedgerNode {
  const reader = new Ahead(node, weight);
  return {
    ...node,
    tips: (beside) => reader.tips(beside),
    settledBlocks: (from, to) => reader.read({ from, to }),
  };
}

class Ahead {
  readonly #node: LedgerNode;
  readonly #weight: number;
  #size = FIRST_SIZE;
  #settled = -1;
  #next: Reading | null = null;

  constructor(node: LedgerNode, weight: number) {
    this.#node = node;
    this.#weight = weight;
  }

  async tips(beside?: number): Promise<Tips> {
    const tips = await this.#node.tips(beside);
    this.#settled = Math.min(tips.finalized, tips.head.number - UNFILED);
    return tips;
  }

  async read({ from, to }: Range): Promise<LedgerBlock[]> {
    const next = this.#next;
    this.#next = null;
    const isNext = next !== null && next.from === from && next.to <= to;
    const reading = isNext ? next : this.#start({ from, to });
    const blocks = await reading.blocks;
    this.#resize(reading, blocks);
    const longest = to - from;
    const after = { from: reading.to + 1, to: Math.min(this.#settled, reading.to + 1 + longest) };
    if (after.from <= after.to) this.#next = this.#start(after);
    return blocks;
  }

  /** A range that fails is asked for again by whoever needs it; nobody may need it. */
  #start({ from, to }: Range): Reading {
    const end = Math.min(to, from + this.#size - 1);
    const blocks = this.#node.settledBlocks(from, end);
    blocks.catch(() => undefined);
    return { from, to: end, blocks };
  }

  #resize({ from, to }: Range, blocks: readonly LedgerBlock[]): void {
    const found = blocks.reduce((sum, block) => sum + weightOf(block), 1);
    const wanted = (to - from + 1) * Math.min(GROWTH, this.#weight / found);
    this.#size = Math.max(1, Math.round(wanted));
  }
}

function weightOf({ events }: LedgerBlock): number {
  return events.reduce((sum, { event }) => sum + 1 + lotsIn(event), 0);
}

function lotsIn(event: LedgerEvent): number {
  if (event.kind !== 'statement') return 0;
  const { type, message } = event.statement;
  if (type === 'Production') return message.inputs.length + message.outputs.length;
  return type === 'Dispatch' || type === 'Receipt' ? message.lots.length : 0;
}
