import { signGrant } from '../../client/sign.ts';
import { type AddCommands, examples } from '../runner.ts';
import { openDesk, type Session, signedIn } from '../session.ts';
import { accountIn, durationIn } from '../values.ts';
import { moment } from '../words.ts';

export const addGrants: AddCommands = (program, run) => {
  const grants = program
    .command('grants')
    .description('who may read what you may, on a service where parties read their own alone');
  examples(
    grants
      .command('give')
      .description('let an auditor, or another party, read what you may read')
      .argument('<account>', 'its account')
      .requiredOption('--until <time>', 'for how long: 36h, 90d')
      .action(run(give)),
    'grants give 0x77c0… --until 30d --key mine',
  );
  examples(
    grants.command('end').description('end that').argument('<account>', 'its account').action(run(end)),
    'grants end 0x77c0… --key mine',
  );
  examples(
    grants.command('list').description('whom you let read, and who lets you').action(run(list)),
    'grants list',
  );
};

async function give(
  session: Session,
  [text = '']: readonly string[],
  { until }: { until: string },
): Promise<void> {
  const seconds = durationIn(until);
  await send(session, text, (now) => now + seconds);
}

async function end(session: Session, [text = '']: readonly string[]): Promise<void> {
  await send(session, text, () => 0);
}

async function send(session: Session, text: string, untilOf: (now: number) => number): Promise<void> {
  const reader = accountIn(text);
  const desk = await openDesk(session);
  const validUntil = untilOf(desk.now);
  const words =
    validUntil === 0
      ? `${reader} may not read what you, ${desk.party}, may read any more`
      : `${reader} may read what you, ${desk.party}, may read until ${moment(validUntil)}`;
  session.terminal.note(`${words}.`, '');
  if (session.options.dryRun) return session.terminal.result({ status: 'not sent' }, ['Not sent.']);
  const { items } = await (await signedIn(session)).grants();
  const last = items.find((grant) => grant.party === desk.party && grant.reader === reader);
  const issuedAt = Math.max(desk.now, (last?.issuedAt ?? 0) + 1);
  const signed = await signGrant(desk.signer, desk.domain, { reader, validUntil, issuedAt });
  session.terminal.result(await session.client.grant(signed), [`Done: ${words}.`]);
}

async function list(session: Session): Promise<void> {
  const found = await (await signedIn(session)).grants();
  session.terminal.result(found, [
    ...found.items.map(
      ({ party, reader, standing, validUntil }) =>
        `${reader} reads for ${party}: ${standing}${validUntil === 0 ? '' : `, until ${moment(validUntil)}`}`,
    ),
    ...(found.items.length === 0 ? ['There are none.'] : []),
  ]);
}
