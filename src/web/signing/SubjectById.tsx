import { useQuery } from '@tanstack/react-query';
import { type Hex, partyOfSubject, partySubject } from '../../protocol/hex.ts';
import { LotById, PartyById, SiteById } from '../components/by-id.tsx';
import { useFacility } from '../session/queries.ts';

/** What an attestation is about: a party, a site or a lot. */
export function SubjectById({ id }: { id: Hex }) {
  const party = partyOfSubject(id);
  const isParty = partySubject(party) === id;
  const { data: site } = useQuery({ ...useFacility(id), enabled: !isParty, retry: false });
  if (isParty) return <PartyById id={party} />;
  return site ? <SiteById id={id} /> : <LotById id={id} />;
}
