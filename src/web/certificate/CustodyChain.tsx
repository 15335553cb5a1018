import { Text, Timeline, Title } from '@mantine/core';
import type { Certificate, CertificateStep } from '../../verification/certificate.ts';
import { Day } from '../components/Day.tsx';
import { Mass } from '../components/Mass.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { readableTerm } from '../format.ts';
import { Observed } from './Observed.tsx';
import { SignedBy } from './SignedBy.tsx';
import { SitesPassed } from './SitesPassed.tsx';

type Production = Extract<CertificateStep, { kind: 'production' }>;
type Leg = Extract<CertificateStep, { kind: 'leg' }>;

/** Every step of the material, from the mines to the lot; of a long history, every site instead. */
export function CustodyChain({ certificate }: { certificate: Certificate }) {
  const { told, custody: steps, custodyOmitted: omitted, sites } = certificate;
  return (
    <section aria-labelledby="custody">
      <Title order={2} size="h3" id="custody" mb="sm">
        Chain of custody
      </Title>
      {told === 'by site' && <SitesPassed sites={sites} />}
      <details>
        <summary>
          {told === 'by site'
            ? `${steps.length} steps of this lot itself`
            : `${steps.length} steps, from the first origin to this lot`}
          {omitted !== null && omitted > 0 && ` (and ${omitted} more that carried least)`}
        </summary>
        <Timeline bulletSize={12} lineWidth={2} mt="md">
          {steps.map((step) =>
            step.kind === 'production' ? (
              <Timeline.Item key={step.statement} title={<ProductionTitle step={step} />}>
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
      </details>
    </section>
  );
}

const DONE: Record<Production['process'], string> = {
  extract: 'Extracted',
  collect: 'Collected as scrap',
  declare: 'Declared (origin not on the ledger)',
  concentrate: 'Concentrated',
  smelt: 'Smelted',
  refine: 'Refined',
  blend: 'Blended',
  split: 'Split',
  reweigh: 'Weighed again',
  manufacture: 'Manufactured',
  assemble: 'Assembled',
  recycle: 'Recycled',
  retire: 'Retired',
};

function ProductionTitle({ step }: { step: Production }) {
  return (
    <>
      {DONE[step.process]} at <SiteName site={step.site} />
    </>
  );
}

function ProductionText({ step }: { step: Production }) {
  return (
    <Text size="sm" c="dimmed">
      <Day time={step.occurredAt} /> ·{' '}
      <PartyName party={{ id: step.party.party, name: step.party.legalName }} /> ·{' '}
      {readableTerm(step.custodyModel)}
      <Carried carried={step.carried} />
      <Observed observed={step.observed} />
      <SignedBy what="Production" account={step.signedBy} />
    </Text>
  );
}

function LegTitle({ step }: { step: Leg }) {
  return (
    <>
      {step.mode === 'not-applicable' ? 'Sent' : `Sent by ${readableTerm(step.mode)}`} to{' '}
      <SiteName site={step.to} />
    </>
  );
}

const ENDINGS = { accept: 'received', refuse: 'refused and sent back', recall: 'recalled' } as const;

function LegText({ step }: { step: Leg }) {
  return (
    <Text size="sm" c="dimmed">
      <Day time={step.occurredAt} /> from <SiteName site={step.from} /> ·{' '}
      {step.outcome === null ? 'still on its way' : ENDINGS[step.outcome]}
      {step.arrivedAt !== null && (
        <>
          {' '}
          <Day time={step.arrivedAt} />
        </>
      )}
      {step.weighed !== null && (
        <>
          {' '}
          · weighed <Mass milligrams={step.weighed} /> of <Mass milligrams={step.dispatched} />
        </>
      )}
      {step.transitCountries !== null && step.transitCountries.length > 0 && (
        <> · through {step.transitCountries.map(({ name }) => name).join(', ')}</>
      )}
      <Carried carried={step.carried} />
      <Observed observed={step.observed} />
      <SignedBy what="Dispatch" account={step.signedBy} />
      <SignedBy what="Receipt" account={step.receiptSignedBy} />
    </Text>
  );
}

function Carried({ carried }: { carried: CertificateStep['carried'] }) {
  if (carried.length === 0) return null;
  return (
    <>
      <br />
      carried{' '}
      {carried.map(({ material, milligrams }, index) => (
        <span key={material.id}>
          {index > 0 && ', '}
          {material.name.toLowerCase()} <Mass milligrams={milligrams} />
        </span>
      ))}{' '}
      of this lot
    </>
  );
}
