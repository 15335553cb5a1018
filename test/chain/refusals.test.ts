import { Interface } from 'ethers/abi';
import { describe, expect, test } from 'vitest';
import { refusalRows } from '../../src/chain/refusal-rows.ts';
import { kebab, refusalIn, refusalOf } from '../../src/chain/refusals.ts';
import { NodeError } from '../../src/chain/rpc.ts';
import { ledgerAbi } from '../../src/protocol/abi.generated.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';

const ledger = new Interface(ledgerAbi);
const errorNames = ledgerAbi
  .filter(({ type }) => type === 'error')
  .map((error) => (error as { name: string }).name);

const sampleOf = (type: string): unknown =>
  type === 'bool'
    ? true
    : type === 'string'
      ? 'RMAP'
      : type === 'address'
        ? `0x${'AB'.repeat(20)}`
        : type === 'bytes32'
          ? `0x${'CD'.repeat(32)}`
          : 3;

function sample(name: string): Hex {
  const fragment = ledger.getError(name);
  if (!fragment) throw new Error(`The ABI has no error ${name}`);
  return hex(
    ledger.encodeErrorResult(
      fragment,
      fragment.inputs.map(({ type }) => sampleOf(type)),
    ),
  );
}

describe('refusals', () => {
  test('there is a row for each error of the contract, and an error for each row', () => {
    expect(Object.keys(refusalRows).sort()).toEqual([...errorNames].sort());
  });

  test.each(errorNames)('%s is explained in a whole sentence, with its arguments', (name) => {
    const refusal = refusalOf(sample(name));
    expect(refusal.code).toBe(kebab(name));
    expect(refusal.detail).toMatch(/\.$/);
    expect(refusal.detail).not.toMatch(/undefined|NaN|Invalid|null|0xAB/);
    const { inputs } = ledger.getError(name) ?? { inputs: [] };
    expect(Object.keys(refusal.args)).toEqual(inputs.map((input) => input.name));
  });

  test('codes are the errors’ names in kebab-case', () => {
    expect(kebab('HeadStale')).toBe('head-stale');
    expect(kebab('LotIsInTransit')).toBe('lot-is-in-transit');
    expect(new Set(errorNames.map(kebab)).size).toBe(errorNames.length);
  });

  test('says what was expected and what was there', () => {
    const data = ledger.encodeErrorResult('QuotaExceeded', [
      `0x${'01'.repeat(32)}`,
      27,
      false,
      2026,
      1_500_000n,
      25_000_000_000n,
    ]);
    const { detail, args } = refusalOf(hex(data));
    expect(detail).toContain('25 t of primary Cobalt would originate');
    expect(detail).toContain('in 2026, and its quota leaves 1.5 kg');
    expect(args).toMatchObject({ material: '27', recycled: 'false', available: '1500000' });
  });

  test('knows a panic, a plain reason, and data that means nothing', () => {
    expect(refusalOf(hex(ledger.encodeErrorResult('Panic', [0x11])))).toMatchObject({
      code: 'contract-panic',
      args: { code: '17' },
    });
    expect(refusalOf(hex(ledger.encodeErrorResult('Error', ['why not'])))).toMatchObject({
      code: 'reverted',
      permanent: false,
    });
    expect(refusalOf(hex(ledger.encodeErrorResult('Error', ['why not']))).detail).toContain('why not');
    expect(refusalOf('0xdeadbeef').detail).toContain('0xdeadbeef');
    expect(refusalOf('0x').detail).toContain('no reason given');
  });

  test('whatever bytes a node sends, there is an answer', () => {
    const scheme = hex(ledger.encodeErrorResult('AuditorNotAccredited', [`0x${'01'.repeat(20)}`, 'abcd']));
    const odd = refusalOf(scheme.replace('61626364', 'ff62c328') as Hex);
    expect(odd).toMatchObject({ code: 'auditor-not-accredited', args: { scheme: '\ufffdb\ufffd(' } });
    for (let end = 10; end < scheme.length - 64; end += 7)
      expect(refusalOf(scheme.slice(0, end) as Hex)).toMatchObject({ code: 'reverted', permanent: false });
  });

  test('a proposal that is not there, and one that is another, are told apart', () => {
    const party = `0x${'01'.repeat(20)}`;
    const detailOf = (key: string, at: number): string =>
      refusalOf(hex(ledger.encodeErrorResult('KeyProposalUnknown', [party, key, at]))).detail;
    expect(detailOf(`0x${'00'.repeat(20)}`, 0)).toContain('Nothing to complete');
    expect(detailOf(`0x${'02'.repeat(20)}`, 1_790_000_000)).toContain('2026-09-21T');
  });

  test('tells the ledger’s refusals from the node’s troubles', () => {
    expect(refusalIn(new NodeError(3, 'execution reverted', sample('HeadStale')))?.code).toBe('head-stale');
    expect(refusalIn(new NodeError(-32000, 'execution reverted'))?.code).toBe('reverted');
    expect(refusalIn(new NodeError(-32000, 'gas required exceeds allowance (16777216)'))?.code).toBe(
      'out-of-gas',
    );
    expect(refusalIn(new NodeError(-32000, 'out of gas'))).toMatchObject({
      code: 'out-of-gas',
      permanent: true,
    });
    expect(refusalIn(new NodeError(-32000, 'header not found'))).toBeNull();
  });
});
