import { describe, expect, test } from 'vitest';
import { type Hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import { openBook } from '../../../src/verification/bundle/book.ts';
import { checkKeys, keyBookOf } from '../../../src/verification/bundle/checks/keys.ts';
import type { Explored } from '../../../src/verification/bundle/explore.ts';
import type { BundleRecord } from '../../../src/verification/bundle/format.ts';
import { type Slot, slots } from '../../../src/verification/bundle/slots.ts';
import { oecdDueDiligence } from '../../../src/verification/policies/oecd-due-diligence.ts';
import { account } from '../../support/accounts.ts';

const [party, second, third, phone] = ['party', 'second', 'third', 'phone'].map(
  (name) => account(name).address,
) as [Hex, Hex, Hex, Hex];
const place = { block: 1, recordedAt: 100 };
const signed = { ...place, signer: party, signature: '0x' as Hex };

const replacement = (key: Hex, number: number): BundleRecord => ({
  type: 'KeyReplacement',
  ...signed,
  message: { party, key, number, recordBy: 200 },
});
const completion = (key: Hex, number: number): BundleRecord => ({
  type: 'KeyProposalCompleted',
  ...place,
  party,
  key,
  number,
});
const delegation = (scope: number, issuedAt: number): BundleRecord => ({
  type: 'Delegation',
  ...signed,
  message: { party, delegate: phone, scope, validUntil: 1_000, issuedAt, recordBy: 200 },
});

/** A word of the ledger, of members with their sizes in bytes, from the lowest byte. */
function packed(...members: readonly (readonly [size: number, value: number | Hex])[]): Hex {
  const parts = members.map(([size, value]) =>
    BigInt(value)
      .toString(16)
      .padStart(2 * size, '0'),
  );
  return `0x${parts.reverse().join('').padStart(64, '0')}`;
}

const keyWord = (key: Hex, number: number): Hex => packed([20, key], [1, 0], [4, number]);

/** What is wrong with the records, where the ledger holds these words. */
function problems(records: readonly BundleRecord[], words: ReadonlyMap<Slot, Hex>): string[] {
  const ledger = { chainId: 1, address: `0x${'1e'.repeat(20)}` as Hex };
  const policy = oecdDueDiligence();
  const book = openBook({
    ...{ format: 'lodebook-bundle/1' as const, ledger, lot: ZERO_BYTES32, policy },
    ...{ records, documents: [] },
  });
  const bySlot = new Map([...words].map(([{ slot }, word]) => [slot, word]));
  const word = ({ slot }: Slot): Hex => bySlot.get(slot) ?? ZERO_BYTES32;
  const found: string[] = [];
  checkKeys({ book, word } as Explored, keyBookOf(book), (code, at) => found.push(`${code} at ${at}`));
  return found;
}

describe("a party's keys", () => {
  const end = (key: Hex, number: number) => new Map([[slots.party(party), keyWord(key, number)]]);

  test('lead from its account to the one that the ledger holds', () => {
    expect(problems([replacement(second, 2), completion(third, 3)], end(third, 3))).toEqual([]);
  });

  test.each<[string, BundleRecord[], Hex, number]>([
    ['a key that the records do not bring', [replacement(second, 2)], third, 2],
    ['one replacement fewer than the ledger counts', [replacement(second, 2)], second, 3],
    ['one more', [replacement(second, 2), completion(third, 3)], second, 2],
  ])('do not lead to %s', (_what, records, key, number) => {
    expect(problems(records, end(key, number))).toEqual(['key-unproven at records']);
  });

  test('are numbered without a gap', () => {
    const gap = [replacement(second, 2), completion(third, 4)];
    expect(problems(gap, end(third, 4))).toEqual(['key-unproven at records.1.number']);
  });
});

describe('a delegation', () => {
  const held = (scope: number, issuedAt: number, keyNumber: number) =>
    new Map([
      [slots.party(party), keyWord(party, 1)],
      [slots.delegation(party, phone), packed([2, scope], [5, 1_000], [5, issuedAt], [4, keyNumber])],
    ]);

  test('is the last one to that account, as the ledger holds it', () => {
    expect(problems([delegation(4, 50), delegation(8, 60)], held(8, 60, 1))).toEqual([]);
    expect(problems([delegation(4, 50)], held(8, 60, 1))).toEqual(['delegation-unproven at records.0']);
    expect(problems([delegation(8, 60)], held(8, 60, 2))).toEqual(['delegation-unproven at records.0']);
  });

  test('is found by whom it was given to, with the key that signed it', () => {
    const records = [delegation(4, 50), replacement(second, 2), delegation(8, 60)];
    const book = openBook({
      ...{ format: 'lodebook-bundle/1' as const, lot: ZERO_BYTES32, policy: oecdDueDiligence() },
      ...{ ledger: { chainId: 1, address: party }, records, documents: [] },
    });
    const keys = keyBookOf(book);
    const at = (position: number) => ({ position, ...place });
    expect(keys.delegationAt(party, phone, at(0))).toBeUndefined();
    expect(keys.delegationAt(party, phone, at(2))).toMatchObject({ keyNumber: 1, said: { position: 0 } });
    expect(keys.delegationAt(party, phone, at(3))).toMatchObject({ keyNumber: 2, said: { position: 2 } });
    expect(keys.keyAt(party, at(1))).toMatchObject({ key: party, number: 1 });
    expect(keys.keyAt(party, at(2))).toMatchObject({ key: second, number: 2 });
  });
});
