import { useQuery } from '@tanstack/react-query';
import type { ProtocolDescription } from '../../api/schemas/protocol.ts';
import { type Domain, ledgerDomain } from '../../protocol/statements.ts';
import { useClient } from './client.ts';

/** What every statement is signed for. `now` follows the service's clock, which the ledger's is close to. Unix seconds. */
export type Ground = {
  readonly domain: Domain;
  readonly recordBySeconds: number;
  now(): number;
};

type Kept = Pick<ProtocolDescription['contract'], 'address' | 'chainId'> & {
  readonly recordBySeconds: number;
  readonly ahead: number;
};

const KEPT_AS = 'lodebook.ground';

/** Kept from the last visit, so that statements can be signed offline. Null until the service was reached once. */
export function useGround(): Ground | null {
  const { client } = useClient();
  const { data } = useQuery({
    queryKey: ['protocol'],
    staleTime: 600_000,
    networkMode: 'always',
    queryFn: () => client.protocol().then(keep, kept),
  });
  return data ? groundOf(data) : null;
}

function keep({ contract, recordBy, now }: ProtocolDescription): Kept {
  const { address, chainId } = contract;
  const ahead = now - Math.floor(Date.now() / 1000);
  const made = { address, chainId, recordBySeconds: recordBy.advisedSeconds, ahead };
  localStorage.setItem(KEPT_AS, JSON.stringify(made));
  return made;
}

function kept(error: unknown): Kept {
  const text = localStorage.getItem(KEPT_AS);
  if (text === null) throw error;
  return JSON.parse(text) as Kept;
}

function groundOf({ address, chainId, recordBySeconds, ahead }: Kept): Ground {
  return {
    domain: ledgerDomain(chainId, address),
    recordBySeconds,
    now: () => Math.floor(Date.now() / 1000) + ahead,
  };
}
