import { join } from 'node:path';
import compression from 'compression';
import express, { type RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import type { Context } from '../context.ts';
import type { KeptAnswers } from '../kept.ts';
import { certificatePage } from './certificate-page.ts';
import type { BuiltPages } from './drawing.ts';

type Deps = {
  readonly context: Context;
  readonly kept: KeptAnswers;
  readonly logger: Logger;
  /** How often one address may ask; null: as often as it likes. */
  readonly limit: RequestHandler | null;
};

/** Files under /assets carry a hash in their name. A lot's page has an entry of its own; every other page is the app's. */
export function pagesRouter({ webDir, certificate }: BuiltPages, deps: Deps): Router {
  const router = Router();
  const draw = certificatePage({ ...deps, pages: certificate });
  const assets = { index: false, immutable: true, maxAge: '1y' } as const;
  router.use(compression());
  router.use('/assets', express.static(join(webDir, 'assets'), assets));
  router.use(express.static(webDir, { index: false, maxAge: 0 }));
  router.use((request, _response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const isPage = isRead && request.get('accept')?.includes('text/html');
    next(isPage && !/^\/(v1|assets)(\/|$)/.test(request.path) ? undefined : 'router');
  });
  router.get('/lots/:lot', limitDrawing(deps.limit), draw);
  router.get('/lots/:lot', (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile('certificate.html', { root: webDir });
  });
  router.use((_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: webDir });
  });
  return router;
}

/** A drawn page costs what its answers cost. Whoever asks too often gets the empty one, whose script is told by the API. */
function limitDrawing(limit: RequestHandler | null): RequestHandler {
  if (limit === null) return (_request, _response, next) => next();
  return (request, response, next) => limit(request, response, (refusal) => next(refusal && 'route'));
}
