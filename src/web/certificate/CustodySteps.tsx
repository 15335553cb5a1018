import '@mantine/core/styles/Timeline.layer.css';
import { Text, Timeline } from '@mantine/core';
import type { CertificateStep } from '../../verification/certificate.ts';
import { Day } from '../components/Day.tsx';
import { Mass } from '../components/Mass.tsx';
import { useCountryName, useMaterialName } from '../components/names.ts';
import { PartyName } from '../components/PartyName.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { Observed } from './Observed.tsx';
import { SignedBy } from './SignedBy.tsx';

type Production = Extract<CertificateStep, { kind: 'production' }>;
type Leg = Extract<CertificateStep, { kind: 'leg' }>;

/** The steps as a line through time, the first one first. */
export function CustodySteps({ steps }: { steps: readonly CertificateStep[] }) {
  const t = useT('certificate');
  return (
    <Timeline bulletSize={12} lineWidth={2} mt="md">
      {steps.map((step) =>
        step.kind === 'production' ? (
          <Timeline.Item
            key={step.statement}
            title={<Rich text={t(`custody.${step.process}`)} site={<SiteName site={step.site} />} />}
          >
            <ProductionText step={step} />
          </Timeline.Item>
        ) : (
          <Timeline.Item
            key={`${step.statement}${step.lot}`}
            lineVariant="dashed"
            title={<LegTitle step={step} />}
          >
            <LegText step={step} />
          </Timeline.Item>
        ),
      )}
    </Timeline>
  );
}

function ProductionText({ step }: { step: Production }) {
  const t = useT('certificate');
  return (
    <Text size="sm" c="dimmed">
      <Day time={step.occurredAt} /> ·{' '}
      <PartyName party={{ id: step.party.party, name: step.party.legalName }} /> ·{' '}
      {t(`terms:custodyModel.${step.custodyModel}`)}
      <Carried carried={step.carried} />
      <Observed observed={step.observed} />
      <SignedBy text={t('custody.productionBy')} account={step.signedBy} />
    </Text>
  );
}

function LegTitle({ step: { mode, to } }: { step: Leg }) {
  const t = useT('certificate');
  const text =
    mode === 'not-applicable' ? t('custody.sent') : t('custody.sentBy', { mode: t(`terms:mode.${mode}`) });
  return <Rich text={text} site={<SiteName site={to} />} />;
}

function LegText({ step }: { step: Leg }) {
  const t = useT('certificate');
  const countryName = useCountryName();
  const { outcome, arrivedAt, occurredAt } = step;
  const through = step.transitCountries ?? [];
  return (
    <Text size="sm" c="dimmed">
      <Rich text={t('custody.leg')} day={<Day time={occurredAt} />} site={<SiteName site={step.from} />} /> ·{' '}
      <Rich
        text={t(`custody.${outcome ?? 'onItsWay'}`)}
        day={arrivedAt === null ? '' : <Day time={arrivedAt} />}
      />
      {step.weighed !== null && (
        <>
          {' · '}
          <Rich
            text={t('custody.weighed')}
            weighed={<Mass milligrams={step.weighed} />}
            sent={<Mass milligrams={step.dispatched} />}
          />
        </>
      )}
      {through.length > 0 &&
        ` · ${t('custody.through', { countries: through.map(({ numeric }) => countryName(numeric)).join(', ') })}`}
      <Carried carried={step.carried} />
      <Observed observed={step.observed} />
      <SignedBy text={t('custody.dispatchBy')} account={step.signedBy} />
      <SignedBy text={t('custody.receiptBy')} account={step.receiptSignedBy} />
    </Text>
  );
}

function Carried({ carried }: { carried: CertificateStep['carried'] }) {
  const t = useT('certificate');
  const nameOf = useMaterialName();
  if (carried.length === 0) return null;
  const what = carried.map(({ material, milligrams }, index) => (
    <span key={material.id}>
      {index > 0 && ', '}
      <Rich
        text={t('custody.of', { material: nameOf(material.id).toLowerCase() })}
        mass={<Mass milligrams={milligrams} />}
      />
    </span>
  ));
  return (
    <>
      <br />
      <Rich text={t('custody.carried')} what={what} />
    </>
  );
}
