import type { Refusal } from '../../chain/refusals.ts';
import type { Witness } from '../../chain/witness.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Observation, Statement } from '../../protocol/statements.ts';
import type { LotHeadNow, StatementOutbox } from '../../store/outbox.ts';
import { type ProblemCode, ProblemError } from '../problems.ts';
import { lotsCorrected, requireUnmoved } from './correction.ts';
import { refused } from './refused.ts';

export type NamedHead = { readonly lot: Hex; readonly head: Hex };

/** What a statement builds on. */
export type Dependencies = {
  /** The heads that it extends: a receipt's are the dispatch that it names. */
  readonly heads: readonly NamedHead[];
  /** The lots that it names, over the index and the accepted statements. Those that neither knows are absent. */
  readonly lots: ReadonlyMap<Hex, LotHeadNow>;
  /** Of the lots that a corrected production made: those that were sent once. */
  readonly moved: ReadonlySet<Hex>;
  /** What it names of that which accepted, not yet recorded statements make or move: lots, and statements. */
  readonly pending: ReadonlySet<Hex>;
};

/** A statement with what goes beside it. */
export type Witnessed = { readonly statement: Statement; readonly witness: Witness };

/**
 * Heads that are stale on the chain itself are the contract's to refuse, which knows more than the index.
 *
 * @throws ProblemError where an accepted statement has extended a head that this one names
 */
export async function dependenciesOf(outbox: StatementOutbox, witnessed: Witnessed): Promise<Dependencies> {
  const { statement, witness } = witnessed;
  const heads = headsIn(statement);
  const { lots: named, statements } = referencesOf(witnessed);
  const lots = named.length > 0 ? await outbox.headsOf(named) : new Map<Hex, LotHeadNow>();
  const moved: ReadonlySet<Hex> = statement.type === 'Correction' ? await outbox.movedOf(named) : new Set();
  requireFree(statement, heads, lots);
  if (statement.type === 'Correction') {
    const judges = (lot: LotHeadNow | undefined) => lot?.pendingBy != null;
    requireUnmoved(statement.message, witness, { lots, moved, judges });
  }
  if (statement.type === 'Observation') await requireTail(outbox, statement.message);
  const made = [...lots].filter(([, { pendingBy }]) => pendingBy !== null).map(([lot]) => lot);
  const pending = new Set([...made, ...(await outbox.openAmong(statements))]);
  return { heads, lots, moved, pending };
}

/**
 * What the chain may say of a thing that an accepted statement is yet to make or to move. Said of anything else, it
 * stands.
 */
const namedBy: Readonly<Partial<Record<ProblemCode, string>>> = {
  'lot-unknown': 'lot',
  'lot-is-in-transit': 'lot',
  'lot-is-spent': 'lot',
  'lot-not-held-by': 'lot',
  'head-stale': 'lot',
  'dispatch-not-head': 'lot',
  'facility-unknown': 'facility',
  'subject-unknown': 'subject',
  'attestation-unknown': 'attestation',
  'production-unknown': 'production',
  'output-moved': 'lot',
  'tail-stale': 'got',
};

/** Whether a refusal may turn into an acceptance once what the statement builds on is recorded. */
export function mayChange({ code, args }: Refusal, { pending }: Dependencies): boolean {
  const name = namedBy[code as ProblemCode];
  return name !== undefined && pending.has(args[name] as Hex);
}

function requireFree(
  statement: Statement,
  heads: readonly NamedHead[],
  now: ReadonlyMap<Hex, LotHeadNow>,
): void {
  const needed = statement.type === 'Receipt' ? 'in-transit' : 'held';
  for (const [index, { lot, head }] of heads.entries()) {
    const present = now.get(lot);
    if (!present?.pendingBy || (present.head === head && present.status === needed)) continue;
    throw staleHead({ lot, head, index, present, statement });
  }
}

function headsIn({ type, message }: Statement): readonly NamedHead[] {
  if (type === 'Production') return message.inputs;
  if (type === 'Dispatch') return message.lots;
  if (type === 'Receipt') return message.lots.map(({ lot }) => ({ lot, head: message.dispatch }));
  return [];
}

function referencesOf({ statement, witness }: Witnessed): { lots: Hex[]; statements: Hex[] } {
  const { type, message } = statement;
  const lots = headsIn(statement).map(({ lot }) => lot);
  if (type === 'Production') return { lots, statements: [message.facility] };
  if (type === 'Dispatch') return { lots, statements: [message.from, message.to] };
  if (type === 'Receipt') return { lots, statements: [message.dispatch] };
  if (type === 'Attestation') return { lots: [message.subject], statements: [message.subject] };
  if (type === 'Revocation') return { lots, statements: [message.attestation] };
  if (type === 'Observation') return { lots, statements: [message.previous] };
  if (type === 'Correction') {
    const { inputs, outputs } = lotsCorrected(message, witness);
    return { lots: [...inputs, ...outputs], statements: [message.production] };
  }
  return { lots, statements: [] };
}

/** A tail that accepted observations have moved on is known here alone; a later one the contract knows as well. */
async function requireTail(outbox: StatementOutbox, message: Observation): Promise<void> {
  const tail = await outbox.tailOf(message);
  if (tail === message.previous || !(await outbox.openAmong([tail])).has(tail)) return;
  const args = { expected: tail, got: message.previous };
  throw refused('TailStale', args, 'message.previous', `expected ${tail}, got ${message.previous}`);
}

type Stale = NamedHead & {
  readonly index: number;
  readonly present: LotHeadNow;
  readonly statement: Statement;
};

function staleHead({ lot, head, index, present, statement: { type } }: Stale): ProblemError {
  const detail =
    `Statement ${present.pendingBy}, which was accepted and is not recorded yet, leaves lot ${lot} ${present.status} ` +
    `with the head ${present.head}; this one names ${head}. Read /v1/lots/${lot} once that is recorded, and sign again.`;
  const message = `expected ${present.head}, got ${head}`;
  return new ProblemError(staleCode(type, head, present), detail, {
    errors: [{ path: pathOf(type, index), message }],
  });
}

/** Where a statement names its lots. */
export function pathOf(type: Statement['type'], index: number): string {
  return `message.${type === 'Production' ? 'inputs' : 'lots'}.${index}`;
}

function staleCode(type: Statement['type'], head: Hex, present: LotHeadNow): ProblemCode {
  if (type === 'Receipt') return 'dispatch-not-head';
  if (present.status === 'spent') return 'lot-is-spent';
  if (present.status === 'void') return 'lot-is-void';
  return present.head === head ? 'lot-is-in-transit' : 'head-stale';
}
