import { useEffect } from 'react';
import type { Certificate } from '../../verification/certificate.ts';
import { browserStore, type Followed } from '../session/browser-store.ts';
import { Store, useStore } from '../session/store.ts';
import { type Seen, seenOf } from './seen.ts';

/** Each is asked after by itself whenever the ledger moves. */
export const MOST_FOLLOWED = 100;

const followed = new Store<readonly Followed[] | null>(null);

/** The lots that are followed from this browser, the latest first; null until they are read. */
export function useFollowed(): readonly Followed[] | null {
  useEffect(() => {
    const onShow = () => void read();
    onShow();
    // Another page of this browser may have changed the list in between.
    addEventListener('pageshow', onShow);
    addEventListener('focus', onShow);
    return () => {
      removeEventListener('pageshow', onShow);
      removeEventListener('focus', onShow);
    };
  }, []);
  return useStore(followed);
}

/** From now on tells what changes of a lot, under the policy of this certificate. */
export async function follow(certificate: Certificate): Promise<void> {
  const { id, commodity, milligrams } = certificate.lot;
  const since = Math.floor(Date.now() / 1000);
  await put({ lot: id, commodity, milligrams, since, seen: seenOf(certificate) });
}

/** What was there is known now: only what changes after it is told. */
export async function saw(lot: Followed, seen: Seen): Promise<void> {
  await put({ ...lot, seen });
}

export async function unfollow(lot: string): Promise<void> {
  await (await browserStore()).delete('followed', lot);
  await read();
}

async function put(lot: Followed): Promise<void> {
  await (await browserStore()).put('followed', lot);
  await read();
}

async function read(): Promise<void> {
  const lots = await (await browserStore()).getAll('followed');
  followed.set(lots.sort((a, b) => b.since - a.since));
}
