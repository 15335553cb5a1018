import { Badge, Group } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';
import { Mass } from './Mass.tsx';
import { useMaterialName } from './names.ts';

type Entry = { material: number; recycled: boolean; milligrams: string };

/** What a lot contains, a badge for each material. */
export function Contents({ content }: { content: readonly Entry[] }) {
  const t = useT('common');
  const nameOf = useMaterialName();
  return (
    <Group gap={6} mt={6} component="ul" className="plain-list" aria-label={t('contains')}>
      {content.map(({ material, recycled, milligrams }) => (
        <Badge key={`${material}${recycled}`} component="li" variant="default" tt="none" fw={500}>
          {nameOf(material)} {recycled && `(${t('recycled')}) `}
          <Mass milligrams={milligrams} />
        </Badge>
      ))}
    </Group>
  );
}
