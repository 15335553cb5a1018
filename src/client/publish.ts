import type { EvidenceDocument as StoredEvidence } from '../api/schemas/evidence.ts';
import { type Visibility, visibilityOf } from '../protocol/disclosure.ts';
import { disclosed, type EvidenceDocument, evidenceRoot } from '../protocol/evidence.ts';
import type { Domain } from '../protocol/statements.ts';
import type { Client } from './client.ts';
import { type StatementSigner, signDisclosure } from './sign.ts';

type Place = { readonly client: Client; readonly domain: Domain };

/** Signs and sends a disclosure, dated after the last one of that document. */
export async function decide(
  { client, domain }: Place,
  signer: StatementSigner,
  document: EvidenceDocument,
  fields: readonly Visibility[],
): Promise<StoredEvidence> {
  const [{ now }, kept] = await Promise.all([client.protocol(), client.evidence(evidenceRoot(document))]);
  const issuedAt = Math.max(now, (kept?.disclosedAt ?? 0) + 1);
  return client.disclose(await signDisclosure(signer, domain, document, { fields, issuedAt }));
}

/** Makes public what a document shows. */
export function publish(
  place: Place,
  signer: StatementSigner,
  document: EvidenceDocument,
): Promise<StoredEvidence> {
  const fields = disclosed(document).map((field) => visibilityOf(field, null));
  return decide(place, signer, document, fields);
}
