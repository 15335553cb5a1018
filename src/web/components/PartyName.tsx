import { shortId } from '../format.ts';
import { useT } from '../i18n/i18n.ts';

/** A party by its disclosed name, or by the start of its account where the name is hidden. */
export function PartyName({ party }: { party: { id: string; name: string | null } }) {
  const t = useT('common');
  return <span title={party.id}>{party.name ?? t('unnamedParty', { id: shortId(party.id) })}</span>;
}
