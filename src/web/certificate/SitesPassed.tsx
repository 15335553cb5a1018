import { Text } from '@mantine/core';
import type { Certificate } from '../../verification/certificate.ts';
import { Day } from '../components/Day.tsx';
import { Mass } from '../components/Mass.tsx';
import { useMaterialName } from '../components/names.ts';
import { PartyName } from '../components/PartyName.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { WideTable } from '../components/WideTable.tsx';
import { useT } from '../i18n/i18n.ts';

type SitePassed = Certificate['sites'][number];

/** Of a history that is too long to be told step by step: every site that the material passed, and what of it. */
export function SitesPassed({ sites }: { sites: readonly SitePassed[] }) {
  const t = useT('certificate');
  return (
    <>
      <Text mb="xs">{t('passed.lead')}</Text>
      <WideTable label={t('passed.caption', { count: sites.length })}>
        <caption>{t('passed.caption', { count: sites.length })}</caption>
        <thead>
          <tr>
            <th>{t('passed.site')}</th>
            <th>{t('passed.holders')}</th>
            <th>{t('passed.done')}</th>
            <th>{t('passed.times')}</th>
            <th>{t('passed.carried')}</th>
          </tr>
        </thead>
        <tbody>
          {sites.map((passed) => (
            <SiteRow key={passed.site.facility} passed={passed} />
          ))}
        </tbody>
      </WideTable>
    </>
  );
}

function SiteRow({ passed: { site, parties, processes, carried, firstAt, lastAt } }: { passed: SitePassed }) {
  const t = useT('certificate');
  const nameOf = useMaterialName();
  return (
    <tr>
      <td>
        <SiteName site={site} />
      </td>
      <td>
        {parties.map(({ party, legalName }, index) => (
          <span key={party}>
            {index > 0 && ', '}
            <PartyName party={{ id: party, name: legalName }} />
          </span>
        ))}
      </td>
      <td>{processes.map((process) => t(`terms:process.${process}`)).join(', ')}</td>
      <td>
        <Day time={firstAt} /> – <Day time={lastAt} />
      </td>
      <td>
        {carried.map(({ material, milligrams }) => (
          <div key={material.id}>
            {nameOf(material.id)} <Mass milligrams={milligrams} />
          </div>
        ))}
      </td>
    </tr>
  );
}
