import { bytes } from '../values.ts';
import { type Projection, placeColumns } from './projection.ts';

/** A facility exists from then on, under its registration's id. */
export const facilityRegistration: Projection<'FacilityRegistration'> = {
  rootsOf: ({ evidence }) => [evidence],

  headsOf: () => [],

  insert: (batch, recorded) =>
    batch.insert(
      'facility',
      recorded.map(({ place, id, message }) => ({
        ...placeColumns(place),
        id: bytes(id),
        operator: bytes(message.operator),
        kind: message.kind,
        country: message.country,
        evidence: bytes(message.evidence),
      })),
    ),
};
