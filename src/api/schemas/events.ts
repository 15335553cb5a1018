import { z } from 'zod';
import { statementTypeNames } from '../../protocol/statements.ts';
import { account, id, time } from './common.ts';

export const ledgerNews = z
  .object({
    block: z
      .object({ number: z.int(), hash: id, time })
      .describe('The newest block that this server has indexed.'),
    finalized: z.int().describe('The newest block that can no longer change; -1: none.'),
    statements: z
      .array(z.object({ id, type: z.enum(statementTypeNames), author: account, block: z.int() }))
      .nullable()
      .describe(
        'Recorded since the event before, as far as you may read them. null: they cannot be told, because the chain was ' +
          'reorganised or they are more than 500: read everything anew.',
      ),
  })
  .meta({ id: 'LedgerNews' });
export type LedgerNews = z.infer<typeof ledgerNews>;
