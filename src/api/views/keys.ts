import type { DelegationRow, KeyProposalRow, KeyRow } from '../../store/queries/keys.ts';
import type { Delegation, PartyDetail } from '../schemas/parties.ts';
import { scopeTerms } from '../scopes.ts';

/** The keys of a party, and the proposal that is open: only the last can be. */
export function keysView(
  keys: readonly KeyRow[],
  proposals: readonly KeyProposalRow[],
): Pick<PartyDetail, 'keys' | 'proposal'> {
  const last = proposals.at(-1);
  return {
    keys: keys.map(({ replacement, ...key }) => ({ ...key, statement: replacement })),
    proposal:
      last?.outcome === 'open'
        ? {
            key: last.key,
            effectiveAt: last.effectiveAt,
            proposedAt: last.recordedAt,
            evidence: last.evidence,
          }
        : null,
  };
}

/** @param later whether another delegation to the same account follows  @param now Unix seconds */
export function delegationView(row: DelegationRow, later: boolean, now: number): Delegation {
  const { id, party: _, scope, ...rest } = row;
  return { ...rest, statement: id, scope: scopeTerms(scope), standing: standingOf(row, later, now) };
}

function standingOf(
  { validUntil, endsAt }: DelegationRow,
  later: boolean,
  now: number,
): Delegation['standing'] {
  if (validUntil === 0) return 'ended';
  if (now < endsAt) return 'in-force';
  if (endsAt === validUntil) return 'lapsed';
  return later ? 'replaced' : 'key-replaced';
}
