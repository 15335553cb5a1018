import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../src/protocol/evidence.ts';
import type { Hex } from '../../../src/protocol/hex.ts';
import type { History } from '../../../src/provenance/history.ts';
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
import { Chain, identity } from '../ledger.ts';
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
  });
}
