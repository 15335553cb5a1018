import type { LedgerProblem } from './ledger-problem.ts';

/** What the ledger may say of delegations, key replacements and proposals. */
export const keyProblems = {
  'delegation-ended': {
    title: 'The delegation has ended',
    cause:
      'The signer is a delegate whose delegation ran out, was ended, or went with the key that signed it; or the device ' +
      'that an observation names never was a delegate.',
    remedy: "Let the party's present key delegate again, or sign with that key.",
  },
  'delegation-out-of-scope': {
    title: 'The delegate may not sign this',
    cause: "The delegation's scope does not include statements of this type.",
    remedy: "Sign with the party's own key, or let it delegate that as well.",
  },
  'delegation-not-later': {
    title: 'A later delegation is recorded',
    cause: 'issuedAt is not after that of the last delegation to the same account.',
    remedy: 'Sign it again with a later issuedAt: at most 15 minutes ahead.',
  },
  'scope-unknown': {
    title: 'No such scope',
    cause: 'scope names no statement type, or has a bit that stands for none.',
    remedy: 'Add up numbers of /v1/protocol, scopes.',
  },
  'key-number-stale': {
    title: 'The key was replaced since',
    cause: "number is not that of the party's present key, plus 1.",
    remedy: 'Read keyNumber at /v1/parties/{party}, and sign with the key that it names.',
  },
  'key-unchanged': {
    title: 'The party has that key already',
    cause: 'The new key is the present one.',
    remedy: 'Nothing, or name another key.',
  },
  'key-proposal-unknown': {
    title: 'No such proposal is open',
    cause: 'The registrar proposed no key, or another, or the proposal was completed or objected to.',
    remedy: 'Read proposal at /v1/parties/{party}, and name its key and effectiveAt.',
  },
  'key-proposal-too-early': {
    title: 'The party may still object',
    cause: 'A proposed key takes effect 7 days after the proposal.',
    remedy: 'Complete it from effectiveAt on.',
  },
} as const satisfies Record<string, LedgerProblem>;
