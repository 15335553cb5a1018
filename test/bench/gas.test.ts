import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BenchLedger } from '../../bench/ledger.ts';
import { type Measured, measureOperations } from '../../bench/operations.ts';
import { differences, readSnapshot } from '../../bench/snapshot.ts';
import { Story } from '../../bench/story.ts';

describe('the gas of the operations', () => {
  let ledger: BenchLedger;
  let measured: Measured;
  beforeAll(async () => {
    ledger = await BenchLedger.open();
    measured = await measureOperations(await Story.begin(ledger));
  });
  afterAll(() => ledger?.chain.close());

  test('has not grown since the snapshot', async () => {
    expect(differences(await readSnapshot(), measured)).toEqual([]);
  });

  test('is the same whenever it is measured', async () => {
    const other = await BenchLedger.open();
    try {
      expect(await measureOperations(await Story.begin(other))).toEqual(measured);
    } finally {
      await other.chain.close();
    }
  });
});

describe('against a snapshot', () => {
  const renew = 'npm run bench:gas -- --update';

  test('2 % more pass', () => {
    expect(differences({ dispatch: 100_000 }, { dispatch: 102_000 })).toEqual([]);
    expect(differences({ dispatch: 100_000 }, { dispatch: 50_000 })).toEqual([]);
  });

  test('more than that is told, with what it was, what it is, and how to renew', () => {
    expect(
      differences({ dispatch: 100_000, receive: 60_000 }, { dispatch: 102_001, receive: 60_000 }),
    ).toEqual([
      '"dispatch" used 100,000 gas in the snapshot and uses 102,001 now (+2.0 %; 2 % are let pass). Make it cheaper, ' +
        `or, where it is worth it, write a new snapshot and commit it: ${renew}`,
    ]);
  });

  test('an operation that one of them lacks is told', () => {
    expect(differences({ dispatch: 100_000 }, { receive: 60_000 })).toEqual([
      `"receive" is not in the snapshot. Write a new one, and commit it: ${renew}`,
      `"dispatch" is in the snapshot, and no longer measured. Write a new one, and commit it: ${renew}`,
    ]);
  });
});
