import { useQuery } from '@tanstack/react-query';
import type { Hex } from '../../protocol/hex.ts';
import { useFacility, useLot, useParty } from '../session/queries.ts';
import { Mass } from './Mass.tsx';
import { useCommodity } from './names.ts';
import { PartyName } from './PartyName.tsx';
import { ShortId } from './ShortId.tsx';
import { SiteName } from './SiteName.tsx';

/** A party by its name, as far as it can be read. */
export function PartyById({ id }: { id: Hex }) {
  const { data } = useQuery(useParty(id));
  return data ? <PartyName party={data} /> : <ShortId id={id} />;
}

/** A site by its name, as far as it can be read. */
export function SiteById({ id }: { id: Hex }) {
  const { data } = useQuery(useFacility(id));
  return data ? <SiteName site={{ ...data, facility: data.id }} /> : <ShortId id={id} />;
}

/** A lot by what it is and how much, as far as it can be read. */
export function LotById({ id }: { id: Hex }) {
  const { data } = useQuery(useLot(id));
  const commodity = useCommodity();
  if (!data) return <ShortId id={id} />;
  return (
    <span title={id}>
      {commodity(data.commodity).name}, <Mass milligrams={data.milligrams} />
    </span>
  );
}
