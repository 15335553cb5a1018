import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Of text: so much goes out at a time. */
const CHUNK = 64 * 1024;

/** Sends one JSON text a line, as fast as the caller reads. @throws what the lines throw: the answer is cut off then */
export async function sendLines(response: Response, lines: Iterable<unknown>): Promise<void> {
  response.type('application/x-ndjson');
  try {
    await pipeline(Readable.from(chunksOf(lines)), response);
  } catch (error) {
    // Who hangs up in the middle has no answer to come.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

function* chunksOf(lines: Iterable<unknown>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += `${JSON.stringify(line)}\n`;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
