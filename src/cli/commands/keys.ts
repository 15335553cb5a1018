import type { Hex } from '../../protocol/hex.ts';
import { Failure } from '../failure.ts';
import { type AddCommands, examples } from '../runner.ts';
import { openDesk, passwordFor, type Session } from '../session.ts';
import { submit } from '../submit.ts';
import { accountIn } from '../values.ts';
import { moment } from '../words.ts';

export const addKeys: AddCommands = (program, run) => {
  const keys = program.command('keys').description('your signing keys, each encrypted with a password');
  examples(
    keys
      .command('new')
      .description('make a key')
      .argument('<name>', 'what you call it: lower-case letters, digits, dashes')
      .action(run(makeKey)),
    'keys new mine',
    'keys new mine --password-file password.txt',
  );
  examples(
    keys.command('list').description('your keys and their accounts').action(run(listKeys)),
    'keys list',
  );
  examples(
    keys
      .command('replace')
      .description("put another key in the place of your party's, at once; its delegations end")
      .argument('<key>', 'a key of yours by name, or an account')
      .action(run(replaceKey)),
    'keys replace mine-2 --key mine',
    'keys replace mine-3 --key mine-2 --for 0x5bd6…',
  );
  examples(
    keys
      .command('object')
      .description('object to the key that the registrar proposes for your party: you keep yours')
      .action(run(objectToKey)),
    'keys object --key mine',
  );
};

async function replaceKey(session: Session, [name = '']: readonly string[]): Promise<void> {
  const key = /^0x/i.test(name) ? accountIn(name) : (await session.keystore.find(name)).account;
  const desk = await openDesk(session);
  const { keyNumber } = await session.client.party(desk.party);
  const message = { party: desk.party, key, number: keyNumber + 1, recordBy: desk.recordBy };
  await submit(session, desk, {
    statement: { type: 'KeyReplacement', message },
    evidence: [],
    next: () => [`sign with it from now on: lodebook … --key ${name} --for ${desk.party}`],
  });
}

async function objectToKey(session: Session): Promise<void> {
  const desk = await openDesk(session);
  const { proposal } = await session.client.party(desk.party);
  if (!proposal) throw new Failure(`No other key is proposed for ${desk.party}. Nothing to object to.`);
  const { key, effectiveAt } = proposal;
  session.terminal.note(`Proposed on ${moment(proposal.proposedAt)}, with evidence ${proposal.evidence}.`);
  const message = { party: desk.party, key: key as Hex, effectiveAt, recordBy: desk.recordBy };
  await submit(session, desk, {
    statement: { type: 'KeyObjection', message },
    evidence: [],
    next: () => [],
  });
}

async function makeKey(session: Session, [name = '']: readonly string[]): Promise<void> {
  const password = await newPassword(session);
  const key = await session.keystore.create(name, password);
  session.terminal.result(key, [
    `Key "${key.name}" is in ${key.path}. Without its password nobody can use it, you included.`,
    `Account ${key.account}`,
    `Next: ask the registrar to admit that account (lodebook admit ${key.account}).`,
  ]);
}

async function newPassword(session: Session): Promise<string> {
  const password = await passwordFor(session, 'Password for the new key: ');
  const isTyped = session.options.passwordFile === undefined && session.environment.password === undefined;
  if (isTyped && (await session.terminal.askHidden('The same again: ')) !== password)
    throw new Failure('The two passwords differ. No key was made.');
  return password;
}

async function listKeys({ keystore, environment, terminal }: Session): Promise<void> {
  const keys = await keystore.list();
  const none = [`There are no keys in ${environment.keysDir}.`, 'Next: lodebook keys new NAME'];
  terminal.result(keys, keys.length === 0 ? none : keys.map((key) => `${key.account}  ${key.name}`));
}
