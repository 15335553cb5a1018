import { type Scope, scopes } from '../../protocol/codes.ts';
import { Failure } from '../failure.ts';
import { type AddCommands, examples } from '../runner.ts';
import { type Desk, openDesk, type Session } from '../session.ts';
import { submit } from '../submit.ts';
import { accountIn, durationIn, termIn, timeIn } from '../values.ts';

type GiveOptions = { scope: string; until: string };

export const addDelegate: AddCommands = (program, run) => {
  const delegate = program
    .command('delegate')
    .description("let other keys sign for your party: a phone, a truck's sensor, a clerk");
  examples(
    delegate
      .command('give')
      .description('let an account sign some types of statements; a later delegation to it replaces this one')
      .argument('<account>', "the delegate's account, of a key pair of its own")
      .requiredOption('--scope <terms>', `what it may sign, with commas: ${Object.keys(scopes).join(', ')}`)
      .requiredOption(
        '--until <time>',
        'for how long: a length such as 90d or 36h, a day, or a time with its zone',
      )
      .action(run(give)),
    'delegate give 0x77c0… --scope production,receipt --until 90d',
    'delegate give 0x77c0… --scope observation --until 2027-03-01',
  );
  examples(
    delegate
      .command('end')
      .description('it may sign nothing any more')
      .argument('<account>', "the delegate's account")
      .action(run(end)),
    'delegate end 0x77c0…',
  );
};

async function give(session: Session, [text = '']: readonly string[], options: GiveOptions): Promise<void> {
  const delegate = accountIn(text);
  const scope = scopeIn(options.scope);
  const desk = await openDesk(session);
  const validUntil = untilIn(options.until, desk);
  if (validUntil <= desk.now)
    throw new Failure(`--until ${options.until} has passed: nothing would be delegated.`);
  await delegateTo(session, desk, { delegate, scope, validUntil });
}

async function end(session: Session, [text = '']: readonly string[]): Promise<void> {
  const delegate = accountIn(text);
  const desk = await openDesk(session);
  await delegateTo(session, desk, { delegate, scope: 0, validUntil: 0 });
}

type Given = { readonly delegate: `0x${string}`; readonly scope: number; readonly validUntil: number };

async function delegateTo(session: Session, desk: Desk, given: Given): Promise<void> {
  const [last] = (await session.client.delegations(desk.party, { delegate: given.delegate })).items;
  const issuedAt = Math.max(desk.now, (last?.issuedAt ?? 0) + 1);
  const message = { party: desk.party, ...given, issuedAt, recordBy: desk.recordBy };
  await submit(session, desk, {
    statement: { type: 'Delegation', message },
    evidence: [],
    next: () => (given.validUntil === 0 ? [] : [`with that account's key: lodebook … --for ${desk.party}`]),
  });
}

/** Terms with commas, as the number that stands in a delegation. */
function scopeIn(text: string): number {
  const terms = new Set(text.split(',').map((term): Scope => termIn(scopes, term.trim(), 'scope')));
  return [...terms].reduce((sum, term) => sum + scopes[term], 0);
}

function untilIn(text: string, { now }: Desk): number {
  return /^\d+\s*[hd]$/.test(text.trim()) ? now + durationIn(text) : timeIn(text, now);
}
