import { recordCall } from '../../chain/calls.ts';
import type { Refusal } from '../../chain/refusals.ts';
import type { Witness } from '../../chain/witness.ts';
import { formProblems } from '../../protocol/form.ts';
import type { Hex } from '../../protocol/hex.ts';
import { authorOf, ledgerDomain, type Statement, statementId } from '../../protocol/statements.ts';
import { pendingStatus } from '../../store/outbox/status.ts';
import type { StatementStatus } from '../../store/outbox.ts';
import type { Context } from '../context.ts';
import { isProblemCode, ProblemError } from '../problems.ts';
import type { Submission } from '../schemas/submission.ts';
import { requireCustody } from './custody.ts';
import { dependenciesOf, mayChange } from './dependencies.ts';
import { requireOwn } from './disclosure.ts';
import { evidenceOf } from './evidence.ts';
import { outboxFull } from './full.ts';
import { mayBeSignedLater, requireLatest } from './keys.ts';
import { type Authority, requireSignature } from './signature.ts';
import { witnessFor } from './witness.ts';

/** How far ahead a statement's `recordBy` may lie. */
export const LONGEST_AHEAD_SECONDS = 90 * 86_400;

/** `known`: it was accepted or recorded before. */
export type Intake =
  | { readonly id: Hex; readonly kind: 'known' }
  | { readonly kind: 'accepted'; readonly status: StatementStatus; readonly id: Hex };

/**
 * Takes a signed statement in, or refuses it and keeps nothing: form, evidence, whether it is known, signature,
 * witness, heads, and what the contract says.
 *
 * @throws ProblemError with what is wrong; ChainUnavailable and database errors as they come
 */
export async function takeIn(context: Context, submission: Submission): Promise<Intake> {
  const { type, message, signature } = submission;
  const statement = { type, message } as Statement;
  requireForm(statement);
  const id = statementId(ledgerDomain(context.ledger.chainId, context.ledger.address), statement);
  const evidence = evidenceOf(submission);
  // Whose key it was then, the contract has judged: by now the party may have another.
  if (await context.outbox.knows(id)) {
    await requireOwn(context, evidence, null);
    return { id, kind: 'known' };
  }
  await requireRoom(context);
  requireSoon(statement, context.clock());
  await requireOwn(context, evidence, authorOf(statement));
  const authority = await requireSignature(context, submission, id);
  const witness = await witnessFor(context.outbox, submission);
  await requireValid(context, { statement, signature, witness }, authority);
  const added = { id, statement, signature, witness, evidence, at: context.clock() };
  const acceptance = await context.outbox.accept(added);
  if (acceptance.kind === 'full') throw outboxFull(acceptance, context.clock());
  if (acceptance.kind === 'head-taken') throw headTaken(statement, acceptance.lot, acceptance.by);
  if (acceptance.kind === 'known') {
    await requireOwn(context, evidence, null);
    return { id, kind: 'known' };
  }
  context.onAccepted(id, statement);
  return { id, kind: 'accepted', status: pendingStatus(added) };
}

/** Who is put off in the end is put off before a signature is recovered for it, and the chain asked. */
async function requireRoom({ outbox, clock }: Context): Promise<void> {
  const crowd = await outbox.crowded();
  if (crowd) throw outboxFull(crowd, clock());
}

type Signed = { readonly statement: Statement; readonly signature: Hex; readonly witness: Witness };

/** A statement that builds on accepted ones is judged by the chain once those are recorded: until then, by us. */
async function requireValid(
  context: Context,
  { statement, signature, witness }: Signed,
  authority: Authority,
): Promise<void> {
  const { outbox, chain } = context;
  const dependencies = await dependenciesOf(outbox, { statement, witness });
  const followsReplacement = await requireLatest(outbox, statement);
  const refusal = await chain.simulate(recordCall(statement, witness, signature).data);
  if (refusal === null) return;
  const isSignedLater = mayBeSignedLater(refusal, authority, followsReplacement);
  if (!isSignedLater && !mayChange(refusal, dependencies)) throw refusalProblem(refusal);
  await requireCustody(outbox, { statement, witness }, dependencies);
}

/**
 * A statement that nobody can record holds its heads until it expires: that has to be before long.
 * Statements that are to live longer can be sent to the contract.
 */
function requireSoon({ message: { recordBy } }: Statement, now: number): void {
  const latest = now + LONGEST_AHEAD_SECONDS;
  if (recordBy <= latest) return;
  throw new ProblemError(
    'record-by-too-far',
    `recordBy is ${recordBy}, and the latest that is taken now is ${latest}: 90 days ahead. Sign it with an earlier one.`,
    { errors: [{ path: 'message.recordBy', message: `expected at most ${latest}, got ${recordBy}` }] },
  );
}

function requireForm(statement: Statement): void {
  const found = formProblems(statement);
  const [first] = found;
  if (!first) return;
  const errors = found.slice(0, 20).map(({ path, detail }) => ({ path: `message.${path}`, message: detail }));
  const code = isProblemCode(first.code) ? first.code : 'invalid-request';
  throw new ProblemError(code, `message.${first.path}: ${first.detail}`, { errors });
}

/** The contract's refusal as a problem. */
export function refusalProblem({ code, detail }: Pick<Refusal, 'code' | 'detail'>): ProblemError {
  return new ProblemError(isProblemCode(code) ? code : 'reverted', detail);
}

function headTaken({ type }: Statement, lot: Hex, by: Hex): ProblemError {
  if (type === 'Observation')
    return new ProblemError(
      'tail-stale',
      `Statement ${by}, which was accepted and is not recorded yet, follows the same observation. Name that one as previous.`,
    );
  return new ProblemError(
    'head-stale',
    `Statement ${by}, which was accepted and is not recorded yet, extends the same head of lot ${lot}. Name that one as the head.`,
  );
}
