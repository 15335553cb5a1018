import { join } from 'node:path';
import compression from 'compression';
import express, { Router } from 'express';
import type { Logger } from 'pino';
import type { Context } from '../context.ts';
import type { KeptAnswers } from '../kept.ts';
import { certificatePage } from './certificate-page.ts';
import type { BuiltPages } from './drawing.ts';

/** Files under /assets carry a hash in their name. A lot's page has an entry of its own; every other page is the app's. */
export function pagesRouter(
  { webDir, certificate }: BuiltPages,
  deps: { readonly context: Context; readonly kept: KeptAnswers; readonly logger: Logger },
): Router {
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
  router.get('/lots/:lot', draw, (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile('certificate.html', { root: webDir });
  });
  router.use((_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: webDir });
  });
  return router;
}
