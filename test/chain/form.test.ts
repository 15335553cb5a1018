import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCall, recordCall } from '../../src/chain/calls.ts';
import { refusalIn } from '../../src/chain/refusals.ts';
import { NodeError } from '../../src/chain/rpc.ts';
import { formProblems, schemeProblems } from '../../src/protocol/form.ts';
import { type Hex, ZERO_ACCOUNT, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { Statement } from '../../src/protocol/statements.ts';
import { accreditor, startTestChain, type TestChain } from '../support/chain.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
}, 60_000);
afterAll(() => chain.stop());

const word = fc.constantFrom<Hex>(ZERO_BYTES32, `0x${'33'.repeat(32)}`);
const account = fc.constantFrom<Hex>(ZERO_ACCOUNT, `0x${'22'.repeat(20)}`);
const small = fc.constantFrom(0, 1, 2, 255);
const [party, evidence, recordBy] = [
  fc.constant<Hex>(`0x${'11'.repeat(20)}`),
  word,
  fc.constant(2 ** 40 - 1),
];
const ofType = <T extends Statement['type']>(type: T, message: object): fc.Arbitrary<Statement> =>
  fc
    .record(message as Record<string, fc.Arbitrary<unknown>>)
    .map((made) => ({ type, message: made }) as never);

/** Types whose whole form shows in the statement alone, with values on both sides of each limit. */
const anyStatement = fc.oneof(
  ofType('FacilityRegistration', {
    operator: party,
    kind: fc.integer({ min: 0, max: 8 }),
    country: fc.constantFrom(0, 1, 999, 1_000),
    ...{ evidence, recordBy },
  }),
  ofType('Observation', {
    ...{ observer: party, device: account, subject: word, previous: word, root: word, count: small },
    ...{ from: small, until: small, evidence, recordBy },
  }),
  ofType('Attestation', {
    ...{ auditor: party, subject: word, scheme: fc.constantFrom('', 'RMAP') },
    ...{ outcome: fc.integer({ min: 0, max: 4 }), validFrom: small, validUntil: small, evidence, recordBy },
  }),
  ofType('Delegation', {
    ...{ party, delegate: account, scope: fc.constantFrom(0, 1, 255, 256, 65_535) },
    ...{ validUntil: small, issuedAt: small, recordBy },
  }),
  ofType('KeyReplacement', { party, key: account, number: small, recordBy }),
);

describe('the form of statements is what the contract says', () => {
  test('what is in form gets as far as the party, which is unknown; what is not is refused for that', async () => {
    await fc.assert(
      fc.asyncProperty(anyStatement, async (statement) => {
        const refusal = await chain.node.simulate(recordCall(statement, {}, '0x').data);
        const codes = formProblems(statement).map(({ code }) => code);
        expect(codes.length > 0 ? codes : ['party-unknown']).toContain(refusal?.code);
      }),
      { numRuns: 250 },
    );
  }, 60_000);

  test('names of schemes', async () => {
    const unit = fc.constantFrom(...[...'aZ0 ~!/'], '\u001f', '\u007f', 'é', '鈷', '\0');
    const scheme = fc.oneof(
      fc.string({ unit, maxLength: 4 }),
      fc.constantFrom('x'.repeat(64), 'x'.repeat(65), `${'x'.repeat(63)}é`),
    );
    await fc.assert(
      fc.asyncProperty(scheme, async (scheme) => {
        const data = encodeCall('accredit', [`0x${'11'.repeat(20)}`, scheme, ZERO_BYTES32]);
        const call = { from: accreditor.address, to: chain.identity.ledger, data };
        const answer = await chain.rpc.send('eth_call', [call, 'latest']).catch((error: unknown) => error);
        const refusal = answer instanceof NodeError ? refusalIn(answer) : null;
        expect(refusal?.code).toBe(schemeProblems(scheme)[0]?.code ?? 'party-unknown');
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
