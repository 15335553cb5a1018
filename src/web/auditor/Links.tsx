import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import type { FacilityRef } from '../../api/schemas/common.ts';
import { ShortId } from '../components/ShortId.tsx';
import { SiteName } from '../components/SiteName.tsx';

/** Opens a statement. */
export function StatementLink({ id }: { id: string }) {
  return (
    <Anchor component={Link} href={`/statements/${id}`}>
      <ShortId id={id} />
    </Anchor>
  );
}

/** Opens a lot's workspace. */
export function LotLink({ id }: { id: string }) {
  return (
    <Anchor component={Link} href={`/lots/${id}`}>
      <ShortId id={id} />
    </Anchor>
  );
}

/** Opens a site's book. */
export function SiteLink({ site }: { site: FacilityRef }) {
  return (
    <Anchor component={Link} href={`/sites/${site.id}`}>
      <SiteName site={{ ...site, facility: site.id }} />
    </Anchor>
  );
}
