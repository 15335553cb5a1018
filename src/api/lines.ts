import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Of text: so much goes out at a time. */
const CHUNK = 64 * 1024;

/** Sends one JSON text a line, as fast as the caller reads. @throws what the lines throw: the answer is cut off then */
export function sendLines(response: Response, lines: Iterable<unknown>): Promise<void> {
  response.type('application/x-ndjson');
  return send(response, jsonLines(lines));
}

/** Sends one JSON text, as fast as the caller reads. @throws as above */
export function sendPieces(response: Response, pieces: Iterable<string>): Promise<void> {
  response.type('json');
  return send(response, pieces);
}

async function send(response: Response, pieces: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(chunksOf(pieces)), response);
  } catch (error) {
    // Who hangs up in the middle has no answer to come.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

function* jsonLines(lines: Iterable<unknown>): Generator<string> {
  for (const line of lines) yield `${JSON.stringify(line)}\n`;
}

function* chunksOf(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
