import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { ZERO_BYTES32 } from '../../protocol/hex.ts';
import type { Context } from '../context.ts';
import { problemOf } from '../failures.ts';
import type { KeptAnswer, KeptAnswers } from '../kept.ts';
import { parseInput } from '../parse.ts';
import type { Route } from '../route.ts';
import { getEvidence } from '../routes/evidence.ts';
import { getLotProduct } from '../routes/labels.ts';
import { getLot, lotParams } from '../routes/lots.ts';
import { getCertificate } from '../routes/provenance.ts';
import { askKept } from '../serve.ts';
import type { CertificatePages } from './drawing.ts';
import type { SentCertificate } from './sent.ts';

type Deps = {
  readonly context: Context;
  readonly kept: KeptAnswers;
  readonly pages: CertificatePages;
  readonly logger: Logger;
};
type Answers = SentCertificate['answers'];
/** Asks the API, as somebody who is not signed in. */
type Ask = (route: Route, path: string, input: { params: object; query?: object }) => Promise<unknown>;

/** Of the languages that a browser asks for, so many are looked at. */
const MOST_LANGUAGES = 8;

/**
 * The page of a lot's certificate, drawn: what the API answers to anybody, in the reader's language. Where there is no such
 * lot or policy, or nothing can be read now, the next handler answers: the page's script then says what is wrong.
 */
export function certificatePage(deps: Deps): RequestHandler {
  return async (request, response, next) => {
    const page = await pageFor(deps, request).catch((error: unknown) => {
      const isOurs = problemOf(error).code === 'internal-error';
      if (isOurs) deps.logger.error({ err: error, path: request.path }, 'a page was not drawn');
      return null;
    });
    if (page === null) return next();
    send(response, page);
  };
}

function send(response: Response, { body, etag }: KeptAnswer): void {
  response.locals.route = '/lots/:lot';
  response.vary('Accept-Language').set({ 'Cache-Control': 'no-cache', ETag: etag });
  response.status(200).type('html').send(body);
}

async function pageFor({ context, kept, pages }: Deps, request: Request): Promise<KeptAnswer> {
  const { lot } = parseInput(lotParams, { lot: String(request.params.lot).toLowerCase() });
  const policy = typeof request.query.policy === 'string' ? request.query.policy : null;
  const words = pages.wordsFor(request.acceptsLanguages().slice(0, MOST_LANGUAGES));
  return kept.answer(JSON.stringify(['page', lot, policy, words]), async ({ clock }) => {
    const ask: Ask = async (route, path, input) => {
      const { body, second } = await askKept(kept, context, { route, url: path, input });
      // What is drawn from an answer of this second is of this second as well.
      if (second !== null) clock();
      return JSON.parse(body.toString());
    };
    const answers = await answersOn(ask, lot, policy);
    return { status: 200, body: Buffer.from(pages.page({ lot, policy, ...words, answers })) };
  });
}

/** What the page asks for once it is there, by the same keys. @throws ProblemError where the lot has no certificate */
async function answersOn(ask: Ask, lot: string, policy: string | null): Promise<Answers> {
  const path = `/v1/lots/${lot}`;
  const params = { lot };
  const certificate =
    policy === null
      ? await ask(getCertificate, `${path}/certificate`, { params, query: {} })
      : await ask(getCertificate, `${path}/certificate?policy=${encodeURIComponent(policy)}`, {
          params,
          query: { policy },
        });
  // What is not for everybody, or not there, the page's script asks for by itself.
  const orNothing = (answer: Promise<unknown>) => answer.catch(() => undefined);
  const detail = await orNothing(ask(getLot, path, { params }));
  const root = (detail as { evidence?: string } | undefined)?.evidence ?? ZERO_BYTES32;
  const isShown = root !== ZERO_BYTES32;
  const answers: Answers = [
    [['certificate', lot, policy], certificate],
    [['lot', lot], detail],
    [['product', lot], await orNothing(ask(getLotProduct, `${path}/product`, { params }))],
    [
      ['evidence', root],
      isShown && (await orNothing(ask(getEvidence, `/v1/evidence/${root}`, { params: { root } }))),
    ],
  ];
  return answers.filter(([, answer]) => answer);
}
