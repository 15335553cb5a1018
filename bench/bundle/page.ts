import { keccak256, SigningKey } from 'ethers/crypto';
import { TypedDataEncoder } from 'ethers/hash';
import { computeAddress } from 'ethers/transaction';
import { concat } from 'ethers/utils';
import { ledgerDomain, statementTypeNames, typesOf } from '../../src/protocol/statements.ts';
import { type BundleResult, verifyBundle } from '../../src/verification/bundle/verify.ts';

/** In seconds. `ancestors`: lots that went into the lot, or into one that did. */
export type Measured = {
  readonly statements: number;
  readonly ancestors: number;
  readonly floor: number;
  readonly verified: number;
};

type Raw = { readonly type: string; readonly message: Record<string, unknown>; readonly signature?: string };

/** What the verifier says of a bundle's text. */
export function verifyText(text: string): BundleResult {
  return verifyBundle(JSON.parse(text));
}

/** @throws Error where the bundle does not hold */
export function measureText(text: string): Measured {
  const { records, ledger } = JSON.parse(text) as {
    records: Raw[];
    ledger: { chainId: number; address: string };
  };
  const separator = TypedDataEncoder.hashDomain(ledgerDomain(ledger.chainId, ledger.address));
  const statements = records.filter(({ type }) => encoders.has(type));
  const floor = seconds(() => hashAndRecover(separator, statements));
  const verified = seconds(() => {
    const result = verifyText(text);
    if (!result.ok) throw new Error(`The bundle does not hold: ${JSON.stringify(result.problems[0])}`);
  });
  const used = statements.flatMap(({ message }) => (message.inputs ?? []) as { readonly lot: string }[]);
  const ancestors = new Set(used.map(({ lot }) => lot)).size;
  return { statements: statements.length, ancestors, floor, verified };
}

const encoders = new Map(
  statementTypeNames.map((type) => [type as string, TypedDataEncoder.from(typesOf(type))]),
);

/** The least that any verifier does: ethers' encoder, made once for each type, and its recovery. */
function hashAndRecover(separator: string, statements: readonly Raw[]): void {
  for (const { type, message, signature = '' } of statements) {
    const struct = encoders.get(type)?.hash(message) ?? '0x';
    const digest = keccak256(concat(['0x1901', separator, struct]));
    computeAddress(SigningKey.recoverPublicKey(digest, signature));
  }
}

function seconds(work: () => void): number {
  const before = performance.now();
  work();
  return (performance.now() - before) / 1000;
}
