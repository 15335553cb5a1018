import { bytes } from '../values.ts';
import { type Projection, placeColumns } from './projection.ts';

/** It takes the place of the last one for that delegate, and ends with the key that signed it. */
export const delegation: Projection<'Delegation'> = {
  rootsOf: () => [],

  headsOf: () => [],

  insert: (batch, recorded) =>
    batch.insert(
      'delegation',
      recorded.map(({ place, id, message }) => ({
        ...placeColumns(place),
        id: bytes(id),
        party: bytes(message.party),
        delegate: bytes(message.delegate),
        scope: message.scope,
        valid_until: message.validUntil,
        issued_at: message.issuedAt,
      })),
    ),
};
