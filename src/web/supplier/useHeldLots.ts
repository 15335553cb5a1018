import { useQuery } from '@tanstack/react-query';
import type { LotSummary } from '../../api/schemas/lots.ts';
import type { Hex } from '../../protocol/hex.ts';
import { useClient } from '../session/client.ts';
import { LEDGER } from '../session/queries.ts';

/** Of a party, the lots that it holds: the newest 200, to choose from. Undefined until they are read. */
export function useHeldLots(party: Hex): readonly LotSummary[] | undefined {
  const { client, reader } = useClient();
  const { data } = useQuery({
    queryKey: [LEDGER, reader, 'held', party],
    queryFn: async () => (await client.lots({ custodian: party, status: 'held', limit: 200 })).items,
  });
  return data;
}
