import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FacilityDetail } from '../../api/schemas/parties.ts';
import type { FacilityKind } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import { useMaterialName } from '../components/names.ts';
import { readableList, readableMass } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { useFacility } from '../session/queries.ts';

const ORIGINS: readonly FacilityKind[] = ['mine', 'artisanal-mine', 'recycler'];
const needsQuota = ({ kind }: FacilityDetail) => ORIGINS.includes(kind);
const noneIn = ({ quotas }: FacilityDetail) => quotas.length === 0;

/** What may still originate at a site this year: a self-declared mine mints nothing. Elsewhere nothing originates but declared stock. */
export function QuotaHint({ site }: { site: Hex }) {
  const t = useT('supplier');
  const nameOf = useMaterialName();
  const { data } = useQuery({
    ...useFacility(site),
    // A grant is no statement, and so no news: whoever waits for one asks again.
    refetchInterval: ({ state }) =>
      state.data && needsQuota(state.data) && noneIn(state.data) ? 5_000 : false,
  });
  if (!data || !needsQuota(data)) return null;
  const year = new Date().getUTCFullYear();
  const left = data.quotas
    .filter((quota) => quota.year === year)
    .map(({ material, milligrams, used }) => {
      return `${nameOf(material)} ${readableMass(BigInt(milligrams) - BigInt(used))}`;
    });
  return (
    <Text size="sm" c="dimmed">
      {left.length > 0
        ? t('quota.left', { year: String(year), what: readableList(left) })
        : t('quota.none', { year: String(year) })}
    </Text>
  );
}
