import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { ServerEvent } from '../route.ts';

/** How long a browser waits before it connects again, in milliseconds. */
const RECONNECT_MS = 2_000;

/** Sends events as they come, a comment for each null, until there are no more or the caller hangs up. */
export async function sendEvents(
  response: Response,
  events: AsyncIterable<ServerEvent<unknown> | null>,
): Promise<void> {
  // Proxies that gather answers before they pass them on would hold every event back.
  response.set('X-Accel-Buffering', 'no').type('text/event-stream');
  try {
    await pipeline(Readable.from(texts(events)), response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

async function* texts(events: AsyncIterable<ServerEvent<unknown> | null>): AsyncGenerator<string> {
  yield `retry: ${RECONNECT_MS}\n\n`;
  for await (const event of events)
    yield event
      ? `id: ${event.id}\nevent: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n`
      : ': nothing new\n\n';
}
