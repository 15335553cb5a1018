import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
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

/** How many times the ledger told of something new since the app was opened. */
const moves = new Store(0);

const TRY_AGAIN_MS = 3_000;

/** Follows the ledger for as long as the app is open: what is new makes what is shown stale, and so read again. */
export function useLiveLedger(): void {
  const queries = useQueryClient();
  const { token } = useStore(session);
  useEffect(() => {
    // What was asked before somebody was signed in, or after, is asked again as them; what is shown stays meanwhile.
    void queries.invalidateQueries({ queryKey: [LEDGER] });
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
  if (isFirst || statements?.length === 0) return;
  moves.set(moves.value + 1);
  void queries.invalidateQueries({ queryKey: [LEDGER] });
}

/** Another number after each move of the ledger, but not more often than that: for what costs more to read again. */
export function useMoves(everyMs: number): number {
  const now = useStore(moves);
  const [told, setTold] = useState(now);
  const hasMoved = now !== told;
  useEffect(() => {
    if (!hasMoved) return;
    const timer = setTimeout(() => setTold(moves.value), everyMs);
    return () => clearTimeout(timer);
  }, [hasMoved, everyMs]);
  return told;
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
