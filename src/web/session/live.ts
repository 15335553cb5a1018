import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LedgerNews } from '../../api/schemas/events.ts';
import type { Hex } from '../../protocol/hex.ts';
import { goOn } from '../signing/outbox.ts';
import { renew } from './act.ts';
import { session } from './identity.ts';
import { LEDGER } from './queries.ts';
import { eventsIn } from './server-events.ts';
import { Store, useStore } from './store.ts';

/** Whether news come in. */
export const isLive = new Store(false);

const TRY_AGAIN_MS = 3_000;

/** Follows the ledger for as long as the app is open: what is new makes what is shown stale, and so read again. */
export function useLiveLedger(): void {
  const queries = useQueryClient();
  const { token } = useStore(session);
  useEffect(() => {
    const leaving = new AbortController();
    void follow(queries, token, leaving.signal);
    return () => leaving.abort();
  }, [queries, token]);
}

async function follow(queries: QueryClient, token: Hex | null, signal: AbortSignal): Promise<void> {
  let last: string | null = null;
  while (!signal.aborted) {
    try {
      const response = await open(token, last, signal);
      // Whoever is not known reads nothing here; once a session is over, a new one is asked for.
      if (response.status === 401) {
        if (token !== null) void renew();
        return;
      }
      isLive.set(response.ok);
      if (response.ok && response.body)
        for await (const { id, data } of eventsIn(response.body)) {
          take(queries, JSON.parse(data) as LedgerNews, last === null);
          last = id;
        }
    } catch {
      isLive.set(false);
    }
    await pause(signal);
  }
}

function open(token: Hex | null, last: string | null, signal: AbortSignal): Promise<Response> {
  return fetch('/v1/events', {
    signal,
    headers: {
      accept: 'text/event-stream',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(last !== null && { 'last-event-id': last }),
    },
  });
}

/** The first event says only where the ledger is. */
function take(queries: QueryClient, { statements }: LedgerNews, isFirst: boolean): void {
  void goOn();
  if (!isFirst && statements?.length !== 0) void queries.invalidateQueries({ queryKey: [LEDGER] });
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, TRY_AGAIN_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
