import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';

const compress = promisify(gzip);
const TEXT = /^\/([\w-]+(?:\.[\w-]+)*\.(?:js|css))$/;
const YEAR_S = 365 * 86_400;

/**
 * The built scripts and styles, gzipped when they are first asked for and kept: their names carry a hash, so they never
 * change. Whatever else is asked for goes on to the next handler.
 */
export function compressedAssets(folder: string): RequestHandler {
  const kept = new Map<string, Promise<Buffer | null>>();
  const bodyOf = (name: string): Promise<Buffer | null> => {
    const made = kept.get(name) ?? gzipped(join(folder, name));
    kept.set(name, made);
    // A name that is none is not kept: anybody could fill the memory with them.
    void made.then((body) => body ?? kept.delete(name));
    return made;
  };
  return async (request: Request, response: Response, next) => {
    const name = TEXT.exec(request.path)?.[1];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (name === undefined || !isRead || !request.acceptsEncodings('gzip')) return next();
    const body = await bodyOf(name);
    if (body === null) return next();
    response.vary('Accept-Encoding');
    response.set({ 'Content-Encoding': 'gzip', 'Cache-Control': `public, max-age=${YEAR_S}, immutable` });
    response.type(name.endsWith('.css') ? 'css' : 'js').send(body);
  };
}

async function gzipped(path: string): Promise<Buffer | null> {
  const text = await readFile(path).catch(() => null);
  return text && compress(text, { level: 9 });
}
