import { connect, type Socket } from 'node:net';

/** What a server did under load. Times in milliseconds. */
export type LoadFigures = {
  readonly requests: number;
  readonly errors: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
};

export type Load = { readonly connections: number; readonly seconds: number };

const HEADER_END = Buffer.from('\r\n\r\n');

/**
 * Asks for the paths in turn, on so many connections, each of which sends its next request once it has the answer. It
 * reads no more of an answer than its status and its length: what the load costs is taken from the server's two cores.
 * Whatever is not 200, or ends before it is whole, is an error.
 */
export async function load(
  url: string,
  paths: readonly string[],
  { connections, seconds }: Load,
): Promise<LoadFigures> {
  const { hostname, port } = new URL(url);
  const requests = paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`),
  );
  const tally: Tally = { times: [], errors: 0 };
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async (_, first) => {
      for (let at = first; performance.now() < until; ) {
        const socket = connect({ host: hostname, port: Number(port), noDelay: true });
        at = await converse(socket, requests, { at, until, tally });
      }
    }),
  );
  const times = Float64Array.from(tally.times).sort();
  const quantile = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  return {
    ...{ requests: times.length, errors: tally.errors },
    perSecond: times.length / ((performance.now() - startedAt) / 1000),
    ...{ p50: quantile(0.5), p99: quantile(0.99) },
  };
}

type Tally = { readonly times: number[]; errors: number };
type Turn = { at: number; readonly until: number; readonly tally: Tally };

/** Until the time is over, or the connection breaks. @returns which request comes next */
function converse(socket: Socket, requests: readonly Buffer[], turn: Turn): Promise<number> {
  let answer: Buffer = Buffer.alloc(0);
  let sentAt = 0;
  const ask = () => {
    sentAt = performance.now();
    socket.write(requests[turn.at % requests.length] as Buffer);
    turn.at += 1;
  };
  return new Promise((resolve) => {
    socket.on('connect', ask);
    socket.on('data', (chunk) => {
      answer = answer.length === 0 ? (chunk as Buffer) : Buffer.concat([answer, chunk as Buffer]);
      const length = lengthOf(answer);
      if (length === null || answer.length < length) return;
      const now = performance.now();
      turn.tally.times.push(now - sentAt);
      if (!answer.subarray(0, 12).equals(OK)) turn.tally.errors += 1;
      answer = Buffer.alloc(0);
      if (now < turn.until) ask();
      else socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (performance.now() < turn.until) turn.tally.errors += 1;
      resolve(turn.at);
    });
  });
}

const OK = Buffer.from('HTTP/1.1 200');

/** Of the whole answer in bytes; null while its head is not there. */
function lengthOf(answer: Buffer): number | null {
  const end = answer.indexOf(HEADER_END);
  if (end < 0) return null;
  const length = /content-length: (\d+)/i.exec(answer.toString('latin1', 0, end))?.[1];
  if (length === undefined) throw new Error('An answer does not say how long it is');
  return end + HEADER_END.length + Number(length);
}
