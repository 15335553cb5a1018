import { Badge, Group } from '@mantine/core';
import { Mass } from './Mass.tsx';

type Entry = { material: number; name: string; recycled: boolean; milligrams: string };

/** What a lot contains, a badge for each material. */
export function Contents({ content }: { content: readonly Entry[] }) {
  return (
    <Group gap={6} mt={6} component="ul" className="plain-list" aria-label="Contains">
      {content.map((entry) => (
        <Badge key={`${entry.material}${entry.recycled}`} component="li" variant="default" tt="none" fw={500}>
          {entry.recycled ? 'recycled ' : ''}
          {entry.name} <Mass milligrams={entry.milligrams} />
        </Badge>
      ))}
    </Group>
  );
}
