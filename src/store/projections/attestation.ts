import { bytes, text } from '../values.ts';
import { type Projection, placeColumns } from './projection.ts';

/** It stands beside its subject; its end follows from the revocations. */
export const attestation: Projection<'Attestation'> = {
  rootsOf: ({ evidence }) => [evidence],

  headsOf: () => [],

  insert: (batch, recorded) =>
    batch.insert(
      'attestation',
      recorded.map(({ place, id, message }) => ({
        ...placeColumns(place),
        id: bytes(id),
        auditor: bytes(message.auditor),
        subject: bytes(message.subject),
        scheme: text(message.scheme),
        outcome: message.outcome,
        valid_from: message.validFrom,
        valid_until: message.validUntil,
        evidence: bytes(message.evidence),
      })),
    ),
};
