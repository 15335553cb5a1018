import { readableMass } from '../format.ts';

/** A mass to read, with the exact milligrams on hover and for copying. */
export function Mass({ milligrams }: { milligrams: string }) {
  return (
    <data value={milligrams} title={`${milligrams} mg`}>
      {readableMass(milligrams)}
    </data>
  );
}
