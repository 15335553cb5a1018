import type { TypedDataDomain, TypedDataField } from 'ethers/hash';
import type { EvidenceDocument } from '../protocol/evidence.ts';
import { type Hex, hex } from '../protocol/hex.ts';
import { authorOf, type Domain, type Statement, statementId, typesOf } from '../protocol/statements.ts';

/** Whoever holds a key: an ethers wallet, or anything that signs EIP-712 typed data as one does. */
export type StatementSigner = {
  readonly address: string;
  signTypedData(
    domain: TypedDataDomain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>,
  ): Promise<string>;
};

/** A statement with its id and its author's signature, and the evidence documents whose roots it names. */
export type SignedStatement = {
  readonly id: Hex;
  readonly statement: Statement;
  readonly signature: Hex;
  readonly evidence: readonly EvidenceDocument[];
};

/**
 * Signs a statement for the ledger that `domain` names.
 *
 * @throws Error where the signer is not the statement's author
 */
export async function signStatement(
  signer: StatementSigner,
  domain: Domain,
  statement: Statement,
  evidence: readonly EvidenceDocument[] = [],
): Promise<SignedStatement> {
  const author = authorOf(statement);
  if (hex(signer.address) !== author) {
    throw new Error(
      `${author} has to sign this ${statement.type}, and the key at hand is ${hex(signer.address)}`,
    );
  }
  const message = statement.message as unknown as Record<string, unknown>;
  const signature = await signer.signTypedData(domain, typesOf(statement.type), message);
  return { id: statementId(domain, statement), statement, signature: hex(signature), evidence };
}
