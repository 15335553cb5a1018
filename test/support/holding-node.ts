import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A chain's node that lets no transaction through while it holds them: what is accepted stays pending. */
export type HoldingNode = {
  readonly url: string;
  hold(): void;
  release(): void;
  stop(): Promise<void>;
};

/** Before the node at `target`. A transaction that is held gets no answer. */
export async function startHoldingNode(target: string): Promise<HoldingNode> {
  let isHolding = false;
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (isHolding && body.includes('eth_sendRawTransaction')) return void outgoing.destroy();
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(target, { method: 'POST', headers, body }).catch(() => null);
    if (!answer) return void outgoing.destroy();
    outgoing.writeHead(answer.status, headers).end(await answer.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: () => {
      isHolding = true;
    },
    release: () => {
      isHolding = false;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
