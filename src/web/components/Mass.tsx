import { exactMass, readableMass } from '../format.ts';
import { useLanguage } from '../i18n/i18n.ts';

/** A mass to read, with the exact milligrams on hover and for copying. */
export function Mass({ milligrams }: { milligrams: string | bigint }) {
  useLanguage();
  return (
    <data value={String(milligrams)} title={exactMass(milligrams)}>
      {readableMass(milligrams)}
    </data>
  );
}
