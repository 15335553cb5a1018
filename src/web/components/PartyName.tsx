import { shortId } from '../format.ts';

/** A party by its disclosed name, or by the start of its account where the name is hidden. */
export function PartyName({ party }: { party: { id: string; name: string | null } }) {
  return <span title={party.id}>{party.name ?? `an unnamed party (${shortId(party.id)})`}</span>;
}
