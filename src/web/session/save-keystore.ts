import { saveFile } from '../components/save-file.ts';
import type { StoredKey } from './browser-store.ts';

/** Saves a key's file as other programs read it. */
export function saveKeystore({ account, keystore }: Pick<StoredKey, 'account' | 'keystore'>): void {
  saveFile(`lodebook-${account}.json`, new Blob([keystore], { type: 'application/json' }));
}
