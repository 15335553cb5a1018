import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Hex } from '../../protocol/hex.ts';
import { useMaterialName } from '../components/names.ts';
import { readableList, readableMass } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { useFacility } from '../session/queries.ts';

/** What may still originate at a site this year: a self-declared mine mints nothing. */
export function QuotaHint({ site }: { site: Hex }) {
  const t = useT('supplier');
  const nameOf = useMaterialName();
  const { data } = useQuery(useFacility(site));
  if (!data) return null;
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
