/**
 * What `verifyBundle` does, in its order: reads the form; the block's header; hashes every statement; proves the ledger's
 * state; checks order and times; keys and signatures; custody and mass; what was said of every subject; the acts on parties
 * and auditors; the evidence that is shown; and computes the certificate.
 */
export const bundleSteps = [
  'form',
  'block',
  'statements',
  'state',
  'order',
  'signatures',
  'custody',
  'sayings',
  'parties',
  'evidence',
  'certificate',
] as const;
export type BundleStep = (typeof bundleSteps)[number];

/** Told after each step, with how many problems were found so far. A step that stops everything is not told of. */
export type OnStep = (step: BundleStep, problems: number) => void;
