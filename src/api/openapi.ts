import { z } from 'zod';
import { ledgerProblems } from './ledger-problems.ts';
import { type ApiCode, type ProblemCode, problems } from './problems.ts';
import type { Route } from './route.ts';
import { routes } from './router.ts';
import { problem } from './schemas/problem.ts';

type Json = Record<string, unknown>;

/** Problems that any route may answer. */
const common: readonly ApiCode[] = ['rate-limited', 'internal-error'];
const forReaders: readonly ProblemCode[] = ['sign-in-required', 'session-invalid'];
const withInput: readonly ApiCode[] = ['invalid-request'];
const withBody: readonly ApiCode[] = ['invalid-json', 'payload-too-large', 'unsupported-media-type'];

/** The OpenAPI 3.1 description of the API, from its routes. Needs no running service; the same each time. */
export function openApiDocument(): Json {
  return JSON.parse(JSON.stringify(draft()).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
}

function draft(): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Lodebook',
      version: '1',
      summary:
        'A ledger for critical materials: send signed statements, read lots, check where they come from.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: componentSchemas() },
  };
}

/** Every code that a route may answer, its own first. */
export function codesOf(route: Route): ProblemCode[] {
  const own: ProblemCode[] = [
    ...(route.body ? withBody : []),
    ...(route.params || route.query || route.body ? withInput : []),
    ...(route.method === 'get' && route.access !== 'anybody' ? forReaders : []),
    ...(route.access === 'own' ? (['not-yours'] as const) : []),
    ...route.errors,
    ...(route.anyLedgerError ? (Object.keys(ledgerProblems) as ProblemCode[]) : []),
  ];
  return [...new Set([...own, ...common])];
}

function operationOf(route: Route): Json {
  return {
    operationId: route.operationId,
    summary: route.summary,
    description: route.description,
    tags: route.tags,
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(route.body && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: inline(route.body, 'input'),
            ...(route.example?.body !== undefined && { example: route.example.body }),
          },
        },
      },
    }),
    responses: responsesOf(route),
  };
}

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = inline(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

function responsesOf(route: Route): Json {
  const answers: Record<string, Json> = {};
  for (const [status, { description, schema, ...spec }] of Object.entries(route.responses)) {
    const type = mediaOf(spec);
    answers[status] = { description, content: { [type]: { schema: inline(schema, 'output') } } };
  }
  for (const [status, codes] of Object.entries(
    Object.groupBy(codesOf(route), (code) => problems[code].status),
  ))
    answers[status] = problemResponse(codes ?? [], answers[status]);
  return answers;
}

function mediaOf({
  lines,
  media,
  events,
}: Pick<Route['responses'][number], 'lines' | 'media' | 'events'>): string {
  if (events) return 'text/event-stream';
  return media ?? (lines ? 'application/x-ndjson' : 'application/json');
}

function problemResponse(codes: readonly ProblemCode[], beside: Json | undefined): Json {
  const [first] = codes;
  const once = first !== undefined && codes.length === 1;
  const schema = { allOf: [inline(problem, 'output'), { properties: { code: { enum: codes } } }] };
  return {
    description: once
      ? `\`${first}\`: ${problems[first].title}.`
      : `One of ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    content: { ...(beside?.content as Json | undefined), 'application/problem+json': { schema } },
  };
}

function inline(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $defs, $schema, ...rest } = z.toJSONSchema(schema, { io });
  return rest as Json;
}

/** Schemas with an id of their own: zod refers to them in `$defs`, OpenAPI keeps them in components. */
function componentSchemas(): Json {
  const named: Record<string, unknown> = {};
  const collect = (schema: z.ZodType, io: 'input' | 'output'): void => {
    const { $defs = {} } = z.toJSONSchema(schema, { io });
    Object.assign(named, $defs);
  };
  collect(problem, 'output');
  for (const route of routes) {
    if (route.body) collect(route.body, 'input');
    for (const { schema } of Object.values(route.responses)) collect(schema, 'output');
  }
  return Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)));
}
