import type { Step } from './voice.ts';

/** What one block records. `time`: Unix seconds, after all that its steps say. */
export type PlannedBlock = { readonly time: number; readonly steps: readonly Step[] };

const DAY = 86_400;
/** As many blocks of Ethereum as it would take: half of 60 million gas is used. */
const GAS = 30_000_000;
/** Rounded from contracts/README.md: of a statement, and of a lot in it. */
const STATEMENT_GAS = 60_000;
const LOT_GAS = 31_000;
/** Far below the contract's 90 days. */
const LONGEST = 2 * DAY;

/** Steps as blocks: as full as a busy chain's, and none longer than two days. */
export function* blocksOfSteps(steps: Iterable<Step>): Generator<PlannedBlock> {
  let open: Step[] = [];
  let gas = 0;
  for (const step of steps) {
    const used = gasOf(step);
    const [first] = open;
    if (first && (gas + used > GAS || step.at > first.at + LONGEST)) {
      yield closed(open);
      open = [];
      gas = 0;
    }
    open.push(step);
    gas += used;
  }
  if (open.length > 0) yield closed(open);
}

function closed(steps: readonly Step[]): PlannedBlock {
  return { time: (steps.at(-1)?.at ?? 0) + 60, steps };
}

function gasOf(step: Step): number {
  return STATEMENT_GAS + LOT_GAS * lotsIn(step);
}

function lotsIn(step: Step): number {
  if (step.kind === 'act') return 0;
  const { type, message } = step.statement;
  if (type === 'Production') return message.inputs.length + message.outputs.length;
  return type === 'Dispatch' || type === 'Receipt' ? message.lots.length : 0;
}

/** What a ledger's index counts: lots born, moves of custody (a lot dispatched, or received), attestations. */
export type Facts = { readonly births: number; readonly moves: number; readonly attestations: number };

export const NO_FACTS: Facts = { births: 0, moves: 0, attestations: 0 };

export function factsIn(steps: Iterable<Step>): Facts {
  const facts = { ...NO_FACTS };
  for (const step of steps) {
    if (step.kind === 'act') continue;
    const { type, message } = step.statement;
    if (type === 'Production') facts.births += message.outputs.length;
    if (type === 'Dispatch' || type === 'Receipt') facts.moves += message.lots.length;
    if (type === 'Attestation') facts.attestations += 1;
  }
  return facts;
}

export function sumFacts(a: Facts, b: Facts): Facts {
  return {
    births: a.births + b.births,
    moves: a.moves + b.moves,
    attestations: a.attestations + b.attestations,
  };
}

export function totalOf({ births, moves, attestations }: Facts): number {
  return births + moves + attestations;
}
