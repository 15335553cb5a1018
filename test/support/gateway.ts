import { once } from 'node:events';
import { createServer as createHttpServer, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Something on the network that can be taken away and given back. `url` stays the same. */
export type Gateway = { readonly url: string; cut(): Promise<void>; restore(): Promise<void> };

/** Before an HTTP server, whose `Host` it passes on as that server's own. */
export function gatewayHttp(target: string): Promise<Gateway> {
  const { hostname, port } = new URL(target);
  const server = createHttpServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const onward = request(
      { hostname, port, method, path: url, headers: { ...headers, host: `${hostname}:${port}` } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.once('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  return gatewayWith(server, target);
}

/** Before anything that speaks TCP. */
export function gatewayTcp(target: string): Promise<Gateway> {
  const { hostname, port } = new URL(target);
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy()).once('close', () => far.destroy());
    far.on('error', () => near.destroy()).once('close', () => near.destroy());
  });
  return gatewayWith(server, target);
}

async function gatewayWith(server: Server, target: string): Promise<Gateway> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    cut: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    restore: async () => {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
