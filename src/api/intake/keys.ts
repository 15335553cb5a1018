import type { Refusal } from '../../chain/refusals.ts';
import type { Statement } from '../../protocol/statements.ts';
import type { StatementOutbox } from '../../store/outbox.ts';
import type { ProblemError } from '../problems.ts';
import { refused } from './refused.ts';
import type { Authority } from './signature.ts';

/**
 * Refuses a delegation or a key replacement that an accepted one, not recorded yet, has overtaken.
 * @returns whether it follows an accepted key replacement
 * @throws ProblemError with what the contract would say then
 */
export async function requireLatest(outbox: StatementOutbox, { type, message }: Statement): Promise<boolean> {
  if (type !== 'KeyReplacement' && type !== 'Delegation') return false;
  const open = await outbox.openOf(message.party, [type]);
  if (type === 'Delegation') {
    const issued = open.flatMap((one) =>
      one.type === 'Delegation' && one.message.delegate === message.delegate ? [one.message.issuedAt] : [],
    );
    const last = issued.reduce((a, b) => Math.max(a, b), 0);
    if (message.issuedAt <= last) throw notLater(last, message.issuedAt);
    return false;
  }
  const numbers = open.flatMap((one) => (one.type === 'KeyReplacement' ? [one.message.number] : []));
  if (numbers.length === 0) return false;
  const last = numbers.reduce((a, b) => Math.max(a, b), 0);
  if (message.number <= last) throw numberStale(last + 1, message.number);
  return message.number === last + 1;
}

/** Whether the contract only says so because a key, or a delegation, is not recorded yet. */
export function mayBeSignedLater(
  refusal: Refusal,
  authority: Authority,
  followsReplacement: boolean,
): boolean {
  switch (refusal.code) {
    case 'signature-invalid':
    case 'delegation-ended':
    case 'delegation-out-of-scope':
      return authority.pending;
    case 'key-number-stale':
      return followsReplacement;
    default:
      return false;
  }
}

function notLater(last: number, issuedAt: number): ProblemError {
  const args = { lastIssuedAt: String(last), issuedAt: String(issuedAt) };
  const message = `expected more than ${last}, got ${issuedAt}`;
  return refused('DelegationNotLater', args, 'message.issuedAt', message);
}

function numberStale(expected: number, got: number): ProblemError {
  const args = { expected: String(expected), got: String(got) };
  return refused('KeyNumberStale', args, 'message.number', `expected ${expected}, got ${got}`);
}
