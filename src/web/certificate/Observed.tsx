import type { CertificateObserved } from '../../verification/certificate.ts';
import { Day } from '../components/Day.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { counted } from '../format.ts';

/** What devices and inspectors saw of a step, in a line. Shown only where something was seen. */
export function Observed({ observed }: { observed: CertificateObserved | null }) {
  if (observed === null) return null;
  const { observers, devices, observations, readings, inspections, from, until } = observed;
  const seen = [
    ...(readings > 0 ? [counted(readings, 'reading')] : []),
    ...(inspections > 0 ? [counted(inspections, 'inspection')] : []),
  ];
  return (
    <>
      <br />
      observed: {seen.join(' and ')}, in {counted(observations, 'signed observation')} by{' '}
      {counted(devices, 'device')} of{' '}
      {observers.map((observer, index) => (
        <span key={observer.party}>
          {index > 0 && ', '}
          <PartyName party={{ id: observer.party, name: observer.legalName }} />
        </span>
      ))}
      , <Day time={from} />
      {until > from && (
        <>
          {' '}
          to <Day time={until} />
        </>
      )}
    </>
  );
}
