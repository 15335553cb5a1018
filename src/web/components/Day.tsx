import { readableDay, readableTime } from '../format.ts';
import { useLanguage } from '../i18n/i18n.ts';

/** A time as its day, with the exact time on hover. Unix seconds. */
export function Day({ time }: { time: number }) {
  useLanguage();
  return (
    <time dateTime={new Date(time * 1000).toISOString()} title={readableTime(time)}>
      {readableDay(time)}
    </time>
  );
}
