import { readFile } from 'node:fs/promises';
import type { ProtocolDescription } from '../api/schemas/protocol.ts';
import { type Client, createClient } from '../client/client.ts';
import { type MessageSigner, type StatementSigner, signerFor } from '../client/sign.ts';
import { type Hex, hex } from '../protocol/hex.ts';
import { type Domain, ledgerDomain } from '../protocol/statements.ts';
import type { Environment } from './environment.ts';
import { Failure } from './failure.ts';
import { type Keystore, openKeystore, type StoredKey } from './keystore.ts';
import type { Terminal } from './terminal.ts';
import { accountIn, timeIn } from './values.ts';

/** Options that every command takes. */
export type GlobalOptions = {
  readonly api: string;
  readonly key?: string;
  readonly for?: string;
  readonly passwordFile?: string;
  readonly json?: boolean;
  readonly dryRun?: boolean;
};

/** One run of the command line against one service. */
export type Session = {
  readonly client: Client;
  readonly terminal: Terminal;
  readonly keystore: Keystore;
  readonly environment: Environment;
  readonly options: GlobalOptions;
  readonly signal: AbortSignal;
};

export function openSession(parts: Omit<Session, 'client' | 'keystore'>): Session {
  const { options, environment, signal } = parts;
  const signIn = () => tokenFor(session);
  const session: Session = {
    ...parts,
    client: createClient({ api: options.api, signal, signIn }),
    keystore: openKeystore(environment.keysDir),
  };
  return session;
}

/** Signs in with the key that signs. A service where reading is for parties alone asks for it by itself. */
async function tokenFor(session: Session): Promise<Hex> {
  const { options, client } = session;
  const key = await session.keystore.find(options.key);
  const party = options.for === undefined ? undefined : accountIn(options.for);
  return (await client.signIn(lazySigner(session, key), party)).token as Hex;
}

/**
 * What a statement needs beside its own fields. Times in Unix seconds. `party`: for whom it is signed; not the key's own
 * account where that is a delegate's, or took the place of the party's first key.
 */
export type Desk = {
  readonly signer: StatementSigner;
  readonly key: StoredKey;
  readonly party: Hex;
  readonly domain: Domain;
  readonly now: number;
  readonly recordBy: number;
};

/** The key is unlocked last: whoever asks for a lot that is not there is not asked for a password first. */
export async function openDesk(session: Session): Promise<Desk> {
  const key = await session.keystore.find(session.options.key);
  const party = session.options.for === undefined ? key.account : accountIn(session.options.for);
  const protocol = await session.client.protocol();
  return {
    key,
    party,
    signer: signerFor(party, lazySigner(session, key)),
    domain: domainOf(protocol),
    now: protocol.now,
    recordBy: protocol.now + protocol.recordBy.advisedSeconds,
  };
}

export function domainOf({ contract }: ProtocolDescription): Domain {
  return ledgerDomain(contract.chainId, contract.address);
}

/** When it happened: what `--at` says, or now. */
export function occurredAt(at: string | undefined, desk: Pick<Desk, 'now'>): number {
  return at === undefined ? desk.now : timeIn(at, desk.now);
}

/** The password of a key: from --password-file, LODEBOOK_PASSWORD, or the terminal. */
export async function passwordFor(session: Session, question: string): Promise<string> {
  const { passwordFile } = session.options;
  if (passwordFile !== undefined) {
    const text = await readFile(passwordFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new Failure(`The password file ${passwordFile} cannot be read (${error.code ?? error.message}).`);
    });
    return text.replace(/\r?\n$/, '');
  }
  return session.environment.password ?? session.terminal.askHidden(question);
}

function lazySigner(session: Session, key: StoredKey): StatementSigner & MessageSigner {
  const unlock = async () =>
    session.keystore.unlock(key, await passwordFor(session, `Password of the key "${key.name}": `));
  return {
    address: hex(key.account),
    signTypedData: async (domain, types, value) => (await unlock()).signTypedData(domain, types, value),
    signMessage: async (message) => (await unlock()).signMessage(message),
  };
}

/** The service as the party sees it that the key signs for: signed in, for as long as the command runs. */
export async function signedIn(session: Session): Promise<Client> {
  const { options, signal } = session;
  return createClient({ api: options.api, signal, token: await tokenFor(session) });
}
