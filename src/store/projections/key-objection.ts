import { bytes } from '../values.ts';
import { type Projection, placeColumns } from './projection.ts';

/** The proposal that it names is void; the party keeps its key. */
export const keyObjection: Projection<'KeyObjection'> = {
  rootsOf: () => [],

  headsOf: () => [],

  insert: (batch, recorded) =>
    batch.insert(
      'key_objection',
      recorded.map(({ place, id, message }) => ({
        ...placeColumns(place),
        id: bytes(id),
        party: bytes(message.party),
        key: bytes(message.key),
        effective_at: message.effectiveAt,
      })),
    ),
};
