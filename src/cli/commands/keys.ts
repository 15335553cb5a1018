import { Failure } from '../failure.ts';
import { type AddCommands, examples } from '../runner.ts';
import { passwordFor, type Session } from '../session.ts';

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
};

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
