import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { LotQuery } from '../../client/client.ts';
import type { Hex } from '../../protocol/hex.ts';
import { useClient } from './client.ts';

/** The first part of the key of every query that follows the ledger: news of it makes them stale. */
export const LEDGER = 'ledger';

export function useParty(id: Hex) {
  const { client, reader } = useClient();
  return queryOptions({ queryKey: [LEDGER, reader, 'party', id], queryFn: () => client.party(id) });
}

export function useFacility(id: Hex) {
  const { client, reader } = useClient();
  return queryOptions({ queryKey: [LEDGER, reader, 'facility', id], queryFn: () => client.facility(id) });
}

export function useLot(id: Hex) {
  const { client, reader } = useClient();
  return queryOptions({ queryKey: [LEDGER, reader, 'lot', id], queryFn: () => client.lot(id) });
}

export function useHoldings(party: Hex) {
  const { client, reader } = useClient();
  return queryOptions({
    queryKey: [LEDGER, reader, 'holdings', party],
    queryFn: () => client.holdings(party),
  });
}

/** Sites of one operator, the first 200. */
export function useFacilities(operator: Hex) {
  const { client, reader } = useClient();
  return queryOptions({
    queryKey: [LEDGER, reader, 'facilities', operator],
    queryFn: async () => (await client.facilities({ operator, limit: 200 })).items,
  });
}

/** The parties of the ledger, the newest 200. */
export function useParties() {
  const { client, reader } = useClient();
  return queryOptions({
    queryKey: [LEDGER, reader, 'parties'],
    queryFn: async () => (await client.parties({ limit: 200 })).items,
  });
}

/** A list of lots, page by page. */
export function useLots(query: Omit<LotQuery, 'cursor'>) {
  const { client, reader } = useClient();
  return infiniteQueryOptions({
    queryKey: [LEDGER, reader, 'lots', query],
    queryFn: ({ pageParam }) => client.lots({ ...query, ...(pageParam !== null && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}
