import { useT } from '../i18n/i18n.ts';
import { isLive } from './live.ts';
import { useStore } from './store.ts';

/** Whether what is shown follows the ledger by itself: a dot, full or hollow. */
export function LiveMark() {
  const t = useT('session');
  const text = t(useStore(isLive) ? 'live.on' : 'live.off');
  return (
    <span
      className={useStore(isLive) ? 'live-mark' : 'live-mark off'}
      title={text}
      role="img"
      aria-label={text}
    />
  );
}
