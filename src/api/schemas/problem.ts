import { z } from 'zod';

export const problem = z
  .object({
    type: z.string().describe('Where the code is explained.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened, to what, and what to do next.'),
    code: z.string(),
    instance: z.string().optional().describe('The request, as the server logged it.'),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('Each thing that is wrong with the request, and where.'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457, as `application/problem+json`.' });
export type Problem = z.infer<typeof problem>;
