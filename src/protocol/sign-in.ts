import { getAddress } from 'ethers/address';
import { type Hex, hex } from './hex.ts';

/** What a message to sign in says (EIP-4361). Times are Unix seconds. */
export type SignIn = {
  /** The host, with its port, of who asks. */
  readonly domain: string;
  readonly account: Hex;
  readonly uri: string;
  readonly chainId: number;
  readonly nonce: string;
  readonly issuedAt: number;
  readonly expiresAt: number | null;
  readonly notBefore: number | null;
};

/** The text that a wallet shows and signs (ERC-191, as `personal_sign` does). @param statement a sentence of one line */
export function signInText(signIn: SignIn, statement: string): string {
  const { domain, account, uri, chainId, nonce, issuedAt, expiresAt, notBefore } = signIn;
  return [
    `${domain} wants you to sign in with your Ethereum account:`,
    ...[getAddress(account), '', statement, ''],
    ...[
      `URI: ${uri}`,
      'Version: 1',
      `Chain ID: ${chainId}`,
      `Nonce: ${nonce}`,
      `Issued At: ${iso(issuedAt)}`,
    ],
    ...(expiresAt === null ? [] : [`Expiration Time: ${iso(expiresAt)}`]),
    ...(notBefore === null ? [] : [`Not Before: ${iso(notBefore)}`]),
  ].join('\n');
}

const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)`;
/** The grammar of EIP-4361, version 1. The scheme before the domain and the statement may be absent. */
const MESSAGE = new RegExp(
  [
    String.raw`^(?:[a-z][a-z0-9+.-]*:\/\/)?(?<domain>[^\s/?#]+) wants you to sign in with your Ethereum account:`,
    '(?<address>0x[0-9a-fA-F]{40})',
    String.raw`(?:\n[^\n]+)?\n`,
    String.raw`URI: (?<uri>\S+)`,
    'Version: 1',
    String.raw`Chain ID: (?<chainId>[1-9]\d{0,15})`,
    'Nonce: (?<nonce>[A-Za-z0-9]{8,200})',
    `Issued At: (?<issuedAt>${TIME})`,
  ].join('\n') +
    `(?:\nExpiration Time: (?<expiresAt>${TIME}))?(?:\nNot Before: (?<notBefore>${TIME}))?` +
    String.raw`(?:\nRequest ID: \S*)?(?:\nResources:(?:\n- \S+)*)?$`,
);

/** Reads such a text. Null where it is none, or its address has the wrong checksum (EIP-55). */
export function readSignIn(text: string): SignIn | null {
  const found = MESSAGE.exec(text)?.groups as Record<string, string | undefined> | undefined;
  if (!found) return null;
  const { domain = '', address = '', uri = '', nonce = '' } = found;
  if (getAddress(address.toLowerCase()) !== address) return null;
  const [issuedAt, expiresAt, notBefore] = [found.issuedAt, found.expiresAt, found.notBefore].map(seconds);
  if (issuedAt === null || issuedAt === undefined) return null;
  if ([expiresAt, notBefore].some((time) => time === undefined)) return null;
  const times = { issuedAt, expiresAt: expiresAt as number | null, notBefore: notBefore as number | null };
  return { domain, account: hex(address), uri, nonce, chainId: Number(found.chainId), ...times };
}

/** Null where there is none, undefined where it is no time. */
function seconds(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

function iso(time: number): string {
  return new Date(time * 1000).toISOString();
}
