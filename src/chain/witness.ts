import { z } from 'zod';
import { bytes32Json, structJson } from '../protocol/json.ts';
import type { Birth } from '../protocol/lots.ts';
import type { Dispatch } from '../protocol/statements.ts';

/**
 * What the contract re-hashes instead of storing it, and whoever submits a statement presents beside it:
 * for a production the births of its inputs, one each, in order; for a receipt the dispatch that it names.
 * Every other statement needs none: `{}`.
 */
export type Witness = { readonly births?: readonly Birth[]; readonly dispatched?: Dispatch };

/** A witness in JSON, as the outbox keeps it. Masses are decimal strings. */
export const witnessJson = z.strictObject({
  births: z
    .array(z.strictObject({ production: bytes32Json, index: z.int().min(0), output: structJson('Output') }))
    .optional(),
  dispatched: structJson('Dispatch').optional(),
}) as unknown as z.ZodType<Witness>;
