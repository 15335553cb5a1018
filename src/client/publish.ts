import { type Visibility, visibilityOf } from '../protocol/disclosure.ts';
import { disclosed, type EvidenceDocument, evidenceRoot, leafOf } from '../protocol/evidence.ts';
import type { Domain } from '../protocol/statements.ts';
import type { Client } from './client.ts';
import { type SignedDisclosure, type StatementSigner, signDisclosure } from './sign.ts';

type Place = { readonly client: Client; readonly domain: Domain };

/** Signs a disclosure, dated after the last one of that document: `client.disclose` sends it. */
export async function signDecision(
  { client, domain }: Place,
  signer: StatementSigner,
  document: EvidenceDocument,
  fields: readonly Visibility[],
): Promise<SignedDisclosure> {
  const [{ now }, kept] = await Promise.all([client.protocol(), client.evidence(evidenceRoot(document))]);
  const issuedAt = Math.max(now, (kept?.disclosedAt ?? 0) + 1);
  return signDisclosure(signer, domain, document, { fields, issuedAt });
}

/** Signs that everybody may see what a document shows. Null where everybody does already. */
export async function signPublication(
  place: Place,
  signer: StatementSigner,
  document: EvidenceDocument,
): Promise<SignedDisclosure | null> {
  const kept = await place.client.evidence(evidenceRoot(document));
  const seen = new Set((kept?.fields ?? []).flatMap((field) => ('leaf' in field ? [] : [leafOf(field)])));
  const shown = disclosed(document);
  if (shown.every((field) => seen.has(leafOf(field)))) return null;
  const fields = shown.map((field) => visibilityOf(field, null));
  return signDecision(place, signer, document, fields);
}
