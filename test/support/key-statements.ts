import { scopes } from '../../src/protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { Statement, Struct } from '../../src/protocol/statements.ts';
import { seconds } from './statements.ts';

type Of<T extends Statement['type']> = Extract<Statement, { type: T }>;
const recordBy = (): number => seconds() + 7 * 86_400;

/** Now, without evidence, unless told otherwise. */
export function correction(
  author: Hex,
  production: Hex,
  fields: Partial<Struct<'Correction'>> = {},
): Of<'Correction'> {
  const message = {
    author,
    production,
    occurredAt: seconds() - 30,
    evidence: ZERO_BYTES32,
    recordBy: recordBy(),
  };
  return { type: 'Correction', message: { ...message, ...fields } };
}

/** Two readings of the last minute, the first of their log, unless told otherwise. */
export function observation(
  who: Pick<Struct<'Observation'>, 'observer' | 'device' | 'subject'>,
  fields: Partial<Struct<'Observation'>> = {},
): Of<'Observation'> {
  const readings = { root: `0x${'5c'.repeat(32)}` as Hex, count: 2 };
  const times = { from: seconds() - 60, until: seconds() - 30 };
  const rest = { previous: ZERO_BYTES32, evidence: ZERO_BYTES32, recordBy: recordBy() };
  return { type: 'Observation', message: { ...who, ...readings, ...times, ...rest, ...fields } };
}

/** For a month, of everything that can be delegated, unless told otherwise. */
export function delegation(
  party: Hex,
  delegate: Hex,
  fields: Partial<Struct<'Delegation'>> = {},
): Of<'Delegation'> {
  const scope = Object.values(scopes).reduce((sum, bit) => sum + bit, 0);
  const times = { validUntil: seconds() + 30 * 86_400, issuedAt: seconds(), recordBy: recordBy() };
  return { type: 'Delegation', message: { party, delegate, scope, ...times, ...fields } };
}

export function keyReplacement(party: Hex, key: Hex, number = 2): Of<'KeyReplacement'> {
  return { type: 'KeyReplacement', message: { party, key, number, recordBy: recordBy() } };
}

export function keyObjection(party: Hex, key: Hex, effectiveAt: number): Of<'KeyObjection'> {
  return { type: 'KeyObjection', message: { party, key, effectiveAt, recordBy: recordBy() } };
}

/** With effect from then on. */
export function revocation(author: Hex, attestation: Hex, effectiveAt: number): Of<'Revocation'> {
  const message = { author, attestation, effectiveAt, evidence: ZERO_BYTES32, recordBy: recordBy() };
  return { type: 'Revocation', message };
}
