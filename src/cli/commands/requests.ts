import type { AnswerInput, EvidenceRequest } from '../../api/schemas/requests.ts';
import { type Hex, hex } from '../../protocol/hex.ts';
import { Failure, UsageError } from '../failure.ts';
import { type AddCommands, examples } from '../runner.ts';
import { type Session, signedIn } from '../session.ts';
import { idIn } from '../values.ts';
import { moment } from '../words.ts';

type AskOptions = { message: string; lot?: string; rule?: string; contact?: string; signIn?: boolean };
type AnswerOptions = { evidence?: string; statement?: string; decline?: boolean; note?: string };

export const addRequests: AddCommands = (program, run) => {
  examples(
    program
      .command('ask')
      .description(
        'ask for evidence that a certificate lacks: whoever is responsible for the subject is told',
      )
      .argument('<subject>', "a facility's, lot's, dispatch's or attestation's id, or a party's account")
      .requiredOption('--message <text>', 'what you ask for')
      .option('--lot <id>', 'the lot whose certificate says that it is missing')
      .option('--rule <rule>', 'the rule of the finding')
      .option('--contact <text>', 'where you can be reached')
      .option('--sign-in', 'ask as the party of your key')
      .action(run(ask)),
    'ask 0x77c0… --message "Please show the audit report of 2026." --rule smelters-audited --sign-in',
  );
  const requests = program.command('requests').description('requests for evidence: to you, and of yours');
  examples(
    requests
      .command('list')
      .description('what was asked of you, newest first')
      .option('--sent', 'what you asked')
      .option('--open', 'those without an answer')
      .action(run(list)),
    'requests list --open --key mine',
  );
  examples(
    requests
      .command('show')
      .description('what became of a request')
      .argument('<id>', 'its id')
      .action(run(show)),
    'requests show 0x3ad1…',
  );
  examples(
    requests
      .command('answer')
      .description('answer with what you disclosed or stated, or decline')
      .argument('<id>', "the request's id")
      .option('--evidence <root>', 'a document of yours; share it first: lodebook evidence disclose')
      .option('--statement <id>', 'a statement of yours')
      .option('--decline', 'say that there will be none')
      .option('--note <text>', 'for people')
      .action(run(reply)),
    'requests answer 0x3ad1… --evidence 0x5c5c… --key mine',
    'requests answer 0x3ad1… --decline --note "Ask our customer."',
  );
};

async function ask(session: Session, [text = '']: readonly string[], options: AskOptions): Promise<void> {
  if (!/^0x([0-9a-fA-F]{64}|[0-9a-fA-F]{40})$/.test(text))
    throw new UsageError(
      `"${text}" is not a subject: write an id (0x and 64 digits), or a party's account (0x and 40).`,
    );
  const { message, rule, contact } = options;
  const body = {
    ...{ subject: hex(text), message },
    ...(rule !== undefined && { rule }),
    ...(contact !== undefined && { contact }),
    ...(options.lot !== undefined && { lot: idIn(options.lot, 'a lot') }),
  };
  const client = options.signIn ? await signedIn(session) : session.client;
  const asked = await client.ask(body);
  session.terminal.result(asked, [
    `Asked about the ${asked.subject.kind} ${asked.subject.id}.`,
    `Next: lodebook requests show ${asked.id}`,
  ]);
}

async function list(
  session: Session,
  _operands: readonly string[],
  { sent, open }: { sent?: boolean; open?: boolean },
): Promise<void> {
  const query = { limit: 200, box: sent ? 'sent' : 'received', open: open ? 'true' : 'false' } as const;
  const page = await (await signedIn(session)).requests(query);
  session.terminal.result(page, [
    ...page.items.flatMap((item) => [...requestWords(item), '']),
    ...(page.items.length === 0 ? ['There are none.'] : []),
    ...(page.next === null ? [] : ['… and more']),
  ]);
}

async function show(session: Session, [text = '']: readonly string[]): Promise<void> {
  const id = idIn(text, 'a request');
  const found = await session.client.request(id);
  if (!found) throw new Failure(`There is no request ${id}.`);
  session.terminal.result(found, requestWords(found));
}

async function reply(
  session: Session,
  [text = '']: readonly string[],
  options: AnswerOptions,
): Promise<void> {
  const id = idIn(text, 'a request');
  const answered = await (await signedIn(session)).answerRequest(id, answerIn(options));
  session.terminal.result(answered, requestWords(answered));
}

function answerIn({ evidence, statement, decline, note }: AnswerOptions): AnswerInput {
  const said = note === undefined ? {} : { note };
  if ([evidence, statement, decline || undefined].filter((one) => one !== undefined).length !== 1)
    throw new UsageError('Say one of --evidence, --statement and --decline.');
  if (evidence !== undefined)
    return { kind: 'evidence', id: idIn(evidence, 'a document (its root)') as Hex, ...said };
  if (statement !== undefined)
    return { kind: 'statement', id: idIn(statement, 'a statement') as Hex, ...said };
  return { kind: 'declined', ...said };
}

function requestWords(request: EvidenceRequest): string[] {
  const { id, subject, lot, rule, message, contact, asker, askedAt, answer } = request;
  const who = asker ? (asker.name ?? asker.id) : 'somebody who is not signed in';
  return [
    `Request ${id}, ${moment(askedAt)}, of ${who}${contact ? ` (${contact})` : ''}`,
    `About the ${subject.kind} ${subject.id}${rule ? `, rule ${rule}` : ''}${lot ? `, for lot ${lot}` : ''}`,
    ...message.split('\n').map((line) => `  ${line}`),
    answer
      ? `Answered ${moment(answer.answeredAt)}: ${answer.kind}${answer.id ? ` ${answer.id}` : ''}${answer.note ? `, "${answer.note}"` : ''}`
      : 'Open.',
  ];
}
