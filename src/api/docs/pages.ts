import express, { type Router } from 'express';
import { openApiDocument } from '../openapi.ts';
import type { ProblemKind } from '../problems/kind.ts';
import { type ProblemCode, problems } from '../problems.ts';
import { exampleOf, type Schema, type Schemas } from './example.ts';
import { type Html, html, prose } from './html.ts';
import { layout } from './layout.ts';

type Media = { readonly schema: Schema; readonly example?: unknown };
type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters: readonly {
    name: string;
    in: string;
    required: boolean;
    description?: string;
    schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Record<string, Media> };
  readonly responses: Record<
    string,
    { readonly description: string; readonly content: Record<string, Media> }
  >;
};
type Document = {
  readonly info: { readonly summary: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Schemas };
};

/** `/openapi.json`, `/docs` and `/docs/problems`: rendered once, from the routes. */
export function docsRouter(): Router {
  const router = express.Router();
  const document = openApiDocument();
  const pages = { '/docs': routesPage(document as unknown as Document), '/docs/problems': problemsPage() };
  router.get('/openapi.json', (_request, response) => {
    response.locals.route = '/openapi.json';
    response.set('Cache-Control', 'no-cache').json(document);
  });
  for (const [path, page] of Object.entries(pages))
    router.get(path, (_request, response) => {
      response.locals.route = path;
      response.set('Cache-Control', 'no-cache').type('html').send(page);
    });
  return router;
}

function routesPage(document: Document): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return layout(
    'Lodebook API',
    html`<p>${document.info.summary}</p>
<p>The same as a machine reads it: <a href="/openapi.json">OpenAPI 3.1</a>. What may go wrong: <a href="/docs/problems">problems</a>.
What to sign: <a href="/v1/protocol">/v1/protocol</a>.</p>
<p>Ids, accounts and bytes are lower-case <code>0x</code> hexadecimal; masses are decimal strings of milligrams; times are Unix
seconds. Lists are pages: what stands in <code>next</code> goes into <code>cursor</code>.</p>
<nav aria-label="Routes"><ul>${operations.map(
      ({ path, method, operation }) =>
        html`<li><a href="#${operation.operationId}"><code>${method.toUpperCase()} ${path}</code></a> ${operation.summary}</li>`,
    )}</ul></nav>
${operations.map(({ path, method, operation }) => operationSection(path, method, operation, document.components.schemas))}`,
  );
}

function operationSection(path: string, method: string, operation: Operation, schemas: Schemas): Html {
  return html`<section id="${operation.operationId}">
<h2><code>${method.toUpperCase()} ${path}</code></h2>
<p><strong>${operation.summary}.</strong> ${prose(operation.description)}</p>
${operation.parameters.length > 0 ? parameterList(operation) : undefined}
<h3>Example</h3>
<pre><code>${curlOf(path, method, operation, schemas)}</code></pre>
${Object.entries(operation.responses).map(([status, response]) => responseBlock(status, response, schemas))}
</section>`;
}

function parameterList(operation: Operation): Html {
  return html`<dl>${operation.parameters.map(
    ({
      name,
      in: where,
      required,
      description = '',
      schema,
    }) => html`<dt><code>${name}</code> <small>${where}${required ? ', required' : ''}</small></dt>
<dd>${prose(description)} ${schema.enum ? html`One of ${schema.enum.map((term) => html`<code>${String(term)}</code> `)}` : undefined}</dd>`,
  )}</dl>`;
}

function curlOf(path: string, method: string, operation: Operation, schemas: Schemas): string {
  const filled = operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((url, { name, schema }) => url.replace(`{${name}}`, String(exampleOf(schema, schemas))), path);
  const media = operation.requestBody?.content['application/json'];
  if (method === 'get' || !media) return `curl http://localhost:4400${filled}`;
  const body = JSON.stringify(media.example ?? exampleOf(media.schema, schemas), null, 2);
  return `curl http://localhost:4400${filled} \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}

function responseBlock(status: string, response: Operation['responses'][string], schemas: Schemas): Html {
  const media = response.content['application/json'];
  const codes =
    response.content['application/problem+json']?.schema.allOf?.at(-1)?.properties?.code?.enum ?? [];
  return html`<h3>${status}</h3>
${codes.length > 0 ? html`<p>${codes.map((code) => html`<a href="/docs/problems#${String(code)}"><code>${String(code)}</code></a> `)}</p>` : html`<p>${prose(response.description)}</p>`}
${media ? html`<details><summary>Body</summary><pre><code>${JSON.stringify(exampleOf(media.schema, schemas), null, 2)}</code></pre></details>` : undefined}`;
}

const whatToDo = {
  'fix-the-request': 'Change the request; sent again as it is, it fails again',
  retry: 'Send the same request again later',
  'call-the-operator': 'Tell the operator of the server',
} as const;

function problemsPage(): string {
  const all = Object.entries(problems) as [ProblemCode, ProblemKind][];
  return layout(
    'Lodebook problems',
    html`<p>Whatever goes wrong is answered as <code>application/problem+json</code> (RFC 9457). Programs decide by
<code>code</code>; people read <code>detail</code>; <code>instance</code> finds the request in the server's log. A statement
that is answered with a problem was not stored. Back to <a href="/docs">the routes</a>.</p>
${all.map(
  ([code, kind]) => html`<section id="${code}"><h2><code>${code}</code> <small>${kind.status}</small></h2>
<p><strong>${kind.title}.</strong> ${kind.cause}</p>
<p>${kind.remedy}</p>
<p><small>${whatToDo[kind.class]}.</small></p></section>`,
)}`,
  );
}
