import { readHealth } from '../health.ts';
import { answer, route } from '../route.ts';
import { health } from '../schemas/health.ts';

export const getHealth = route({
  method: 'get',
  path: '/health',
  operationId: 'getHealth',
  summary: 'Whether the service is up to date',
  description: '200 when the index has caught up with the chain; 503 otherwise, with the same body.',
  tags: ['operation'],
  access: 'anybody',
  responses: {
    200: { description: 'Caught up.', schema: health },
    503: { description: 'Behind, or the chain or the database is away.', schema: health },
  },
  errors: [],
  cache: 'no-store',
  handler: async (context) => {
    const body = await readHealth(context);
    return answer(body.status === 'ok' ? 200 : 503, body);
  },
});
