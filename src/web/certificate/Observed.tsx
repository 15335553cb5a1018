import type { CertificateObserved } from '../../verification/certificate.ts';
import { Day } from '../components/Day.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { readableList } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';

/** What devices and inspectors saw of a step, in a line. Shown only where something was seen. */
export function Observed({ observed }: { observed: CertificateObserved | null }) {
  const t = useT('certificate');
  if (observed === null) return null;
  const { observers, devices, observations, readings, inspections, from, until } = observed;
  const seen = [
    ...(readings > 0 ? [t('observed.readings', { count: readings })] : []),
    ...(inspections > 0 ? [t('observed.inspections', { count: inspections })] : []),
  ];
  const text = t(until > from ? 'observed.lineUntil' : 'observed.line', {
    seen: readableList(seen),
    observations: t('observed.observations', { count: observations }),
    devices: t('observed.devices', { count: devices }),
  });
  const names = observers.map(({ party, legalName }, index) => (
    <span key={party}>
      {index > 0 && ', '}
      <PartyName party={{ id: party, name: legalName }} />
    </span>
  ));
  return (
    <>
      <br />
      <Rich text={text} observers={names} from={<Day time={from} />} until={<Day time={until} />} />
    </>
  );
}
