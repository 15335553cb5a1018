import { scopes } from '../protocol/codes.ts';
import { conflict, forbidden, known, notFound, type RefusalRow, time, wrong } from './refusal-row.ts';

/** The terms of a delegation's scope. */
const scopeTerms = (bits = '0'): string => {
  const terms = Object.entries(scopes).filter(([, bit]) => (Number(bits) & bit) !== 0);
  return terms.map(([term]) => term).join(', ') || 'nothing';
};

/** The errors of delegations, key replacements and proposals, by their names in the ABI. */
export const keyRefusals = {
  DelegationEnded: forbidden((a) =>
    a.validUntil === '0'
      ? `${a.delegate} may not sign for ${a.party}: nothing was delegated to it, or the delegation was ended. The party's own key can delegate.`
      : `${a.delegate} may no longer sign for ${a.party}: its delegation ran until ${time(a.validUntil)}, or ended with the key that signed it. The party's present key can delegate again.`,
  ),
  DelegationOutOfScope: forbidden(
    (a) =>
      `${a.delegate} may sign ${scopeTerms(a.scope)} for ${a.party}, and this needs ${scopeTerms(a.wanted)}. Sign with the party's own key, or let it delegate that as well.`,
  ),
  DelegationNotLater: conflict(
    (a) =>
      `The last delegation to that account was issued at ${time(a.lastIssuedAt)}, and this one at ${time(a.issuedAt)}, which is not later. Sign with a later issuedAt.`,
  ),
  ScopeUnknown: wrong(
    (a) => `${a.scope} is no scope: it adds up some of ${known(scopes)}. Name at least one of them.`,
  ),
  KeyNumberStale: conflict(
    (a) =>
      `The party's next key has the number ${a.expected}, and the statement says ${a.got}: the key was replaced since. Read the present number, and sign again.`,
  ),
  KeyUnchanged: conflict((a) => `The party ${a.party} has the key ${a.key} already. Nothing to replace.`),
  KeyProposalUnknown: notFound((a) =>
    a.effectiveAt === '0'
      ? `No proposal is open that gives ${a.party} another key. Nothing to complete.`
      : `No proposal is open that gives ${a.party} the key ${a.key} from ${time(a.effectiveAt)} on: it was completed, voided or replaced. Read what is proposed now.`,
  ),
  KeyProposalTooEarly: forbidden(
    (a) =>
      `The party may object until ${time(a.effectiveAt)}, and it is ${time(a.blockTime)}. Complete the proposal from then on.`,
  ),
} as const satisfies Record<string, RefusalRow>;
