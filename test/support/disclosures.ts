import { Wallet } from 'ethers/wallet';
import { createClient } from '../../src/client/client.ts';
import { signDisclosure } from '../../src/client/sign.ts';
import { visibilityOf } from '../../src/protocol/disclosure.ts';
import {
  type DisclosedField,
  disclosed,
  type EvidenceDocument,
  type JsonValue,
} from '../../src/protocol/evidence.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import type { Account } from './accounts.ts';
import type { Reply, TestService } from './service.ts';
import { seconds } from './statements.ts';

let salts = 1;

/** A document with other salts each time. */
export function documentOf(values: Record<string, JsonValue>): { fields: DisclosedField[] } {
  const fields = Object.entries(values).map(([path, value]) => {
    salts += 1;
    return { path, value, salt: `0x${String(salts).padStart(64, '0')}` as Hex };
  });
  return { fields };
}

/** Who may see a field: null = everybody. */
export type Audiences = Readonly<Record<string, readonly Hex[] | null>>;

let last = seconds();

/** What the author decides on the fields that are named, signed; each issued after the one before. */
export async function disclosureOf(
  service: TestService,
  author: Account & { readonly party?: Hex },
  document: EvidenceDocument,
  audiences: Audiences,
) {
  last = Math.max(seconds(), last + 1);
  const fields = disclosed(document).flatMap((field) => {
    const parties = audiences[field.path];
    return parties === undefined ? [] : [visibilityOf(field, parties)];
  });
  const signer = {
    address: author.address,
    ...(author.party && { party: author.party }),
    signTypedData: author.wallet.signTypedData.bind(author.wallet),
  };
  return signDisclosure(signer, service.domain, document, { fields, issuedAt: last });
}

export async function decide<T>(
  service: TestService,
  author: Account & { readonly party?: Hex },
  document: EvidenceDocument,
  audiences: Audiences,
): Promise<Reply<T>> {
  return service.post<T>('/v1/evidence', await disclosureOf(service, author, document, audiences));
}

/** Makes public what the document shows. */
export function publish<T>(
  service: TestService,
  author: Account,
  document: EvidenceDocument,
): Promise<Reply<T>> {
  const audiences = Object.fromEntries(disclosed(document).map(({ path }) => [path, null]));
  return decide<T>(service, author, document, audiences);
}

/** A party's own reads. */
export async function signedIn(service: TestService, who: Account, party?: Hex) {
  const { token } = await createClient({ api: service.url }).signIn(who.wallet, party);
  const headers = { authorization: `Bearer ${token}` };
  return {
    token: token as Hex,
    headers,
    get: async <T>(path: string): Promise<Reply<T>> => {
      const response = await fetch(`${service.url}${path}`, { headers });
      const text = await response.text();
      const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    },
    post: <T>(path: string, body: unknown): Promise<Reply<T>> => service.post<T>(path, body, headers),
  };
}

/** The ledger's registrar, as somebody who signs. */
export function registrarOf(service: TestService): Account {
  const wallet = new Wallet(service.keys.registrar);
  return { wallet, key: service.keys.registrar, address: hex(wallet.address) };
}
