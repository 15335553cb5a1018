import type { TypedDataDomain, TypedDataField } from 'ethers/hash';
import { type Disclosure, disclosureTypes } from '../protocol/disclosure.ts';
import { type EvidenceDocument, evidenceRoot } from '../protocol/evidence.ts';
import { type Hex, hex } from '../protocol/hex.ts';
import { type ReadGrant, readGrantTypes } from '../protocol/read-grant.ts';
import { authorOf, type Domain, type Statement, statementId, typesOf } from '../protocol/statements.ts';

/**
 * Whoever holds a key: an ethers wallet, or anything that signs EIP-712 typed data as one does. `party`: for whom it
 * signs, where that is another account: as its delegate, or as the key that took the place of its first one.
 */
export type StatementSigner = {
  readonly address: string;
  readonly party?: Hex;
  signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ): Promise<string>;
};

/** Whoever signs a text, to sign in: an ethers wallet, or what does as one does. */
export type MessageSigner = { readonly address: string; signMessage(message: string): Promise<string> };

/** What the author of a document decides on its fields, signed, with the document that goes along. */
export type SignedDisclosure = {
  readonly message: Disclosure;
  readonly signature: Hex;
  readonly evidence: EvidenceDocument;
};

/** What lets another party read, signed. */
export type SignedGrant = { readonly message: ReadGrant; readonly signature: Hex };

/** A statement with its id and its author's signature, and the evidence documents whose roots it names. */
export type SignedStatement = {
  readonly id: Hex;
  readonly statement: Statement;
  readonly signature: Hex;
  readonly evidence: readonly EvidenceDocument[];
};

/** The same key, signing for a party. */
export function signerFor(party: Hex, signer: StatementSigner): StatementSigner {
  return {
    address: signer.address,
    party,
    signTypedData: (domain, types, value) => signer.signTypedData(domain, types, value),
  };
}

/**
 * Signs a statement for the ledger that `domain` names. Whether the key may sign for its party, the ledger says.
 *
 * @throws Error where the statement's author is not whom the signer signs for, or an observation names another device
 */
export async function signStatement(
  signer: StatementSigner,
  domain: Domain,
  statement: Statement,
  evidence: readonly EvidenceDocument[] = [],
): Promise<SignedStatement> {
  const author = authorOf(statement);
  const address = hex(signer.address);
  if ((signer.party ?? address) !== author)
    throw new Error(`${author} has to sign this ${statement.type}, and the key at hand is ${address}`);
  if (statement.type === 'Observation' && statement.message.device !== address)
    throw new Error(`${statement.message.device} has to sign what it saw, and the key at hand is ${address}`);
  const message = statement.message as unknown as Record<string, unknown>;
  const signature = await signer.signTypedData(domain, typesOf(statement.type), message);
  return { id: statementId(domain, statement), statement, signature: hex(signature), evidence };
}

/** Signs who may see which field of a document. Whether the key may sign for its party, the service says. */
export async function signDisclosure(
  signer: StatementSigner,
  domain: Domain,
  evidence: EvidenceDocument,
  { fields, issuedAt }: Pick<Disclosure, 'fields' | 'issuedAt'>,
): Promise<SignedDisclosure> {
  const author = signer.party ?? hex(signer.address);
  const message: Disclosure = { author, root: evidenceRoot(evidence), fields, issuedAt };
  const types = { ...disclosureTypes };
  const signature = await signer.signTypedData(domain, types, message as unknown as Record<string, unknown>);
  return { message, signature: hex(signature), evidence };
}

/** Signs that another party may read what the signer's may. Only the party's own key can. */
export async function signGrant(
  signer: StatementSigner,
  domain: Domain,
  grant: Omit<ReadGrant, 'party'>,
): Promise<SignedGrant> {
  const message: ReadGrant = { party: signer.party ?? hex(signer.address), ...grant };
  const types = { ...readGrantTypes };
  const signature = await signer.signTypedData(domain, types, message as unknown as Record<string, unknown>);
  return { message, signature: hex(signature) };
}
