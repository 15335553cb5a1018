import { z } from 'zod';
import { bytes32Json, structJson } from '../protocol/json.ts';
import type { Birth } from '../protocol/lots.ts';
import type { Attestation, Dispatch, Production } from '../protocol/statements.ts';

/**
 * What the contract re-hashes instead of storing it, and whoever submits a statement presents beside it:
 * - production: the births of its inputs, one each, in order
 * - receipt: the dispatch that it names
 * - correction: the production that it names, and the births of that one's inputs
 * - revocation: the attestation that it names
 * Every other statement needs none: `{}`.
 */
export type Witness = {
  readonly births?: readonly Birth[];
  readonly dispatched?: Dispatch;
  readonly corrected?: Production;
  readonly revoked?: Attestation;
};

/** A witness in JSON, as the outbox keeps it. Masses are decimal strings. */
export const witnessJson = z.strictObject({
  births: z
    .array(z.strictObject({ production: bytes32Json, index: z.int().min(0), output: structJson('Output') }))
    .optional(),
  dispatched: structJson('Dispatch').optional(),
  corrected: structJson('Production').optional(),
  revoked: structJson('Attestation').optional(),
}) as unknown as z.ZodType<Witness>;
