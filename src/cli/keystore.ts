import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Wallet } from 'ethers/wallet';
import { type Hex, hex } from '../protocol/hex.ts';
import { Failure, UsageError } from './failure.ts';

const SHORTEST_PASSWORD = 8;

/** A key in the folder: what it is called, and its account. */
export type StoredKey = { readonly name: string; readonly account: Hex; readonly path: string };

/** Keys as standard keystores (Web3 Secret Storage, version 3), one file each, named by the person. */
export type Keystore = {
  list(): Promise<StoredKey[]>;
  /** @throws Failure where the name is taken, or the password too short */
  create(name: string, password: string): Promise<StoredKey>;
  /** The key called `name`; without a name, the only one there is. @throws Failure where that does not say which */
  find(name: string | undefined): Promise<StoredKey>;
  /** @throws Failure where the password is not the key's */
  unlock(key: StoredKey, password: string): Promise<Wallet>;
};

export function openKeystore(folder: string): Keystore {
  return {
    list: () => list(folder),
    create: (name, password) => create(folder, name, password),
    find: async (name) => find(folder, await list(folder), name),
    unlock,
  };
}

async function list(folder: string): Promise<StoredKey[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
  return Promise.all(names.sort().map((name) => describe(folder, name)));
}

async function describe(folder: string, name: string): Promise<StoredKey> {
  const path = join(folder, `${name}.json`);
  const found = JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as { address?: unknown };
  if (typeof found.address !== 'string')
    throw new Failure(`${path} is not a keystore. Move it out of ${folder}.`);
  return { name, account: hex(`0x${found.address.replace(/^0x/i, '')}`), path };
}

async function create(folder: string, name: string, password: string): Promise<StoredKey> {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name))
    throw new UsageError(
      `"${name}" is not a name for a key: lower-case letters, digits and dashes, at most 40.`,
    );
  if (password.length < SHORTEST_PASSWORD)
    throw new Failure(`The password is too short: at least ${SHORTEST_PASSWORD} characters.`);
  const path = join(folder, `${name}.json`);
  const wallet = Wallet.createRandom();
  const encrypted = await wallet.encrypt(password);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path, `${encrypted}\n`, { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST')
        throw new Failure(`There is a key "${name}" already, in ${path}. Choose another name.`);
      throw error;
    },
  );
  return { name, account: hex(wallet.address), path };
}

function find(folder: string, keys: readonly StoredKey[], name: string | undefined): StoredKey {
  const [only, another] = keys;
  if (name === undefined && only && !another) return only;
  const known =
    keys.length === 0 ? 'There are no keys yet' : `There are ${keys.map((key) => key.name).join(', ')}`;
  if (name === undefined) throw new Failure(`Say which key signs, with --key. ${known}, in ${folder}.`);
  const key = keys.find((candidate) => candidate.name === name);
  if (!key)
    throw new Failure(
      `There is no key "${name}". ${known}, in ${folder}. Make one: lodebook keys new ${name}`,
    );
  return key;
}

async function unlock(key: StoredKey, password: string): Promise<Wallet> {
  try {
    return (await Wallet.fromEncryptedJson(await readFile(key.path, 'utf8'), password)) as Wallet;
  } catch (error) {
    if (/incorrect password/i.test((error as Error).message))
      throw new Failure(`That is not the password of the key "${key.name}".`);
    throw error;
  }
}
