import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BenchLedger } from '../../bench/ledger.ts';
import { type Measured, measureOperations, operations } from '../../bench/operations.ts';
import { EAS_ATTEST } from '../../bench/peers.ts';
import { type Figure, figuresOf } from '../../bench/report.ts';
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

describe('against its target', () => {
  const cheap = Object.fromEntries(operations.map(({ name }) => [name, 1]));
  const eas = [{ name: EAS_ATTEST, gas: 272_671 }];
  const figure = (name: string, gas: number, peers = eas): Figure | undefined =>
    figuresOf({ measured: { ...cheap, [name]: gas }, peers }).find((each) => each.name === name);

  test('a statement of many lots is judged by one lot', () => {
    const name = 'receive 100 lots';
    expect(figure(name, 1_650_000)).toMatchObject({ per: 'lot', each: 16_500, atMost: 16_500, met: true });
    expect(figure(name, 1_650_001)).toMatchObject({ each: 16_500, met: false });
  });

  test('an attestation is judged by half of what EAS used in the same run, where that was measured', () => {
    const name = 'attest, each further';
    expect(figure(name, 136_335)).toMatchObject({ atMost: 136_335, met: true });
    expect(figure(name, 136_336)).toMatchObject({ met: false });
    expect(figure(name, 136_335, [])).toMatchObject({ atMost: null, met: null });
  });

  test('an operation without a target has no verdict', () => {
    expect(figure('replace a key', 9_000_000)).toMatchObject({ per: null, atMost: null, met: null });
  });
});
