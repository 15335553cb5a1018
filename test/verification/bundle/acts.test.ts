import { expect, test } from 'vitest';
import { type Hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import { openBook } from '../../../src/verification/bundle/book.ts';
import { checkParties } from '../../../src/verification/bundle/checks/parties.ts';
import type { Explored } from '../../../src/verification/bundle/explore.ts';
import type { ActRecord } from '../../../src/verification/bundle/format.ts';
import { oecdDueDiligence } from '../../../src/verification/policies/oecd-due-diligence.ts';
import { account } from '../../support/accounts.ts';

const party = account('party').address;

/** What is wrong with a party's acts, where the ledger has it suspended or not. */
function problems(types: readonly ActRecord['type'][], suspended: boolean): string[] {
  const records = types.map(
    (type) => ({ type, block: 1, recordedAt: 100, party, evidence: ZERO_BYTES32 }) as ActRecord,
  );
  const book = openBook({
    ...{ format: 'lodebook-bundle/1' as const, ledger: { chainId: 1, address: party }, lot: ZERO_BYTES32 },
    ...{ policy: oecdDueDiligence(), records, documents: [] },
  });
  const word = (): Hex => `0x${`1${suspended ? '01' : '00'}${party.slice(2)}`.padStart(64, '0')}`;
  const found: string[] = [];
  checkParties({ book, word, parties: new Set([party]) } as unknown as Explored, (code, at) =>
    found.push(`${code} at ${at}`),
  );
  return found;
}

test('the acts on a party begin with its admission, and suspend and reinstate it in turn', () => {
  expect(problems(['PartyAdmitted'], false)).toEqual([]);
  expect(problems(['PartyAdmitted', 'PartySuspended'], true)).toEqual([]);
  expect(problems(['PartyAdmitted', 'PartySuspended', 'PartyReinstated'], false)).toEqual([]);
  expect(problems(['PartyAdmitted', 'PartySuspended'], false)).toEqual(['party-unproven at records.1']);
});

test.each<[string, ActRecord['type'][], boolean, string]>([
  ['two suspensions in a row', ['PartyAdmitted', 'PartySuspended', 'PartySuspended'], true, 'records.2'],
  ['a reinstatement of nobody suspended', ['PartyAdmitted', 'PartyReinstated'], false, 'records.1'],
  ['a second admission', ['PartyAdmitted', 'PartyAdmitted'], false, 'records.1'],
  ['no admission', ['PartySuspended'], true, 'records.0'],
])('%s is none of the ledger', (_what, types, suspended, at) => {
  expect(problems(types, suspended)).toEqual([`party-unproven at ${at}`]);
});
