import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../src/protocol/evidence.ts';
import type { Hex } from '../../../src/protocol/hex.ts';
import type { History } from '../../../src/provenance/history.ts';
import { routeKey } from '../../../src/provenance/passages.ts';
import { historyProblems } from '../../../src/provenance/whole.ts';
import { fillGists } from '../../../src/store/evidence.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import { digestOf } from '../../../src/store/queries/digest.ts';
import { attestedLotsOf, eventsOf } from '../../../src/store/queries/events.ts';
import { historyOf } from '../../../src/store/queries/history.ts';
import type { Db } from '../../../src/store/schema.ts';
import { bytes, json } from '../../../src/store/values.ts';
import { certify, certifyDigest } from '../../../src/verification/certify.ts';
import type { Digest } from '../../../src/verification/digest.ts';
import { hangsOn } from '../../../src/verification/moments.ts';
import { expectNoMore, expectSameMasses, gist } from '../../verification/agreeing.ts';
import { digestOf as digestOfHistory } from '../../verification/digest-of.ts';
import { everyNewRule } from '../../verification/rules.ts';
import { highRisk, policyWith } from '../../verification/story.ts';
import type { Bench } from '../databases.ts';
import { Chain, cobalt, identity, output, Story } from '../ledger.ts';
import { RandomEvents } from '../random-events.ts';

const SHOWN: readonly Record<string, JsonValue>[] = [
  { transitCountries: ['ZM', 'CD'] },
  { transitCountries: ['ML'] },
  { transitCountries: [], 'documents[3].sha256': 'ab'.repeat(32), carrier: 'a' },
  { carrier: 'nobody' },
];

/** Some of the dispatches' documents are shown, in ways that answer and in ways that do not. */
async function show(db: Db, picks: readonly number[]): Promise<void> {
  const dispatches = await db.selectFrom('dispatch').select('evidence').orderBy('seq').execute();
  for (const [index, pick] of picks.entries()) {
    const root = dispatches[index]?.evidence;
    const fields = Object.entries(SHOWN[pick] ?? {}).map(([path, value]) => ({
      path,
      value,
      salt: `0x${'1'.repeat(64)}`,
    }));
    if (root && fields.length > 0)
      await db
        .insertInto('evidence')
        .values({ root: bytes(root), fields: json(fields), received_at: 1 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  }
  await fillGists(db);
}

async function lotsIn(db: Db): Promise<Hex[]> {
  const rows = await db.selectFrom('lot').select('id').orderBy('seq').orderBy('output').execute();
  return rows.map(({ id }) => id);
}

export function digests(bench: Bench) {
  const policies = [policyWith([highRisk]), policyWith([]), everyNewRule];
  const choices = fc.record({
    blocks: fc.array(fc.array(fc.nat(100_000), { maxLength: 6 }), { minLength: 5, maxLength: 14 }),
    shown: fc.array(fc.nat({ max: 6 }), { maxLength: 8 }),
    policy: fc.nat({ max: 2 }),
  });

  describe('a long history', () => {
    test('is told by site with the same answers as step by step, and with events where it hangs on them', async () => {
      const seen = { exact: 0, hangs: 0 };
      await fc.assert(
        fc.asyncProperty(choices, async ({ blocks, shown, policy: which }) => {
          const policy = policies[which] as (typeof policies)[number];
          const { db } = await bench.fresh();
          const store = createIndexStore(db);
          await store.bind(identity);
          const [chain, events] = [new Chain(), new RandomEvents('digests')];
          chain.block(...events.opening());
          for (const block of blocks) chain.block(...block.map((choice) => events.next(choice)));
          await store.extend(chain.blocks);
          await show(db, shown);
          for (const lot of (await lotsIn(db)).slice(-4)) {
            const history = (await historyOf(db, lot)) as unknown as History;
            if (historyProblems(history).length > 0) continue;
            const whole = certify(history, policy);
            const digest = (await digestOf(db, lot)) as Digest;
            expect(digest.lot.made.passages).toEqual(digestOfHistory(history).lot.made.passages);
            const { routes } = digestOfHistory(history).attestedLots;
            expect(routes.isSubsetOf(digest.attestedLots.routes)).toBe(true);
            const told = certifyDigest(digest, policy);
            if (told.isExact) {
              seen.exact += 1;
              expect(gist(told.certificate)).toEqual(gist(whole));
              expectSameMasses(whole, told.certificate);
            } else seen.hangs += 1;
            const asked = await eventsOf(db, lot, hangsOn(history, policy));
            const attestedLots = await attestedLotsOf(db, lot);
            const full = {
              ...digest,
              history: { ...digest.history, lots: history.lots, attestations: history.attestations },
              events: { ...asked, attestedLots },
            };
            const answered = certifyDigest(full, policy).certificate;
            expect(gist(answered)).toEqual(gist(whole));
            expectNoMore(whole, answered);
          }
        }),
        { numRuns: 12, endOnFailure: true },
      );
      expect(seen.exact + seen.hangs).toBeGreaterThan(2);
    }, 240_000);

    test('knows on which routes attested lots travelled, whichever came first, and no more after a fork', async () => {
      const { db } = await bench.fresh();
      const store = createIndexStore(db);
      await store.bind(identity);
      const [chain, story] = [new Chain(), new Story()];
      const [mine, other, plant] = [
        story.facility(story.mine, 1),
        story.facility(story.mine, 1),
        story.facility(story.refiner, 4),
      ];
      const deliver = (from: Hex, attestedBefore: boolean) => {
        const outputs = [output([cobalt(5_000n)])];
        const made = story.produce({ custodian: story.mine, facility: from, outputs });
        const [lot] = made.lots as [Hex];
        const before = attestedBefore ? [story.attest(lot)] : [];
        const way = { consignor: story.mine, consignee: story.refiner, from, to: plant.id };
        const sent = story.dispatch(way, [{ lot, head: lot }]);
        const received = story.receive(story.refiner, sent.id, [lot]);
        return { lot, head: received.id, events: [made, ...before, sent, received] };
      };
      const [first, second] = [deliver(mine.id, true), deliver(other.id, false)];
      const blended = story.produce({
        custodian: story.refiner,
        facility: plant.id,
        process: 5,
        inputs: [first, second].map(({ lot, head }) => ({ lot, head })),
        outputs: [output([cobalt(10_000n)])],
      });
      chain.block(...[story.admit(story.mine), story.admit(story.refiner), mine, other, plant]);
      for (const event of [...first.events, ...second.events, blended]) chain.block(event);
      const head = chain.blocks.length;
      chain.block(story.attest(second.lot));
      for (const block of chain.blocks) await store.extend([block]);
      const routes = async () =>
        [...((await digestOf(db, blended.lots[0] as Hex)) as Digest).attestedLots.routes].sort();
      const [one, two] = [mine, other].map(({ id }) => routeKey({ from: id, to: plant.id })) as [
        string,
        string,
      ];
      expect(await routes()).toEqual([one, two].sort());
      await store.rewind(chain.blocks[head - 1]?.number ?? 0);
      expect(await routes()).toEqual([one]);
    });
  });
}
