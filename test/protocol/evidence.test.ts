import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonicalJson,
  type DisclosedField,
  disclose,
  disclosed,
  type EvidenceDocument,
  evidenceRoot,
  leafOf,
  proveField,
  verifyField,
} from '../../src/protocol/evidence.ts';
import type { Hex } from '../../src/protocol/hex.ts';

const salt = (digit: string): Hex => `0x${digit.repeat(64)}`;
const document: EvidenceDocument = {
  fields: [
    { path: 'legalName', value: 'Kamoto Example SARL', salt: salt('1') },
    { path: 'coordinates', value: { lon: 25.4, lat: -10.7 }, salt: salt('2') },
    { path: 'owner', value: null, salt: salt('3') },
  ],
};

describe('evidence', () => {
  test('has the root of OpenZeppelin’s StandardMerkleTree over [path, json value, salt]', () => {
    const rows = disclosed(document).map((field) => [field.path, canonicalJson(field.value), field.salt]);
    expect(evidenceRoot(document)).toBe(StandardMerkleTree.of(rows, ['string', 'string', 'bytes32']).root);
  });

  test('proves as StandardMerkleTree does, whatever fields are called and say', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 80 });
    const bytes32 = fc.bigInt(0n, 2n ** 256n - 1n).map((n): Hex => `0x${n.toString(16).padStart(64, '0')}`);
    const fields = fc.uniqueArray(fc.record({ path: text, value: fc.jsonValue(), salt: bytes32 }), {
      ...{ minLength: 1, maxLength: 6 },
      selector: ({ path }) => path,
    });
    fc.assert(
      fc.property(fields, fc.nat(), (told, pick) => {
        const own = { fields: told as DisclosedField[] };
        const rows = own.fields.map((field) => [field.path, canonicalJson(field.value), field.salt]);
        const tree = StandardMerkleTree.of(rows, ['string', 'string', 'bytes32']);
        const index = pick % told.length;
        const field = own.fields[index] as DisclosedField;
        const proof = proveField(own, field.path);
        expect(tree.leafHash(rows[index] as string[])).toBe(leafOf(field));
        expect(verifyField(tree.root as Hex, field, tree.getProof(rows[index] as string[]) as Hex[])).toBe(
          true,
        );
        expect(tree.verify(rows[index] as string[], proof)).toBe(true);
        const other = { ...field, value: [field.value] };
        expect(verifyField(tree.root as Hex, other, proof)).toBe(false);
        expect(verifyField(tree.root as Hex, field, [...proof, field.salt])).toBe(false);
      }),
    );
  });

  test('takes nothing for a proof but hashes', () => {
    const [field] = disclosed(document);
    if (!field) throw new Error('the document has a first field');
    const root = evidenceRoot(document);
    const [first, ...rest] = proveField(document, field.path) as [Hex, ...Hex[]];
    for (const wrong of [`${first}00`, first.slice(0, -2), '0x', first.slice(2)])
      expect(verifyField(root, field, [wrong as Hex, ...rest])).toBe(false);
  });

  test('keeps its root when fields are hidden or reordered', () => {
    const hidden = disclose(document, ['legalName']);
    expect(disclosed(hidden)).toHaveLength(1);
    expect(evidenceRoot(hidden)).toBe(evidenceRoot(document));
    expect(evidenceRoot({ fields: [...document.fields].reverse() })).toBe(evidenceRoot(document));
  });

  test('proves a field alone, and no other value in its place', () => {
    const [field] = disclosed(document);
    if (!field) throw new Error('the document has a first field');
    const proof = proveField(disclose(document, ['legalName']), 'legalName');
    const root = evidenceRoot(document);
    expect(verifyField(root, field, proof)).toBe(true);
    expect(verifyField(root, { ...field, value: 'Another SARL' }, proof)).toBe(false);
    expect(verifyField(root, { ...field, salt: salt('9') }, proof)).toBe(false);
  });

  test('refuses no fields, a path twice, and a proof of what is hidden', () => {
    expect(() => evidenceRoot({ fields: [] })).toThrow('at least one field');
    expect(() => evidenceRoot({ fields: [...document.fields, ...document.fields] })).toThrow(
      '"legalName" twice',
    );
    expect(() => proveField(disclose(document, []), 'owner')).toThrow('no field "owner"');
  });

  test('spells a JSON value in one way only', () => {
    expect(canonicalJson({ b: [1, 'é', true], a: { d: null, c: 2 } })).toBe(
      '{"a":{"c":2,"d":null},"b":[1,"é",true]}',
    );
    expect(() => canonicalJson(Number.NaN)).toThrow('not a JSON number');
  });
});
