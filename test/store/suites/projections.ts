import { describe, expect, test } from 'vitest';
import { ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import { MAX_MILLIGRAMS } from '../../../src/protocol/mass.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import { ancestorsOf, descendantsOf } from '../../../src/store/queries/ancestry.ts';
import { attestationById } from '../../../src/store/queries/attestations.ts';
import { quotasOf } from '../../../src/store/queries/facilities.ts';
import { lotHistory } from '../../../src/store/queries/lot-history.ts';
import { lotById } from '../../../src/store/queries/lots.ts';
import { partyById } from '../../../src/store/queries/parties.ts';
import type { Bench } from '../databases.ts';
import { Chain, cobalt, id, identity, output, Story, T0 } from '../ledger.ts';

export function projections(bench: Bench) {
  const open = async () => {
    const { db } = await bench.fresh();
    const store = createIndexStore(db);
    await store.bind(identity);
    return { db, store };
  };

  describe('what each kind of event does to the tables', () => {
    test('a lot is born, travels, is received, weighed, and spent', async () => {
      const { db, store } = await open();
      const [chain, story] = [new Chain(), new Story()];
      const mine = story.facility(story.mine, 1);
      const refinery = story.facility(story.refiner, 4);
      const ore = story.produce({
        custodian: story.mine,
        facility: mine.id,
        outputs: [output([cobalt(500n)])],
      });
      const [lot = ZERO_BYTES32] = ore.lots;
      const way = { consignor: story.mine, consignee: story.refiner, from: mine.id, to: refinery.id };
      const sent = story.dispatch(way, [{ lot, head: lot }]);
      const got = story.receive(story.refiner, sent.id, [lot], { milligrams: 1_499n });
      const refined = story.produce({
        custodian: story.refiner,
        facility: refinery.id,
        process: 6,
        inputs: [{ lot, head: got.id }],
        outputs: [output([cobalt(499n)])],
      });
      await store.extend([chain.block(mine, refinery)]);
      await store.extend([chain.block(ore)]);
      expect(await lotById(db, lot)).toMatchObject({
        status: 'held',
        head: lot,
        facility: mine.id,
        weighed: null,
      });
      await store.extend([chain.block(sent)]);
      expect(await lotById(db, lot)).toMatchObject({
        status: 'in-transit',
        head: sent.id,
        custodian: story.mine,
        facility: refinery.id,
        transit: { dispatch: sent.id, mode: 'road', consignee: story.refiner },
      });
      await store.extend([chain.block(got)]);
      expect(await lotById(db, lot)).toMatchObject({
        status: 'held',
        custodian: story.refiner,
        weighed: 1_499n,
      });
      await store.extend([chain.block(refined)]);

      const detail = await lotById(db, lot);
      expect(detail).toMatchObject({
        status: 'spent',
        spentBy: refined.id,
        head: refined.id,
        content: [cobalt(500n)],
      });
      expect(detail?.made).toMatchObject({ id: ore.id, process: 'extract', outputs: [lot], inputs: [] });
      const history = await lotHistory(db, lot);
      expect(history.map(({ kind, status, block }) => [kind, status, block])).toEqual([
        ['birth', 'held', 2],
        ['dispatch', 'in-transit', 3],
        ['accept', 'held', 4],
        ['spend', 'spent', 5],
      ]);
      expect((await lotById(db, refined.lots[0] ?? lot))?.made.inputs).toEqual([{ lot, head: got.id }]);
    });

    test('the same within one block, in the order of events', async () => {
      const { db, store } = await open();
      const [chain, story] = [new Chain(), new Story()];
      const mine = story.facility(story.mine, 1);
      const refinery = story.facility(story.refiner, 4);
      const ore = story.produce({
        custodian: story.mine,
        facility: mine.id,
        outputs: [output([cobalt(500n)])],
      });
      const [lot = ZERO_BYTES32] = ore.lots;
      const way = { consignor: story.mine, consignee: story.refiner, from: mine.id, to: refinery.id };
      const sent = story.dispatch(way, [{ lot, head: lot }]);
      const refused = story.receive(story.refiner, sent.id, [lot], { accepted: false });
      const again = story.dispatch(way, [{ lot, head: refused.id }]);
      const recalled = story.receive(story.mine, again.id, [lot], { accepted: false });
      const outputs = [output([cobalt(200n)]), output([cobalt(300n)])];
      const split = story.produce({
        custodian: story.mine,
        facility: mine.id,
        process: 8,
        inputs: [{ lot, head: recalled.id }],
        outputs,
      });
      await store.extend([chain.block(mine, refinery, ore, sent, refused, again, recalled, split)]);

      const history = await lotHistory(db, lot);
      expect(history.map(({ kind, custodian, facility }) => [kind, custodian, facility])).toEqual([
        ['birth', story.mine, mine.id],
        ['dispatch', story.mine, refinery.id],
        ['refuse', story.mine, mine.id],
        ['dispatch', story.mine, refinery.id],
        ['recall', story.mine, mine.id],
        ['spend', story.mine, mine.id],
      ]);
      const down = await descendantsOf(db, lot, 10);
      expect(down?.nodes.map(({ lot, depth }) => [lot, depth])).toEqual([
        [lot, 0],
        ...split.lots.toSorted().map((part) => [part, 1]),
      ]);
      const up = await ancestorsOf(db, split.lots[1] ?? lot, 1);
      expect(up).toMatchObject({ truncated: true, edges: [] });
    });

    test('acts: standing, accreditations that end and start again, quotas granted and used', async () => {
      const { db, store } = await open();
      const [chain, story] = [new Chain(), new Story()];
      const mine = story.facility(story.mine, 1);
      const year = 2026;
      const grant = { kind: 'quota', facility: mine.id, material: 27, recycled: false, year } as const;
      const accreditation = { kind: 'accreditation', auditor: story.auditor, scheme: 'RMAP' } as const;
      const evidence = ZERO_BYTES32;
      await store.extend([
        chain.block(
          story.admit(story.mine, id('who')),
          { ...grant, milligrams: 100n, evidence },
          { ...grant, milligrams: MAX_MILLIGRAMS, evidence: id('grant') },
          { ...grant, milligrams: 5n, year: 2027, evidence },
          { ...accreditation, act: 'accredit', evidence },
          { ...accreditation, act: 'withdraw', evidence },
          { ...accreditation, act: 'accredit', evidence },
          { kind: 'party', act: 'suspend', party: story.mine, evidence },
          mine,
          story.produce({ custodian: story.mine, facility: mine.id, outputs: [output([cobalt(30n)])] }),
          story.produce({ custodian: story.mine, facility: mine.id, outputs: [output([cobalt(12n)])] }),
          story.produce({
            custodian: story.mine,
            facility: mine.id,
            process: 3,
            outputs: [output([cobalt(7n)])],
          }),
          story.admit(story.auditor),
        ),
      ]);
      const party = await partyById(db, story.mine);
      expect(party).toMatchObject({ standing: 'suspended', evidence: id('who'), facilities: [mine.id] });
      expect(party?.acts.map(({ act }) => act)).toEqual(['admit', 'suspend']);
      const auditor = await partyById(db, story.auditor);
      expect(auditor?.accreditations.map(({ until }) => until)).toEqual([T0 + 1, null]);
      expect(await quotasOf(db, mine.id)).toEqual([
        { material: 27, recycled: false, year: 2027, granted: 5n, used: 0n, evidence, recordedAt: T0 + 1 },
        {
          ...{ material: 27, recycled: false, year, granted: MAX_MILLIGRAMS, used: 42n },
          ...{ evidence: id('grant'), recordedAt: T0 + 1 },
        },
      ]);
    });

    test('what a recycler turns from primary into recycled uses its quota; what was recycled does not', async () => {
      const { db, store } = await open();
      const [chain, story] = [new Chain(), new Story()];
      const plant = story.facility(story.refiner, 6);
      const at = { custodian: story.refiner, facility: plant.id };
      const scrap = story.produce({ ...at, process: 2, outputs: [output([cobalt(40n, true)])] });
      const stock = story.produce({ ...at, process: 3, outputs: [output([cobalt(60n)])] });
      const inputs = [...scrap.lots, ...stock.lots].map((lot) => ({ lot, head: lot }));
      const made = story.produce({
        ...at,
        process: 12,
        inputs,
        outputs: [output([cobalt(20n), cobalt(75n, true)])],
      });
      const milligrams = 1_000n;
      const grant = {
        kind: 'quota',
        facility: plant.id,
        material: 27,
        recycled: true,
        year: 2026,
        milligrams,
      } as const;
      await store.extend([chain.block(plant, { ...grant, evidence: ZERO_BYTES32 }, scrap, stock, made)]);
      expect(await quotasOf(db, plant.id)).toMatchObject([{ granted: 1_000n, used: 40n + 35n }]);
    });

    test('an attestation ends at the earliest of its revocations', async () => {
      const { db, store } = await open();
      const [chain, story] = [new Chain(), new Story()];
      const mine = story.facility(story.mine, 1);
      const attested = story.attest(mine.id, { validUntil: T0 + 9_000 });
      const revoked = [T0 + 8_000, T0 + 5_000].map((at) => story.revoke(attested.id, at));
      const accredit = {
        kind: 'accreditation',
        act: 'accredit',
        auditor: story.auditor,
        scheme: 'RMAP',
      } as const;
      await store.extend([chain.block(mine, { ...accredit, evidence: ZERO_BYTES32 }, attested, ...revoked)]);
      expect(await attestationById(db, attested.id)).toMatchObject({
        subjectKind: 'facility',
        endsAt: T0 + 5_000,
        accreditedNow: true,
        revocations: revoked.map((revocation) => ({ id: revocation.id })),
      });
    });
  });
}
