import type { StatementStatus } from '../../api/schemas/statements.ts';
import type { Hex } from '../../protocol/hex.ts';
import { readEvidence } from '../evidence-file.ts';
import { Failure } from '../failure.ts';
import { findLot } from '../lot-reference.ts';
import { type AddCommands, type EvidenceOptions, examples, withEvidence } from '../runner.ts';
import { occurredAt, openDesk, type Session } from '../session.ts';
import { submit } from '../submit.ts';

type Options = EvidenceOptions & { at?: string };

export const addCorrect: AddCommands = (program, run) => {
  const command = program
    .command('correct')
    .description('undo a production of yours while nothing that it made has moved: its lots become void')
    .argument(
      '<production|lot>',
      "the production's id; or one of the lots that it made, by id or first digits",
    )
    .option('--at <time>', 'when it was corrected: now, a day, or a time with its zone');
  examples(
    withEvidence(command).action(run(correct)),
    'correct 7b2ae6b3',
    'correct 0x3ad1… --evidence reason.json',
  );
};

async function correct(
  session: Session,
  [reference = '']: readonly string[],
  options: Options,
): Promise<void> {
  const production = await productionOf(session, reference);
  const { inputs } = production.message as { inputs: readonly { lot: Hex }[] };
  const evidence = await readEvidence(options.evidence, options.hide ?? []);
  const desk = await openDesk(session);
  const message = {
    author: desk.party,
    production: production.id,
    occurredAt: occurredAt(options.at, desk),
    evidence: evidence.root,
    recordBy: desk.recordBy,
  };
  session.terminal.note(
    ...production.lots.map((lot) => `Void from then on: lot ${lot}`),
    ...inputs.map(({ lot }) => `Held again: lot ${lot}`),
  );
  await submit(session, desk, {
    statement: { type: 'Correction', message },
    evidence: [evidence],
    next: () => [
      inputs.length === 0
        ? 'lodebook register … as it should have been'
        : 'lodebook transform … as it should have been',
    ],
  });
}

/** What is meant: the production itself, or the one that made a lot. */
async function productionOf(session: Session, reference: string): Promise<StatementStatus> {
  const named = /^0x[0-9a-fA-F]{64}$/.test(reference)
    ? await session.client.statement(reference.toLowerCase() as Hex)
    : null;
  if (named?.type === 'Production') return named;
  if (named)
    throw new Failure(
      `${reference} is a ${named.type}. Only a production can be corrected; name it, or a lot that it made.`,
    );
  const { production } = await session.client.lot(await findLot(session, reference));
  const made = await session.client.statement(production.id);
  if (!made) throw new Failure(`The service does not show production ${production.id}. Try again.`);
  return made;
}
