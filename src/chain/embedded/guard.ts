const loopback = ['localhost', '127.0.0.1', '[::1]'];
const wildcards = ['0.0.0.0', '::'];

/** Where the server listens: `host` as configured, `port` as bound. */
export type Address = { host: string; port: number };

/** A host as it stands in a URL: IPv6 in brackets. */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** The address to give to clients on this machine. */
export function urlOf({ host, port }: Address): string {
  return `http://${wildcards.includes(host) ? '127.0.0.1' : urlHost(host)}:${port}`;
}

/**
 * Against DNS rebinding: a page whose name was pointed at this machine still sends that name. Loopback names and the
 * configured host pass, with the port that the server listens on; `0.0.0.0` is nobody's name.
 */
export function isOwnHost(header: string | undefined, { host, port }: Address): boolean {
  const url = parse(`http://${header ?? ''}`);
  if (url === undefined || url.pathname !== '/' || url.username !== '') return false;
  const known = wildcards.includes(host) ? loopback : [...loopback, urlHost(host).toLowerCase()];
  return known.includes(url.hostname) && Number(url.port || 80) === port;
}

/** Against other sites' pages: programs send no Origin, and pages served on this machine a loopback one. */
export function isOwnOrigin(header: string | undefined): boolean {
  return header === undefined || loopback.includes(parse(header)?.hostname ?? '');
}

function parse(url: string): URL | undefined {
  return URL.parse(url) ?? undefined;
}
