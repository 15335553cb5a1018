/**
 * What can be wrong with a bundle. A closed list: docs/verification.md says of each what it means. Each problem also
 * names the place in the bundle that it was found at.
 */
export const bundleProblemCodes = [
  'bundle-malformed',
  'block-unexpected',
  'ledger-unexpected',
  'policy-unexpected',
  'header-malformed',
  'node-malformed',
  'proof-missing',
  'ledger-absent',
  'code-unknown',
  'order-broken',
  'statement-malformed',
  'statement-repeated',
  'statement-missing',
  'signature-invalid',
  'key-unproven',
  'delegation-unproven',
  'lot-unproven',
  'head-broken',
  'custody-broken',
  'authority-broken',
  'conservation-broken',
  'time-broken',
  'trail-incomplete',
  'tail-incomplete',
  'attestation-unproven',
  'accreditation-unproven',
  'party-unproven',
  'evidence-unproven',
  'record-unconfirmed',
  'history-incomplete',
] as const;
export type BundleProblemCode = (typeof bundleProblemCodes)[number];

/** `at`: the place in the bundle, such as `records.12.message.lots`; `detail`: what was expected there, and found. */
export type BundleProblem = {
  readonly code: BundleProblemCode;
  readonly at: string;
  readonly detail: string;
};

/** Stops where nothing after it could be judged. */
export class BundleFault extends Error {
  override readonly name = 'BundleFault';
  readonly problem: BundleProblem;

  constructor(code: BundleProblemCode, at: string, detail: string) {
    super(`${code} at ${at}: ${detail}`);
    this.problem = { code, at, detail };
  }
}

/** Where checks put what they find, so that one problem does not hide the others. */
export type Report = (code: BundleProblemCode, at: string, detail: string) => void;
