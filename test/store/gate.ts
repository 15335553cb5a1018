import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, or fall silent, while the server goes on. */
export class Gate {
  readonly url: string;
  private readonly server: Server;
  private readonly sockets: Set<Socket>;

  private constructor(url: string, server: Server, sockets: Set<Socket>) {
    this.url = url;
    this.server = server;
    this.sockets = sockets;
  }

  static async before(url: string): Promise<Gate> {
    const { hostname, port } = new URL(url);
    const sockets = new Set<Socket>();
    const server = createServer((near) => {
      const far = connect(Number(port), hostname);
      near.pipe(far).pipe(near);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      }
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const own = new URL(url);
    own.port = String((server.address() as AddressInfo).port);
    return new Gate(own.href, server, sockets);
  }

  /** Breaks every connection; new ones go through. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Nothing arrives any more, and nobody is told. */
  silence(): void {
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }
}
