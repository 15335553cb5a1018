import { z } from 'zod';
import { account, id } from './common.ts';

const persona = z.object({
  party: account,
  key: id.describe(
    'The private key that signs for it at present. It is public: never use it for anything real.',
  ),
  name: z.string(),
  country: z.string().describe('ISO 3166-1 alpha-2.'),
  role: z.enum(['supplier', 'auditor']),
});

export const personaList = z
  .object({ items: z.array(persona).describe('Empty where no demo story is on this ledger.') })
  .meta({ id: 'PersonaList' });
export type PersonaList = z.infer<typeof personaList>;
