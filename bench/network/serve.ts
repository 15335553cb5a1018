import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RecordedNode } from './node.ts';
import type { Recording } from './recording.ts';

const KEEP_ALIVE_MS = 300_000;

/** `nextRequest`: when the next request arrives, in Unix milliseconds. */
export type ServedNode = { readonly url: string; nextRequest(): Promise<number>; stop(): Promise<void> };

/** Serves a recording as a node, in a process of its own, on a free loopback port. */
export async function serveRecording(recording: Recording): Promise<ServedNode> {
  const child = fork(import.meta.filename, [JSON.stringify(recording)], { stdio: 'inherit' });
  const url = await Promise.race([once(child, 'message').then(([message]) => String(message)), ended(child)]);
  return {
    url,
    nextRequest: async () => {
      child.send('watch');
      const [at] = await once(child, 'message');
      return at as number;
    },
    stop: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

async function ended(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('The recorded node ended before it listened: see above');
}

async function serve(recording: Recording): Promise<void> {
  const node = await RecordedNode.open(recording);
  let isWatched = false;
  process.on('message', () => {
    isWatched = true;
  });
  const server = createServer(async (request, response) => {
    if (isWatched) process.send?.(Date.now());
    isWatched = false;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = node.answer(Buffer.concat(chunks).toString('utf8'));
    response.setHeader('content-type', 'application/json');
    response.end(answer, 'latin1');
  });
  // A connection that is closed in the moment in which it is used again loses a request.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  process.on('disconnect', () => process.exit());
}

if (process.argv[1] === import.meta.filename) await serve(JSON.parse(process.argv[2] ?? '') as Recording);
