import { z } from 'zod';
import { id, time } from './common.ts';
import { balance, end, holder, lot } from './recall.ts';

const head = z
  .object({
    kind: z.literal('impact'),
    subject: z.object({ kind: z.enum(['facility', 'party', 'lot']), id: z.string() }),
    from: time
      .nullable()
      .describe('What was made or received there from then on counts; null = from the beginning.'),
    until: time.nullable().describe('And before then; null = to this day.'),
    asOf: z.object({ block: z.int(), hash: id, time }),
    made: z.int().describe('Lots that were made or received there in that time, void ones left out.'),
    materials: z
      .array(balance.describe('`milligrams`: in those lots together. What was there again counts again.'))
      .describe(
        '`live` and `gone` sum to the content of those lots; `gone` also has what became part of another of them.',
      ),
    holders: z.int(),
    lots: z.int().describe('Live lots: so many lines follow, besides one for each holder.'),
  })
  .meta({ id: 'ImpactHead', description: 'The first line.' });

export const impactLine = z.discriminatedUnion('kind', [head, holder, lot, end]);
export type ImpactLine = z.infer<typeof impactLine>;
export type ImpactHead = z.infer<typeof head>;
