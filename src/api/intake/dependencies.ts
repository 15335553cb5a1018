import type { Hex } from '../../protocol/hex.ts';
import type { Statement } from '../../protocol/statements.ts';
import type { LotHeadNow, StatementOutbox } from '../../store/outbox.ts';
import { type ProblemCode, ProblemError } from '../problems.ts';

/**
 * Whether a statement names something that an accepted, not yet recorded statement makes: then the chain cannot judge
 * it in full yet. Heads that are stale on the chain itself are the contract's to refuse, which knows more than the index.
 *
 * @throws ProblemError where an accepted statement has extended a head that this one names
 */
export async function extendsPending(outbox: StatementOutbox, statement: Statement): Promise<boolean> {
  const heads = headsIn(statement);
  const { lots, statements } = referencesOf(statement);
  const now = lots.length > 0 ? await outbox.headsOf(lots) : new Map<Hex, LotHeadNow>();
  requireFree(statement, heads, now);
  if ([...now.values()].some((head) => head.pendingBy !== null)) return true;
  for (const id of new Set(statements)) if ((await outbox.statusOf(id))?.status === 'pending') return true;
  return false;
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

type NamedHead = { readonly lot: Hex; readonly head: Hex };

/** The heads that a statement extends: a receipt's are the dispatch that it names. */
function headsIn({ type, message }: Statement): readonly NamedHead[] {
  if (type === 'Production') return message.inputs;
  if (type === 'Dispatch') return message.lots;
  if (type === 'Receipt') return message.lots.map(({ lot }) => ({ lot, head: message.dispatch }));
  return [];
}

function referencesOf(statement: Statement): { lots: Hex[]; statements: Hex[] } {
  const { type, message } = statement;
  const lots = headsIn(statement).map(({ lot }) => lot);
  if (type === 'Production') return { lots, statements: [message.facility] };
  if (type === 'Dispatch') return { lots, statements: [message.from, message.to] };
  if (type === 'Receipt') return { lots, statements: [message.dispatch] };
  if (type === 'Attestation') return { lots: [message.subject], statements: [message.subject] };
  if (type === 'Revocation') return { lots, statements: [message.attestation] };
  return { lots, statements: [] };
}

type Stale = NamedHead & {
  readonly index: number;
  readonly present: LotHeadNow;
  readonly statement: Statement;
};

function staleHead({ lot, head, index, present, statement: { type } }: Stale): ProblemError {
  const path = `message.${type === 'Production' ? 'inputs' : 'lots'}.${index}`;
  const detail =
    `Statement ${present.pendingBy}, which was accepted and is not recorded yet, leaves lot ${lot} ${present.status} ` +
    `with the head ${present.head}; this one names ${head}. Read /v1/lots/${lot} once that is recorded, and sign again.`;
  const message = `expected ${present.head}, got ${head}`;
  return new ProblemError(staleCode(type, head, present), detail, { errors: [{ path, message }] });
}

function staleCode(type: Statement['type'], head: Hex, present: LotHeadNow): ProblemCode {
  if (type === 'Receipt') return 'dispatch-not-head';
  if (present.status === 'spent') return 'lot-is-spent';
  return present.head === head ? 'lot-is-in-transit' : 'head-stale';
}
