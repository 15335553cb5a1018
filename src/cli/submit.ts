import type { StatementStatus } from '../api/schemas/statements.ts';
import { signStatement } from '../client/sign.ts';
import { formProblems } from '../protocol/form.ts';
import type { Hex } from '../protocol/hex.ts';
import { birthsOf } from '../protocol/lots.ts';
import { type Statement, statementId } from '../protocol/statements.ts';
import type { Evidence } from './evidence-file.ts';
import { Failure, UsageError } from './failure.ts';
import type { Desk, Session } from './session.ts';
import { wordsOf } from './words.ts';

export type Sending = {
  readonly statement: Statement;
  readonly evidence: readonly Evidence[];
  /** What the person may do next, from the statement's id and the lots that it makes. */
  readonly next: (id: Hex, lots: readonly Hex[]) => readonly string[];
};

/** Shows a statement in words, signs it, sends it, waits until it is recorded, and says what came of it. */
export async function submit(
  session: Session,
  desk: Desk,
  { statement, evidence, next }: Sending,
): Promise<void> {
  const { terminal, client, options } = session;
  requireForm(statement);
  // The service names the ledger; a signature holds for that one alone.
  const { verifyingContract, chainId } = desk.domain;
  const place = `For the ledger ${verifyingContract} on chain ${chainId}.`;
  terminal.note(...wordsOf(statement), place, ...evidence.flatMap(savedWords), '');
  const id = statementId(desk.domain, statement);
  const lots =
    statement.type === 'Production' ? birthsOf(id, statement.message.outputs).map(({ lot }) => lot) : [];
  if (options.dryRun) {
    terminal.result({ id, status: 'not sent', lots }, [`Not sent. Its id would be ${id}`]);
    return;
  }
  const documents = evidence.flatMap((one) => one.documents);
  const signed = await signStatement(desk.signer, desk.domain, statement, documents);
  const status = await client.submit(signed, 'recorded');
  if (status.status === 'rejected')
    throw new Failure(`The ledger rejected ${id}: ${status.refusal?.detail ?? ''}`);
  terminal.result({ id, status: status.status, block: status.block, lots }, [
    ...outcomeWords(status),
    ...lots.map((lot) => `Lot ${lot}`),
    ...next(id, lots).map((line) => `Next: ${line}`),
  ]);
}

/** The ledger's checks of form, before anybody is asked for a password. */
function requireForm(statement: Statement): void {
  const found = formProblems(statement);
  if (found.length === 0) return;
  throw new UsageError(
    ['The ledger would refuse this:', ...found.map(({ path, detail }) => `  ${path}: ${detail}`)].join('\n'),
  );
}

function outcomeWords({ id, type, status, block }: StatementStatus): string[] {
  if (status !== 'pending') return [`${type} ${id} is ${status}, in block ${block}.`];
  return [`${type} ${id} was accepted, and waits to be recorded.`, `Next: lodebook statement ${id}`];
}

function savedWords({ saved }: Evidence): string[] {
  return saved === null
    ? []
    : [`Evidence with its salts: ${saved} (keep it: only with it can hidden fields be shown)`];
}
