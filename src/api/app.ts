import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Context } from './context.ts';
import { docsRouter } from './docs/pages.ts';
import { answerProblems } from './failures.ts';
import { KeptAnswers } from './kept.ts';
import type { Metrics } from './metrics.ts';
import { ProblemError } from './problems.ts';
import { resolverRouter } from './resolver.ts';
import { routes } from './router.ts';
import { mountRoutes } from './serve.ts';
import type { BuiltPages } from './web/drawing.ts';
import { pagesRouter } from './web/serve.ts';

/** `requestsPerMinute` per address, 0 = no limit. `pages`: null where they are not built. */
export type ApiDeps = {
  readonly context: Context;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly newRequestId: () => string;
  readonly requestsPerMinute: number;
  readonly pages: BuiltPages | null;
};

/** The API, its docs and the web app as one Express application. Composition alone: nothing starts here. */
export function createApi(deps: ApiDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', false);
  app.set('query parser', 'simple');
  app.use(identify(deps), securityHeaders(), permitCamera, allowOrigins);
  const limit = deps.requestsPerMinute > 0 ? limitRate(deps.requestsPerMinute, 'minute') : null;
  if (limit) {
    app.use('/v1', limit);
    app.post('/v1/requests', limitRate(REQUESTS_PER_HOUR, 'hour'));
  }
  const kept = new KeptAnswers(deps.context);
  mountRoutes(app, routes, deps.context, kept);
  app.get('/metrics', serveMetrics(deps.metrics));
  app.use(docsRouter());
  app.use(resolverRouter(deps.context));
  if (deps.pages) app.use(pagesRouter(deps.pages, { ...deps, kept, limit }));
  app.use(refuseUnknown);
  app.use(answerProblems(deps.logger));
  return app;
}

/** Gives the request its id, and tells log and metrics how it went. */
function identify({ logger, metrics, newRequestId }: ApiDeps): RequestHandler {
  return (request, response, next) => {
    const requestId = newRequestId();
    const startedAt = performance.now();
    response.locals.requestId = requestId;
    response.set('X-Request-Id', requestId);
    response.once('finish', () => {
      const seconds = (performance.now() - startedAt) / 1000;
      const { route = 'none', code } = response.locals;
      if (code && request.method === 'POST' && request.path === '/v1/statements') metrics.refused(code);
      metrics.answered({ method: request.method, route, status: String(response.statusCode) }, seconds);
      logger.debug(
        { requestId, method: request.method, route, status: response.statusCode, code, seconds },
        'answered',
      );
    });
    next();
  };
}

// Mantine sets style attributes, hence 'unsafe-inline' for styles. TLS ends before this server: nothing is upgraded.
function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
}

/** Codes are scanned by the pages themselves; nothing else of a device is asked for. */
const permitCamera: RequestHandler = (_request, response, next) => {
  response.set('Permissions-Policy', 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()');
  next();
};

/** Any origin may read and send: there are no cookies, and what is sent is signed. */
const allowOrigins: RequestHandler = (request, response, next) => {
  response.set('Access-Control-Allow-Origin', '*');
  response.vary('Authorization');
  response.set('Access-Control-Expose-Headers', 'ETag, Location, Retry-After, X-Request-Id');
  if (request.method !== 'OPTIONS') return next();
  response.set('Access-Control-Allow-Methods', 'GET, HEAD, POST');
  response.set('Access-Control-Allow-Headers', 'Authorization, Content-Type, If-None-Match, Last-Event-ID');
  response.set('Access-Control-Max-Age', '86400');
  response.status(204).end();
};

/** Of requests for evidence, which people read. */
const REQUESTS_PER_HOUR = 30;
const WINDOWS = { minute: 60_000, hour: 3_600_000 } as const;

function limitRate(limit: number, window: keyof typeof WINDOWS): RequestHandler {
  return rateLimit({
    windowMs: WINDOWS[window],
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response, next) => {
      const retryAfter = Number(response.get('Retry-After') ?? 60);
      next(new ProblemError('rate-limited', `More than ${limit} requests in one ${window}.`, { retryAfter }));
    },
  });
}

function serveMetrics(metrics: Metrics) {
  return async (_request: Request, response: Response): Promise<void> => {
    response.locals.route = '/metrics';
    response
      .set('Cache-Control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text());
  };
}

const refuseUnknown: RequestHandler = (request) => {
  throw new ProblemError('not-found', `There is no ${request.path.slice(0, 200)}`);
};
