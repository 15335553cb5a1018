import { z } from 'zod';
import { time } from './common.ts';

const block = z.object({ number: z.int(), time: time.nullable() });

export const health = z
  .object({
    status: z
      .enum(['ok', 'behind', 'chain-unavailable', 'database-unavailable'])
      .describe('`ok`: the index has caught up with the chain.'),
    indexed: block.nullable(),
    chainHead: block.nullable(),
    finalized: z.int().nullable(),
    lagBlocks: z.int().nullable(),
    lagSeconds: z.int().nullable(),
    outbox: z.object({ open: z.int(), oldestSeconds: z.int().nullable() }).nullable(),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof health>;
