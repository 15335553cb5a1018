import { expect, test } from 'vitest';
import { BundleTooLarge, bundleContents, bundleText, proveBundle } from '../../src/api/views/bundle.ts';
import type { StateProofs } from '../../src/chain/proofs.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { BundleRows } from '../../src/store/queries/bundle.ts';
import { MAX_FIELDS, MAX_RECORDS } from '../../src/verification/bundle/format.ts';
import { oecdDueDiligence } from '../../src/verification/policies/oecd-due-diligence.ts';

const account: Hex = `0x${'a1'.repeat(20)}`;
const policy = oecdDueDiligence();

function rowsOf(more: Partial<BundleRows>): BundleRows {
  return {
    ledger: { chainId: 1, address: account },
    asOf: { block: 7, hash: ZERO_BYTES32 },
    ...{ lot: ZERO_BYTES32, statements: [], acts: [], documents: [] },
    ...more,
  };
}

const admissions = (count: number): BundleRows['acts'] =>
  Array.from({ length: count }, (_, seq) => ({
    ...{ seq, block: 1, recordedAt: 2, type: 'PartyAdmitted' },
    fields: { party: account, evidence: ZERO_BYTES32 },
  }));

test('a bundle holds as many records as it may, and no more', () => {
  expect(bundleContents(rowsOf({ acts: admissions(MAX_RECORDS) }), policy).records).toHaveLength(MAX_RECORDS);
  const more = rowsOf({ acts: admissions(MAX_RECORDS + 1) });
  expect(() => bundleContents(more, policy)).toThrow(BundleTooLarge);
  expect(() => bundleContents(more, policy)).toThrow(/more than 25000 records/);
});

test('and as many fields of evidence', () => {
  const fields = Array.from({ length: 1_000 }, (_, index) => ({
    path: `f${index}`,
    value: 1,
    salt: ZERO_BYTES32,
  }));
  const documents = Array.from({ length: MAX_FIELDS / 1_000 + 1 }, (_, index) => ({
    root: `0x${String(index).padStart(64, '0')}` as Hex,
    fields: index === 0 ? fields.slice(0, 1) : fields,
  }));
  expect(() => bundleContents(rowsOf({ documents }), policy)).toThrow(/more than 20000 fields of evidence/);
});

test('statements and acts stand in the order of the ledger, and the text is what JSON has', () => {
  const [first, , third] = admissions(3) as [
    BundleRows['acts'][0],
    BundleRows['acts'][0],
    BundleRows['acts'][0],
  ];
  const delegation = {
    ...{ seq: 1, block: 1, recordedAt: 2, type: 'KeyReplacement' },
    ...{
      message: { party: account, key: account, number: 2, recordBy: 9 },
      signer: account,
      signature: '0x' as Hex,
    },
  };
  const contents = bundleContents(rowsOf({ acts: [third, first], statements: [delegation] }), policy);
  expect(contents.records.map(({ type }) => type)).toEqual([
    'PartyAdmitted',
    'KeyReplacement',
    'PartyAdmitted',
  ]);
  const bundle = { ...contents, header: '0xc0' as Hex, nodes: ['0x01', '0x02'] as const };
  expect(JSON.parse([...bundleText(bundle)].join(''))).toEqual(bundle);
});

test('an index that lacks what made the lot is found out before anything is sent', async () => {
  const proofs: StateProofs = {
    ...{ header: '0xc0', nodes: () => [], withCode: async () => [] },
    words: async (slots) => slots.map(() => ZERO_BYTES32),
  };
  await expect(proveBundle(bundleContents(rowsOf({}), policy), proofs)).rejects.toThrow(/statement-missing/);
});
