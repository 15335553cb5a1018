/**
 * Express alone: each path has its bytes, and one route sends them.
 *
 *     node bench/bare-express.ts      reads {path: text} as JSON from its input, and says its URL; ends when it is told to
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';

const bodies = new Map(Object.entries(JSON.parse(await text(process.stdin)) as Record<string, string>));
const app = express();
app.get('/v1/lots/:lot{/*part}', (request, response) => {
  response.type('json').send(bodies.get(request.path));
});
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
process.on('SIGTERM', () => process.exit());
