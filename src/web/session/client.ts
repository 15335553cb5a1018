import { useMemo } from 'react';
import { type Client, createClient } from '../../client/client.ts';
import { session } from './identity.ts';
import { useStore } from './store.ts';

/** The service, for one who is not drawn again when somebody signs in. */
export function clientNow(): Client {
  return createClient({ api: location.origin, token: session.value.token ?? undefined, retries: 2 });
}

/** The service as whoever acts here may read it. `reader` belongs into the key of every query: others see other things. */
export function useClient(): { readonly client: Client; readonly reader: string } {
  const { token, me } = useStore(session);
  const client = useMemo(
    () => createClient({ api: location.origin, token: token ?? undefined, retries: 2 }),
    [token],
  );
  return { client, reader: token === null ? '' : (me?.party ?? '') };
}
