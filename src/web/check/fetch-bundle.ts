import { ApiError } from '../api.ts';
import { urls } from '../urls.ts';

/** A lot's full bundle, as text. @param onReceived told how many bytes are there  @throws ApiError, TypeError where no server answers */
export async function fetchBundle(
  lot: string,
  policy: string,
  onReceived: (bytes: number) => void,
): Promise<string> {
  const response = await fetch(urls.bundle(lot, policy));
  if (!response.ok) throw await problemOf(response);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  for await (const chunk of piecesOf(response)) {
    chunks.push(chunk);
    received += chunk.length;
    onReceived(received);
  }
  return new Blob(chunks).text();
}

/** Not every browser iterates over a stream by itself. */
async function* piecesOf({ body }: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) yield next.value;
}

async function problemOf(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
  const message = problem.detail ?? `The service answered ${response.status}.`;
  return new ApiError(response.status, problem.code ?? 'unknown', message);
}
