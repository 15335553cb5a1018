import { z } from 'zod';
import type { Hex } from '../../protocol/hex.ts';
import { bytes32Json, bytesJson, messageJson, structJson } from '../../protocol/json.ts';
import type { Birth } from '../../protocol/lots.ts';
import {
  type Attestation,
  type Dispatch,
  type Production,
  type Statement,
  statementTypeNames,
} from '../../protocol/statements.ts';
import { type EvidenceInput, evidenceInput } from './evidence.ts';

const birth = z.strictObject({
  production: bytes32Json,
  index: z.int().min(0).max(1_000),
  output: structJson('Output'),
});

const beside = {
  signature: bytesJson.describe(
    "Over the EIP-712 digest: the author's key, a delegate's, or an observation's device's.",
  ),
  births: z
    .array(birth)
    .max(1_000)
    .optional()
    .describe(
      'For a production, or a correction of one, whose inputs this server does not know: their births, in order. ' +
        'Seldom needed.',
    ),
  dispatch: structJson('Dispatch')
    .optional()
    .describe('For a receipt whose dispatch this server does not know. Seldom needed.'),
  production: structJson('Production')
    .optional()
    .describe('For a correction whose production this server does not know. Seldom needed.'),
  attestation: structJson('Attestation')
    .optional()
    .describe('For a revocation whose attestation this server does not know. Seldom needed.'),
  evidence: z
    .union(
      [z.array(evidenceInput).max(1_000), evidenceInput],
      'expected one document {fields}, or a list of them',
    )
    .optional()
    .describe("Documents whose roots the statement names: its own, its outputs', its readings'."),
};

/** A signed statement as it is sent, with what goes beside it. */
export type Submission = Statement & {
  readonly signature: Hex;
  readonly births?: readonly Birth[] | undefined;
  readonly dispatch?: Dispatch | undefined;
  readonly production?: Production | undefined;
  readonly attestation?: Attestation | undefined;
  readonly evidence?: EvidenceInput | EvidenceInput[] | undefined;
};

export const submission = z
  .discriminatedUnion(
    'type',
    statementTypeNames.map((type) =>
      z.strictObject({ type: z.literal(type), message: messageJson[type], ...beside }),
    ) as never,
  )
  .meta({ id: 'Submission' }) as unknown as z.ZodType<Submission>;
