import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Of text: so much goes out at a time. */
const CHUNK = 64 * 1024;
/** Whoever reads more slowly keeps what is not sent yet in the server's memory. */
const LONGEST_MS = 5 * 60_000;

/** Sends one JSON text a line, as fast as the caller reads, for five minutes at most. @throws what the lines throw: the answer is cut off then */
export function sendLines(
  response: Response,
  lines: Iterable<unknown>,
  longestMs = LONGEST_MS,
): Promise<void> {
  response.type('application/x-ndjson');
  return send(response, jsonLines(lines), longestMs);
}

/** Sends one text, of the type that the answer has, as fast as the caller reads. @throws as above */
export function sendPieces(response: Response, pieces: Iterable<string>): Promise<void> {
  return send(response, pieces, LONGEST_MS);
}

async function send(response: Response, pieces: Iterable<string>, longestMs: number): Promise<void> {
  try {
    await pipeline(Readable.from(chunksOf(pieces)), response, { signal: AbortSignal.timeout(longestMs) });
  } catch (error) {
    // Who hangs up in the middle has no answer to come, and who takes too long sees that the last line is missing.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'ABORT_ERR') throw error;
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
