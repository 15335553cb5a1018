import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { PartyDetail } from '../../api/schemas/parties.ts';
import { isAnswered } from '../components/answered.ts';
import { renew } from './act.ts';
import { type Identity, session } from './identity.ts';
import { useParty } from './queries.ts';

/**
 * Whoever acts here, as the ledger has them. Asked again until they are admitted, and while they wait for more from whoever
 * runs it: pages then go on by themselves. Such acts are no statements, and so no news.
 */
export function useOwnParty(me: Identity, isWaiting: (party: PartyDetail) => boolean = () => false) {
  const found = useQuery({
    ...useParty(me.party),
    refetchInterval: ({ state: { status, data } }) =>
      status === 'error' || (data && isWaiting(data)) ? 5_000 : false,
  });
  const isKnown = found.data !== undefined;
  useEffect(() => {
    // Whoever made a key before the registrar admitted them could not sign in then.
    if (isKnown && me.signer && session.value.token === null) void renew().catch(() => undefined);
  }, [isKnown, me]);
  return found;
}

/** Whether that is why a party could not be read: the ledger does not know it yet. */
export function isNotAdmitted(error: Error | null): boolean {
  return error !== null && isAnswered(error) && ['unknown-party', 'sign-in-required'].includes(error.code);
}
