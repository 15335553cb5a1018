import { useT } from '../i18n/i18n.ts';

/** That somebody is of the demo: their key is everybody's. */
export function DemoMark() {
  return <span className="demo-mark">{useT('session')('demoBadge')}</span>;
}
