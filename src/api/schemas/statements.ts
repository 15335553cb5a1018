import { z } from 'zod';
import { statementTypeNames } from '../../protocol/statements.ts';
import { account, bytes, id, time } from './common.ts';

export const statementState = z.enum(['pending', 'recorded', 'final', 'rejected']);

export const refusal = z
  .object({
    code: z.string().describe("The contract's error, as a problem code."),
    detail: z.string(),
    permanent: z.boolean().describe('Whether no later state of the ledger can make the statement valid.'),
  })
  .meta({ id: 'Refusal' });

export const statementStatus = z
  .object({
    id,
    type: z.enum(statementTypeNames),
    author: account.describe('The party that says it.'),
    signer: account
      .nullable()
      .describe("The account that signed: the author's key, or its delegate. null until it is recorded."),
    status: statementState.describe(
      '`pending`: accepted, on its way; `recorded`: in a block; `final`: in a block that cannot be undone; `rejected`: never.',
    ),
    acceptedAt: time.nullable().describe('When this server accepted it; null where it came another way.'),
    recordedAt: time.nullable().describe("The block's time."),
    block: z.int().nullable(),
    transaction: id.nullable(),
    lots: z.array(id).describe('The lots that a production gives birth to, in the order of its outputs.'),
    correctedBy: id
      .nullable()
      .describe('The correction that undid it, where it is a production that was corrected.'),
    refusal: refusal.nullable().describe('Why it is rejected, or why it waits.'),
    message: z.record(z.string(), z.unknown()).describe('The message as signed.'),
    signature: bytes,
  })
  .meta({ id: 'StatementStatus' });
export type StatementStatus = z.infer<typeof statementStatus>;
