import { TypedDataEncoder } from 'ethers/hash';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashNatively } from '../../src/chain/native-keccak.ts';
import {
  type Domain,
  hashStruct,
  ledgerDomain,
  type Statement,
  type StructName,
  statementId,
  statementTypeNames,
  statementTypes,
  typesOf,
} from '../../src/protocol/statements.ts';

const domain: Domain = ledgerDomain(31_337, `0x${'be'.repeat(20)}`);

function arbitraryOf(type: string): fc.Arbitrary<unknown> {
  if (type.endsWith('[]')) return fc.array(arbitraryOf(type.slice(0, -2)), { maxLength: 4 });
  if (type in statementTypes) {
    const fields = statementTypes[type as StructName].map(({ name, type: field }) => [
      name,
      arbitraryOf(field),
    ]);
    return fc.record(Object.fromEntries(fields));
  }
  if (type === 'bytes32') return bytesOf(32);
  if (type === 'address') return bytesOf(20);
  if (type === 'bool') return fc.boolean();
  if (type === 'string') return fc.oneof(fc.string(), fc.constantFrom('é', '€', '😀', '\u0000'));
  const bits = Number(type.slice('uint'.length));
  const max = 2n ** BigInt(bits) - 1n;
  return bits > 48 ? fc.bigInt({ min: 0n, max }) : fc.nat({ max: Math.min(Number(max), 2 ** 31 - 1) });
}

function bytesOf(length: number): fc.Arbitrary<string> {
  return fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`);
}

describe('hashes of structs are those of ethers', () => {
  const byEthers = (type: Statement['type'], message: object): string =>
    TypedDataEncoder.hash(domain, typesOf(type), message);

  test.each(statementTypeNames)('%s', (type) => {
    fc.assert(
      fc.property(arbitraryOf(type), (message) => {
        const statement = { type, message } as Statement;
        expect(statementId(domain, statement)).toBe(byEthers(type, message as object));
      }),
      { numRuns: 40 },
    );
  });

  test('with the largest numbers, and addresses in mixed case', () => {
    const message = {
      observer: '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045',
      device: `0x${'ff'.repeat(20)}`,
      subject: `0x${'AB'.repeat(32)}`,
      previous: `0x${'00'.repeat(32)}`,
      root: `0x${'01'.repeat(32)}`,
      count: 2 ** 32 - 1,
      from: 2 ** 40 - 1,
      until: 0,
      evidence: `0x${'ff'.repeat(32)}`,
      recordBy: 2 ** 40 - 1,
    };
    const statement = { type: 'Observation', message } as Statement;
    expect(statementId(domain, statement)).toBe(byEthers('Observation', message));
  });

  test('by OpenSSL as well', () => {
    hashNatively();
    const content = { material: 27, recycled: true, milligrams: 2n ** 64n - 1n };
    const expected = TypedDataEncoder.hashStruct('Content', typesOf('Content'), content);
    expect(hashStruct('Content', content)).toBe(expected);
  });
});

test.each([
  ['a number that is too large', { material: 256 }, 'Content.material is no uint8: 256'],
  ['a negative number', { milligrams: -1n }, 'Content.milligrams is no uint64: -1'],
  ['a number with a fraction', { material: 1.5 }, 'Content.material is no uint8: 1.5'],
  ['what is missing', { recycled: undefined }, 'Content.recycled is no bool: undefined'],
])('%s is refused', (_, part, message) => {
  const content = { material: 27, recycled: true, milligrams: 1n, ...part } as never;
  expect(() => hashStruct('Content', content)).toThrow(message);
});

test('what has not the length of its type is refused', () => {
  const head = { lot: `0x${'11'.repeat(31)}`, head: `0x${'11'.repeat(32)}` } as const;
  expect(() => hashStruct('LotHead', head)).toThrow('LotHead.lot is no bytes32');
});
