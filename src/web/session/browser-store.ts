import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { EvidenceDocument } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Seen } from '../buyer/seen.ts';
import type { Queued } from '../signing/queued.ts';

/** A key that was made or imported here. `keystore`: Web3 Secret Storage (V3), encrypted with the password. */
export type StoredKey = {
  readonly account: Hex;
  /** For whom it signs: itself, unless it is another party's delegate or second key. */
  readonly party: Hex;
  readonly name: string;
  readonly keystore: string;
  /** Unix seconds. */
  readonly createdAt: number;
};

/** The whole of a document whose author is here: hidden values and salts are nowhere else. */
export type StoredPapers = {
  readonly root: Hex;
  readonly party: Hex;
  readonly document: EvidenceDocument;
  readonly createdAt: number;
};

/** A lot that its reader wants to hear of. Masses in milligrams, `since` in Unix seconds. */
export type Followed = {
  readonly lot: string;
  readonly commodity: number;
  readonly milligrams: string;
  readonly since: number;
  /** As it was when it was last looked at. */
  readonly seen: Seen;
};

interface Schema extends DBSchema {
  keys: { key: Hex; value: StoredKey };
  outbox: { key: Hex; value: Queued };
  papers: { key: Hex; value: StoredPapers };
  followed: { key: string; value: Followed };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

/** What this browser keeps, and nobody else has. */
export function browserStore(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('lodebook', 2, {
    upgrade: (database, version) => {
      if (version < 1) {
        database.createObjectStore('keys', { keyPath: 'account' });
        database.createObjectStore('outbox', { keyPath: 'id' });
        database.createObjectStore('papers', { keyPath: 'root' });
      }
      if (version < 2) database.createObjectStore('followed', { keyPath: 'lot' });
    },
    // A page of an older version gives way; it opens the store anew when it needs it.
    blocking: (_now, _wanted, event) => {
      (event.target as IDBDatabase).close();
      opened = undefined;
    },
  });
  return opened;
}
