import { keccak256 } from 'ethers/crypto';
import { concat } from 'ethers/utils';
import { type Hex, hex } from '../../protocol/hex.ts';
import type { Observation } from '../../protocol/statements.ts';
import { bytes } from '../values.ts';
import { type Projection, placeColumns } from './projection.ts';

/** Whose log on what: one device of one observer, on one subject. */
export type LogKey = Pick<Observation, 'observer' | 'device' | 'subject'>;

/** A log's name among the heads that open statements will make: a log grows by its tail, as a lot does by its head. */
export function logOf({ observer, device, subject }: LogKey): Hex {
  return hex(keccak256(concat([observer, device, subject])));
}

/** It is the tail of its log; the first of a log joins its subject's trail as well. */
export const observation: Projection<'Observation'> = {
  rootsOf: ({ root, evidence }) => [root, evidence],

  headsOf: (id, message) => [
    { lot: logOf(message), extends: message.previous, head: id, status: 'held' as const },
  ],

  insert: (batch, recorded) =>
    batch.insert(
      'observation',
      recorded.map(({ place, id, message }) => ({
        ...placeColumns(place),
        id: bytes(id),
        observer: bytes(message.observer),
        device: bytes(message.device),
        subject: bytes(message.subject),
        previous: bytes(message.previous),
        root: bytes(message.root),
        count: message.count,
        observed_from: message.from,
        observed_until: message.until,
        evidence: bytes(message.evidence),
      })),
    ),
};
