import { presentKey } from '../../store/queries/keys.ts';
import type { Context, DemoPersona } from '../context.ts';
import { answer, route } from '../route.ts';
import { type PersonaList, personaList } from '../schemas/demo.ts';

export const listPersonas = route({
  method: 'get',
  path: '/v1/demo/personas',
  operationId: 'listPersonas',
  summary: 'Who acts in the demo story, with their keys',
  description:
    'So that whoever looks at the demo can act as one of its parties. The keys follow from a phrase in the source code: ' +
    'everybody has them. A server whose ledger does not hold the story lists none.',
  tags: ['protocol'],
  access: 'anybody',
  responses: { 200: { description: 'The personas that are on this ledger.', schema: personaList } },
  errors: ['database-unavailable'],
  handler: async (context) => {
    const items = await Promise.all(context.personas.map((persona) => present(context, persona)));
    return answer(200, { items: items.filter((item) => item !== null) });
  },
});

/** With the key that signs for it now; null where it is not on this ledger. */
async function present(
  { db }: Context,
  { keys, ...persona }: DemoPersona,
): Promise<PersonaList['items'][number] | null> {
  const now = await presentKey(db, persona.party);
  const key = keys.find(({ account }) => account === now?.key)?.key;
  return key ? { ...persona, key } : null;
}
