import { describe, expect, test } from 'vitest';
import {
  disclose,
  type EvidenceDocument,
  type EvidenceField,
  evidenceRoot,
  type JsonValue,
  leafOf,
} from '../../../src/protocol/evidence.ts';
import type { Hex } from '../../../src/protocol/hex.ts';
import { disclosedOf, evidenceOf, putEvidence } from '../../../src/store/evidence.ts';
import type { Bench } from '../databases.ts';
import { id } from '../ledger.ts';

const field = (path: string, value: string) => ({ path, value, salt: id(`salt of ${path} ${value}`) });

export function evidence(bench: Bench) {
  describe('evidence', () => {
    const whole: EvidenceDocument = {
      fields: [field('legalName', 'Kamoto'), field('lei', '5493'), field('owner', 'A'), field('seller', 'B')],
    };
    const root = evidenceRoot(whole);

    test('what was disclosed once stays disclosed, and uploads add to each other', async () => {
      const { db } = await bench.fresh();
      expect(await evidenceOf(db, root)).toBeNull();
      await putEvidence(db, disclose(whole, ['lei']), 10);
      await putEvidence(db, disclose(whole, ['legalName']), 20);
      await putEvidence(db, disclose(whole, []), 30);
      const kept = await evidenceOf(db, root);
      expect(kept).toEqual({ root, receivedAt: 10, fields: disclose(whole, ['legalName', 'lei']).fields });
      expect(evidenceRoot(kept ?? whole)).toBe(root);
      expect((await disclosedOf(db, [root, id('unknown')])).get(root)).toEqual({
        legalName: 'Kamoto',
        lei: '5493',
      });
    });

    test('uploads at the same time lose nothing', async () => {
      const { db } = await bench.fresh();
      const paths = ['legalName', 'lei', 'owner', 'seller'];
      await Promise.all(paths.map((path) => putEvidence(db, disclose(whole, [path]), 10)));
      expect(await evidenceOf(db, root)).toMatchObject(whole);
    });

    test('a document made to disclose one path twice keeps what it disclosed first', async () => {
      const { db } = await bench.fresh();
      const [first, second] = [field('owner', 'A'), field('owner', 'B')];
      await putEvidence(db, { fields: [first, { leaf: leafOf(second) }] }, 10);
      const kept = await putEvidence(db, { fields: [{ leaf: leafOf(first) }, second] }, 20);
      expect(kept.fields).toEqual([first, { leaf: leafOf(second) }]);
      expect(evidenceRoot(kept)).toBe(kept.root);
    });

    const pairOf = ([first, second]: EvidenceField[]): Hex =>
      evidenceRoot({ fields: [first, second].map((each) => ({ leaf: leafOf(each as EvidenceField) })) });
    /** The root, and its two children, as if they were hidden fields: whoever knows the leaves can make them. */
    const coarse = () => {
      const sorted = [...whole.fields].sort((a, b) => (leafOf(a) < leafOf(b) ? -1 : 1));
      const halves = [
        [sorted[0], sorted[1]],
        [sorted[2], sorted[3]],
      ] as EvidenceField[][];
      return [[root], halves.map(pairOf)].map((leaves) => ({ fields: leaves.map((leaf) => ({ leaf })) }));
    };

    test('inner nodes that stand for fields keep nothing from being shown, before or after', async () => {
      const { db } = await bench.fresh();
      for (const document of coarse()) expect(evidenceRoot(document)).toBe(root);
      for (const document of coarse()) await putEvidence(db, document, 10);
      await putEvidence(db, disclose(whole, ['lei']), 20);
      for (const document of coarse()) await putEvidence(db, document, 30);
      const kept = await evidenceOf(db, root);
      expect(kept).toEqual({ root, receivedAt: 10, fields: disclose(whole, ['lei']).fields });
    });

    test('a field that was shown beside an inner node stays shown in the whole document', async () => {
      const { db } = await bench.fresh();
      const three: EvidenceDocument = { fields: whole.fields.slice(0, 3) };
      const top = evidenceRoot(three);
      const shown = three.fields.map((alone) => {
        const others = three.fields.filter((other) => other !== alone);
        return { fields: [alone, { leaf: pairOf(others) }] };
      });
      const partial = shown.find((document) => evidenceRoot(document) === top);
      if (!partial) throw new Error('One of three leaves is a child of the root');
      await putEvidence(db, partial, 10);
      const hidden = three.fields.map((each) => ({ leaf: leafOf(each) }));
      const kept = await putEvidence(db, { fields: hidden }, 20);
      expect(kept.fields).toHaveLength(3);
      expect(kept.fields).toContainEqual(partial.fields[0]);
      expect(evidenceRoot(kept)).toBe(top);
    });

    const odd: JsonValue[] = [
      'a\0b',
      '\ud800 \udc00',
      { constructor: ['x'], '\0': { 'a\\b': null } },
      { numbers: [1e21, 5e-324, -0, 0.1, 1.7976931348623157e308] },
    ];
    test.each(odd)('keeps %j as it came', async (value) => {
      const { db } = await bench.fresh();
      const field = { path: 'constructor', value, salt: id('salt') };
      const kept = await putEvidence(db, { fields: [field] }, 10);
      const again = await evidenceOf(db, kept.root);
      expect(evidenceRoot(again ?? { fields: [] })).toBe(kept.root);
      expect((await disclosedOf(db, [kept.root])).get(kept.root)).toHaveProperty('constructor');
    });
  });
}
