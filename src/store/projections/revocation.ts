import { bytes } from '../values.ts';
import { type Projection, placeColumns } from './projection.ts';

/** It stands beside its attestation, which ends at the earliest of its revocations. */
export const revocation: Projection<'Revocation'> = {
  rootsOf: ({ evidence }) => [evidence],

  headsOf: () => [],

  insert: (batch, recorded) =>
    batch.insert(
      'revocation',
      recorded.map(({ place, id, message }) => ({
        ...placeColumns(place),
        id: bytes(id),
        author: bytes(message.author),
        attestation: bytes(message.attestation),
        effective_at: message.effectiveAt,
        evidence: bytes(message.evidence),
      })),
    ),
};
