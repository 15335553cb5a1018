import { queryOptions } from '@tanstack/react-query';
import type { Page } from '../api/schemas/common.ts';
import type { EvidenceDocument } from '../api/schemas/evidence.ts';
import type { LotDetail, LotSummary } from '../api/schemas/lots.ts';
import type { Problem } from '../api/schemas/problem.ts';
import type { LotLabel } from '../api/schemas/products.ts';
import type { EvidenceRequest, RequestInput } from '../api/schemas/requests.ts';
import type { Certificate } from '../verification/certificate.ts';
import { urls } from './urls.ts';

/** What the service answered instead of what was asked for, in its own words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What a path of the API answers, to whoever has the session. @throws ApiError */
export async function get<T>(path: string, signal: AbortSignal, token: string | null = null): Promise<T> {
  return (await (await answered(path, signal, token)).json()) as T;
}

/** The answer itself, where it is one. @throws ApiError */
export async function answered(path: string, signal: AbortSignal, token: string | null): Promise<Response> {
  const headers = { accept: 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) };
  const response = await fetch(path, { signal, headers });
  if (!response.ok) await answerOf(response);
  return response;
}

/** Ids as certificates hold them: plain text. */
type Ask = Pick<RequestInput, 'message' | 'contact' | 'rule'> & {
  readonly subject: string;
  readonly lot: string;
};

/** Sends a request for evidence. */
export async function ask(request: Ask): Promise<EvidenceRequest> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  return answerOf(await fetch('/v1/requests', { method: 'POST', headers, body: JSON.stringify(request) }));
}

async function answerOf<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const message = problem.detail ?? problem.title ?? `The service answered ${response.status}.`;
  throw new ApiError(response.status, problem.code ?? 'unknown', message);
}

export const queries = {
  lots: (cursor: string | null) =>
    queryOptions({
      queryKey: ['lots', cursor],
      queryFn: ({ signal }) =>
        get<Page<LotSummary>>(
          `/v1/lots?limit=25${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
          signal,
        ),
    }),
  lot: (lot: string) =>
    queryOptions({
      queryKey: ['lot', lot],
      queryFn: ({ signal }) => get<LotDetail>(`/v1/lots/${encodeURIComponent(lot)}`, signal),
    }),
  evidence: (root: string) =>
    queryOptions({
      queryKey: ['evidence', root],
      queryFn: ({ signal }) => get<EvidenceDocument>(`/v1/evidence/${root}`, signal),
    }),
  product: (lot: string) =>
    queryOptions({
      queryKey: ['product', lot],
      queryFn: ({ signal }) => get<LotLabel>(`/v1/lots/${encodeURIComponent(lot)}/product`, signal),
    }),
  certificate: (lot: string, policy: string | null) =>
    queryOptions({
      queryKey: ['certificate', lot, policy],
      queryFn: ({ signal }) =>
        get<Certificate>(urls.certificateJson(encodeURIComponent(lot), policy), signal),
    }),
};
