import { describe, expect, test } from 'vitest';
import { evidenceRoot } from '../../../src/protocol/evidence.ts';
import { type Hex, partySubject, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import type { History } from '../../../src/provenance/history.ts';
import { putEvidence } from '../../../src/store/evidence.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import { ancestorsOf } from '../../../src/store/queries/ancestry.ts';
import { listAttestations } from '../../../src/store/queries/attestations.ts';
import { listFacilities } from '../../../src/store/queries/facilities.ts';
import { indexHead } from '../../../src/store/queries/head.ts';
import { HistoryTooLarge, historyOf } from '../../../src/store/queries/history.ts';
import { listLots } from '../../../src/store/queries/lots.ts';
import type { LotFilter } from '../../../src/store/queries/lots-found.ts';
import { CursorInvalid, type Page, type PageRequest } from '../../../src/store/queries/page.ts';
import { listParties } from '../../../src/store/queries/parties.ts';
import type { Bench } from '../databases.ts';
import { account, Chain, cobalt, id, identity, output, Story, T0 } from '../ledger.ts';

async function allPages<Row>(list: (page: PageRequest) => Promise<Page<Row>>, limit: number): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit, cursor });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    rows.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

export function reading(bench: Bench) {
  const open = async () => {
    const { db } = await bench.fresh();
    const store = createIndexStore(db);
    await store.bind(identity);
    return { db, store, chain: new Chain(), story: new Story() };
  };

  describe('lists', () => {
    test('lots page by page, newest first, narrowed', async () => {
      const { db, store, chain, story } = await open();
      const mine = story.facility(story.mine, 1);
      const refinery = story.facility(story.refiner, 4);
      const nickel = { material: 28, recycled: false, milligrams: 5n };
      const outputs = [output([cobalt(1n)]), output([cobalt(2n), nickel]), output([nickel])];
      const made = [1, 2, 3, 4].map(() =>
        story.produce({ custodian: story.mine, facility: mine.id, outputs }),
      );
      const way = { consignor: story.mine, consignee: story.refiner, from: mine.id, to: refinery.id };
      const sentLots = made[1]?.lots ?? [];
      const sent = story.dispatch(
        way,
        sentLots.map((lot) => ({ lot, head: lot })),
      );
      const got = story.receive(story.refiner, sent.id, sentLots.slice(0, 2));
      await store.extend([
        chain.block(mine, refinery, ...made.slice(0, 2)),
        chain.block(...made.slice(2), sent, got),
      ]);

      const newestFirst = made.flatMap(({ lots }) => lots).reverse();
      const list = (filter: LotFilter) => (page: PageRequest) => listLots(db, filter, page);
      for (const limit of [1, 3, 5, 12, 100])
        expect((await allPages(list({}), limit)).map(({ lot }) => lot)).toEqual(newestFirst);
      const idsOf = async (filter: LotFilter) => (await allPages(list(filter), 2)).map(({ lot }) => lot);
      const [first, second, third] = sentLots;
      expect(await idsOf({ custodian: story.refiner })).toEqual([second, first]);
      expect(await idsOf({ status: 'in-transit' })).toEqual([third]);
      expect(await idsOf({ facility: refinery.id })).toEqual([third, second, first]);
      expect(await idsOf({ facility: refinery.id, bornAt: mine.id, material: 28 })).toEqual([third, second]);
      expect(await idsOf({ custodian: story.mine, status: 'held', material: 27 })).toHaveLength(6);
      expect(await idsOf({ material: 3 })).toEqual([]);
      for (const cursor of ['', 'x', '1', '1.2.3', '-1.0', '1.5.0', '01.2', '9007199254740993.1'])
        await expect(listLots(db, {}, { limit: 1, cursor })).rejects.toThrow(CursorInvalid);
      expect(await idsOf({ status: 'held' })).toHaveLength(11);
    });

    test('parties, facilities and attestations page by page, with what their evidence discloses', async () => {
      const { db, store, chain, story } = await open();
      const document = { fields: [{ path: 'legalName', value: 'Kamoto', salt: id('salt') }] };
      const root = evidenceRoot(document);
      await putEvidence(db, document, T0);
      const parties = ['a', 'b', 'c', 'd', 'e'].map((name) => account(name));
      const facilities = parties.map((party, index) => story.facility(party, 1 + (index % 2), root));
      const attestations = [1, 2, 3].map(() => story.attest(facilities[0]?.id ?? root, { scheme: 'a\0b' }));
      await store.extend([chain.block(...parties.map((party) => story.admit(party, root)))]);
      await store.extend([chain.block(...facilities), chain.block(...attestations)]);
      await store.finalize(2);

      const listed = await allPages((page) => listParties(db, page), 2);
      expect(listed.map(({ party }) => party)).toEqual(parties.toReversed());
      expect(listed[0]).toMatchObject({ standing: 'admitted', disclosed: { legalName: 'Kamoto' } });
      const mines = await allPages((page) => listFacilities(db, { kind: 'mine', country: 180 }, page), 2);
      expect(mines.map(({ operator }) => operator)).toEqual([parties[4], parties[2], parties[0]]);
      expect(mines[0]).toMatchObject({ final: true, disclosed: { legalName: 'Kamoto' } });
      const filter = { scheme: 'a\0b', auditor: story.auditor, subject: facilities[0]?.id };
      const attested = await allPages((page) => listAttestations(db, filter, page), 2);
      expect(attested.map((one) => one.id)).toEqual(attestations.map((one) => one.id).reverse());
      expect(attested[0]).toMatchObject({ final: false, subjectKind: 'facility' });
      expect(await indexHead(db)).toMatchObject({ number: 3, time: T0 + 3, finalized: 2 });
    });
  });

  describe('the history of a lot', () => {
    test('holds the whole ancestry, journeys, sites, parties, attestations, and what is disclosed', async () => {
      const { db, store, chain, story } = await open();
      const document = { fields: [{ path: 'name', value: 'Mutoshi', salt: id('salt') }] };
      const root = evidenceRoot(document);
      await putEvidence(db, document, T0);
      const mine = story.facility(story.mine, 1, root);
      const refinery = story.facility(story.refiner, 4);
      const at = { custodian: story.mine, facility: mine.id };
      const ore = story.produce({ ...at, outputs: [output([cobalt(500n)]), output([cobalt(5n)])] });
      const [lot = ZERO_BYTES32, sibling = ZERO_BYTES32] = ore.lots;
      const unrelated = story.produce({ ...at, outputs: [output([cobalt(9n)])] });
      const way = { consignor: story.mine, consignee: story.refiner, from: mine.id, to: refinery.id };
      const sent = story.dispatch(way, [{ lot, head: lot }]);
      const got = story.receive(story.refiner, sent.id, [lot], { milligrams: 1_400n });
      const inputs = [{ lot, head: got.id }];
      const outputs = [output([cobalt(499n)])];
      const refined = story.produce({
        custodian: story.refiner,
        facility: refinery.id,
        process: 6,
        inputs,
        outputs,
      });
      const [made = ZERO_BYTES32] = refined.lots;
      const overseer = account('overseer');
      const attested = [mine.id, sibling, partySubject(story.refiner)].map((subject) =>
        story.attest(subject),
      );
      const onAuditor = story.attest(partySubject(story.auditor), { auditor: overseer, outcome: 3 });
      const elsewhere = story.attest(unrelated.lots[0] ?? lot);
      const admitted = [story.mine, story.refiner, story.auditor, overseer].map((party) =>
        story.admit(party),
      );
      await store.extend([
        chain.block(...admitted, mine, refinery, ore, unrelated),
        chain.block(sent, got, refined, ...attested, onAuditor, elsewhere),
      ]);

      const history: History | null = await historyOf(db, made);
      expect(history).toMatchObject({
        ledger: { chainId: identity.chainId, address: identity.ledger },
        asOf: { block: 2, time: T0 + 2 },
        state: { status: 'held', custodian: story.refiner, facility: refinery.id },
      });
      expect(new Set(history?.productions.keys())).toEqual(new Set([refined.id, ore.id]));
      expect(history?.productions.get(refined.id)?.inputs).toEqual([lot]);
      expect(new Set(history?.lots.keys())).toEqual(new Set([lot, sibling, made]));
      expect(history?.lots.get(lot)).toMatchObject({ index: 0, content: [cobalt(500n)] });
      expect([...(history?.legs.keys() ?? [])]).toEqual([lot]);
      expect(history?.legs.get(lot)).toMatchObject([
        {
          dispatch: sent.id,
          mode: 'road',
          to: refinery.id,
          receipt: { id: got.id, kind: 'accept', weighed: 1_400n },
        },
      ]);
      const parties = new Set<Hex>([story.mine, story.refiner, story.auditor, overseer]);
      expect(new Set(history?.parties.keys())).toEqual(parties);
      const found = history?.attestations.map((one) => one.id);
      expect(new Set(found)).toEqual(new Set([...attested, onAuditor].map((one) => one.id)));
      expect(history?.disclosed.get(root)).toEqual({ name: 'Mutoshi' });
      await expect(historyOf(db, made, 1)).rejects.toThrow(HistoryTooLarge);
      expect(await historyOf(db, id('unknown'))).toBeNull();
    });

    test('a stock that rolls on for 300 productions, each with a delivery, is read whole', async () => {
      const { db, store, chain, story } = await open();
      const plant = story.facility(story.refiner, 4);
      const at = { custodian: story.refiner, facility: plant.id };
      const first = story.produce({ ...at, process: 3, outputs: [output([cobalt(100n)])] });
      let [stock = ZERO_BYTES32] = first.lots;
      const events = [first];
      for (let step = 0; step < 300; step += 1) {
        const delivery = story.produce({ ...at, process: 3, outputs: [output([cobalt(10n)])] });
        const inputs = [stock, ...delivery.lots].map((lot) => ({ lot, head: lot }));
        const rolled = story.produce({ ...at, process: 7, inputs, outputs: [output([cobalt(100n)])] });
        [stock = ZERO_BYTES32] = rolled.lots;
        events.push(delivery, rolled);
      }
      await store.extend([chain.block(plant, ...events)]);
      expect((await historyOf(db, stock))?.productions.size).toBe(601);
      const ancestry = await ancestorsOf(db, stock, 1_000);
      expect(ancestry?.nodes.at(-1)?.depth).toBe(300);
      expect(ancestry).toMatchObject({ truncated: false });
      expect(ancestry?.edges).toHaveLength(600);
      expect((await ancestorsOf(db, stock, 5))?.nodes.map(({ depth }) => depth)).toEqual([0, 1, 1, 2, 2]);
    }, 120_000);
  });
}
