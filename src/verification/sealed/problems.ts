import type { BundleProblemCode } from '../bundle/problems.ts';

/** What can be wrong with a sealed certificate. A closed list: docs/sealed.md says of each what it means. */
export const sealProblemCodes = [
  'sealed-malformed',
  'block-unexpected',
  'ledger-unexpected',
  'policy-unexpected',
  'header-malformed',
  'node-malformed',
  'proof-missing',
  'ledger-absent',
  'code-unknown',
  'seal-missing',
  'seal-unfit',
  'seal-ended',
  'content-altered',
  'signature-invalid',
  'auditor-not-accredited',
  'auditor-suspended',
  'trail-incomplete',
  'attestation-unproven',
  'lot-unproven',
] as const;
export type SealProblemCode = (typeof sealProblemCodes)[number];

/** `at`: the place in the file; `detail`: what was expected there, and found. */
export type SealProblem = { readonly code: SealProblemCode; readonly at: string; readonly detail: string };

/** Stops where nothing after it could be judged. */
export class SealFault extends Error {
  override readonly name = 'SealFault';
  readonly problem: SealProblem;

  constructor(code: SealProblemCode, at: string, detail: string) {
    super(`${code} at ${at}: ${detail}`);
    this.problem = { code, at, detail };
  }
}

/** Whether what the proofs of a bundle can lack is what those of a seal can. */
export function isSealProblem(code: BundleProblemCode | SealProblemCode): code is SealProblemCode {
  return (sealProblemCodes as readonly string[]).includes(code);
}
