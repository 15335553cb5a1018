import { bytes } from '../values.ts';
import { type Projection, placeColumns } from './projection.ts';

/** The party has that key from then on; its delegations and an open proposal end. */
export const keyReplacement: Projection<'KeyReplacement'> = {
  rootsOf: () => [],

  headsOf: () => [],

  insert: (batch, recorded) =>
    batch.insert(
      'key_replacement',
      recorded.map(({ place, id, message }) => ({
        ...placeColumns(place),
        id: bytes(id),
        party: bytes(message.party),
        key: bytes(message.key),
        number: message.number,
      })),
    ),
};
