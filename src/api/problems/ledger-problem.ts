/** A refusal of the ledger, explained to people. The codes are the contract's errors in kebab-case. */
export type LedgerProblem = { readonly title: string; readonly cause: string; readonly remedy: string };
