import { Alert, Button, Card, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type FacilityKind, facilityKinds } from '../../protocol/codes.ts';
import { ZERO_BYTES32 } from '../../protocol/hex.ts';
import { CountrySelect } from '../components/CountrySelect.tsx';
import { keepEnter } from '../components/keep-enter.ts';
import { SiteName } from '../components/SiteName.tsx';
import { useT } from '../i18n/i18n.ts';
import { useGround } from '../session/ground.ts';
import { useFacilities } from '../session/queries.ts';
import { askToSign } from '../signing/ask.ts';
import { EvidenceEditor } from './fields/EvidenceEditor.tsx';
import { newField, paperIn, type TypedField } from './fields/evidence.ts';
import { useMe } from './me.ts';
import { QuotaHint } from './QuotaHint.tsx';

/** The sites that a party operates, and how it registers another. */
export function SitesPage() {
  const t = useT('supplier');
  const { me } = useMe();
  const { data: sites = [] } = useQuery(useFacilities(me.party));
  return (
    <Stack>
      <Title order={1}>{t('sites.title')}</Title>
      <Stack component="ul" className="plain-list" gap="xs">
        {sites.map((site) => (
          <Card key={site.id} component="li" withBorder padding="sm">
            <Text fw={600}>
              <SiteName site={{ ...site, facility: site.id }} />
            </Text>
            <Text size="sm">{t(`terms:kind.${site.kind}`)}</Text>
            <QuotaHint site={site.id} />
            <Text size="xs" c="dimmed" ff="monospace" className="whole-id">
              {site.id}
            </Text>
          </Card>
        ))}
      </Stack>
      <SiteForm />
    </Stack>
  );
}

function SiteForm() {
  const t = useT('supplier');
  const { me } = useMe();
  const ground = useGround();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<FacilityKind>('mine');
  const [country, setCountry] = useState<number | null>(null);
  const [fields, setFields] = useState<readonly TypedField[]>([]);
  const [isWaiting, setIsWaiting] = useState(false);
  const [isIncomplete, setIsIncomplete] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsIncomplete(!ground || country === null);
    if (!ground || country === null) return;
    const paper = paperIn([newField('name', name), ...fields]);
    const message = {
      ...{ operator: me.party, kind: facilityKinds[kind], country },
      ...{ evidence: paper?.root ?? ZERO_BYTES32, recordBy: ground.now() + ground.recordBySeconds },
    };
    const signed = await askToSign({
      statement: { type: 'FacilityRegistration', message },
      papers: paper ? [paper] : [],
    });
    if (!signed) return;
    setIsWaiting(true);
    setName('');
    setFields([]);
  };
  return (
    <form onSubmit={(event) => void submit(event)} onKeyDown={keepEnter}>
      <Stack gap="sm">
        <Title order={2} size="h3">
          {t('sites.register')}
        </Title>
        <TextInput
          label={t('sites.name')}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('sites.kind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as FacilityKind)}
          data={(Object.keys(facilityKinds) as FacilityKind[]).map((value) => ({
            value,
            label: t(`terms:kind.${value}`),
          }))}
        />
        <CountrySelect label={t('sites.country')} required value={country} onChange={setCountry} />
        <EvidenceEditor title={t('evidence.title')} fields={fields} onChange={setFields} />
        {isIncomplete && (
          <Alert color="red" role="alert">
            {t('incomplete')}
          </Alert>
        )}
        {isWaiting && <Alert color="green">{t('sites.sent')}</Alert>}
        <Button type="submit">{t('review')}</Button>
      </Stack>
    </form>
  );
}
