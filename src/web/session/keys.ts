import { encryptKeystoreJson, isKeystoreJson, Wallet } from 'ethers/wallet';
import { type Hex, hex } from '../../protocol/hex.ts';
import { browserStore, type StoredKey } from './browser-store.ts';
import type { Signer } from './identity.ts';

/** The password does not open the key. */
export class WrongPassword extends Error {
  override readonly name = 'WrongPassword';
}

/** The file holds no key: it is no keystore of version 3. */
export class NoKeystore extends Error {
  override readonly name = 'NoKeystore';
}

/** Of 1, how far encrypting has come: it takes a second or two on purpose. */
type OnProgress = (part: number) => void;

export async function storedKeys(): Promise<StoredKey[]> {
  return (await browserStore()).getAll('keys');
}

export async function findKey(account: Hex): Promise<StoredKey | undefined> {
  return (await browserStore()).get('keys', account);
}

/** Makes a key, and keeps it encrypted. */
export async function makeKey(name: string, password: string, onProgress?: OnProgress) {
  const wallet = new Wallet(Wallet.createRandom().privateKey);
  const account = hex(wallet.address);
  const keystore = await encryptKeystoreJson(
    wallet,
    password,
    onProgress ? { progressCallback: onProgress } : {},
  );
  return { key: await keep({ account, party: account, name, keystore }), signer: wallet satisfies Signer };
}

/** Keeps a key from a keystore file. @throws NoKeystore, WrongPassword */
export async function importKey(keystore: string, password: string, onProgress?: OnProgress) {
  if (!isKeystoreJson(keystore)) throw new NoKeystore();
  const signer = await decrypted(keystore, password, onProgress);
  const account = hex(signer.address);
  return { key: await keep({ account, party: account, name: '', keystore }), signer };
}

/** For whom a key signs. */
export async function signsFor(account: Hex, party: Hex): Promise<void> {
  const store = await browserStore();
  const key = await store.get('keys', account);
  if (key) await store.put('keys', { ...key, party });
}

/** @throws WrongPassword */
export async function unlockKey(account: Hex, password: string, onProgress?: OnProgress): Promise<Signer> {
  const key = await findKey(account);
  if (!key) throw new NoKeystore();
  return decrypted(key.keystore, password, onProgress);
}

async function decrypted(keystore: string, password: string, onProgress?: OnProgress): Promise<Wallet> {
  try {
    return new Wallet((await Wallet.fromEncryptedJson(keystore, password, onProgress)).privateKey);
  } catch (error) {
    if (/incorrect password/i.test(String(error))) throw new WrongPassword();
    throw new NoKeystore();
  }
}

async function keep(key: Omit<StoredKey, 'createdAt'>): Promise<StoredKey> {
  const kept = { ...key, createdAt: Math.floor(Date.now() / 1000) };
  await (await browserStore()).put('keys', kept);
  return kept;
}
