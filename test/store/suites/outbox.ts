import { describe, expect, test } from 'vitest';
import type { LedgerEvent } from '../../../src/chain/events.ts';
import type { Refusal } from '../../../src/chain/refusals.ts';
import type { Witness } from '../../../src/chain/witness.ts';
import { evidenceRoot } from '../../../src/protocol/evidence.ts';
import { ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import { birthsOf } from '../../../src/protocol/lots.ts';
import type { Dispatch, Receipt } from '../../../src/protocol/statements.ts';
import { evidenceOf, isRootNamed } from '../../../src/store/evidence.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import { createOutbox, type StatementOutbox } from '../../../src/store/outbox.ts';
import type { Bench } from '../databases.ts';
import { Chain, cobalt, id, identity, output, Story, T0 } from '../ledger.ts';

const LIMIT = 4;
const stale: Refusal = {
  code: 'head-stale',
  class: 'conflict',
  permanent: true,
  detail: 'was\0touched',
  args: {},
};

type StatementEvent = LedgerEvent & { kind: 'statement' };

export function outboxes(bench: Bench) {
  const open = async () => {
    const { db } = await bench.fresh();
    const store = createIndexStore(db);
    await store.bind(identity);
    const [chain, story] = [new Chain(), new Story()];
    const mine = story.facility(story.mine, 1);
    const refinery = story.facility(story.refiner, 4);
    await store.extend([chain.block(mine, refinery)]);
    const way = { consignor: story.mine, consignee: story.refiner, from: mine.id, to: refinery.id };
    const ore = () => {
      const made = story.produce({
        custodian: story.mine,
        facility: mine.id,
        outputs: [output([cobalt(500n)])],
      });
      return { ...made, lot: made.lots[0] ?? ZERO_BYTES32 };
    };
    return { db, store, chain, story, way, ore, outbox: createOutbox(db, LIMIT) };
  };

  describe('accepting statements', () => {
    test('a chain of statements that extend each other before any is recorded', async () => {
      const { outbox, story, way, ore } = await open();
      const born = ore();
      const sent = story.dispatch(way, [{ lot: born.lot, head: born.lot }]);
      const got = story.receive(story.refiner, sent.id, [born.lot]);
      for (const event of [born, sent, got]) expect(await take(outbox, event)).toEqual({ kind: 'accepted' });
      expect(await outbox.headsOf([born.lot, id('unknown')])).toEqual(
        new Map([[born.lot, { head: got.id, status: 'held', custodian: story.refiner, pendingBy: got.id }]]),
      );
      const births = await outbox.birthsOf([born.lot]);
      const [{ lot: _, ...birth } = { lot: born.lot }] = birthsOf(born.id, outputsOf(born));
      expect(births).toEqual(new Map([[born.lot, birth]]));
      expect(await outbox.dispatchOf(sent.id)).toEqual(sent.statement.message);
      expect(await outbox.dispatchOf(born.id)).toBeNull();
      const pending = await outbox.pending(0, 10);
      expect(pending.map((one) => one.id)).toEqual([born.id, sent.id, got.id]);
      expect(pending[1]?.statement).toEqual(sent.statement);
      expect(await outbox.pending(pending[1]?.position ?? 0, 10)).toMatchObject([{ id: got.id }]);
      expect(await outbox.backlog()).toEqual({ open: 3, oldest: T0 });
    });

    test('whose lot it is follows from the last of them', async () => {
      const { outbox, story, way, ore } = await open();
      const born = ore();
      const holders = async () =>
        [...(await outbox.headsOf([born.lot])).values()].map((now) => now.custodian);
      await take(outbox, born);
      expect(await holders()).toEqual([story.mine]);
      const sent = story.dispatch(way, [{ lot: born.lot, head: born.lot }]);
      await take(outbox, sent);
      expect(await holders()).toEqual([story.mine]);
      const { statement, ...refused } = story.receive(story.refiner, sent.id, [born.lot]);
      const message = { ...(statement.message as Receipt), accepted: false };
      const dispatched = sent.statement.message as Dispatch;
      const back = { ...refused, statement: { type: 'Receipt', message } } as StatementEvent;
      await take(outbox, back, [], { dispatched });
      expect(await holders()).toEqual([story.mine]);
    });

    test('is idempotent, and takes no more than the limit', async () => {
      const { outbox, ore } = await open();
      const all = [ore(), ore(), ore(), ore(), ore()];
      const answers = await Promise.all(all.map((event) => take(outbox, event)));
      expect(answers.map(({ kind }) => kind).sort()).toEqual([
        'accepted',
        'accepted',
        'accepted',
        'accepted',
        'full',
      ]);
      const accepted = all.filter((_, index) => answers[index]?.kind === 'accepted');
      for (const event of accepted) expect(await take(outbox, event)).toEqual({ kind: 'known' });
      expect(await outbox.backlog()).toMatchObject({ open: LIMIT });
    });

    test('knows that it is full after it turned one away, until there is room again', async () => {
      const { outbox, ore, store, chain } = await open();
      const all = Array.from({ length: LIMIT + 1 }, ore);
      expect(await outbox.crowded()).toBeNull();
      for (const event of all.slice(0, LIMIT)) await take(outbox, event);
      expect(await outbox.crowded()).toBeNull();
      const full = { open: LIMIT, limit: LIMIT, oldest: T0 };
      expect(await take(outbox, all[LIMIT] as StatementEvent)).toEqual({ kind: 'full', ...full });
      expect(await outbox.crowded()).toEqual(full);
      await store.extend([chain.block(all[1] as StatementEvent)]);
      expect(await outbox.crowded()).toBeNull();
      expect(await take(outbox, all[LIMIT] as StatementEvent)).toEqual({ kind: 'accepted' });
    });

    test('offered together: each is taken as if it came alone', async () => {
      const { outbox, story, way, ore } = await open();
      const born = ore();
      await take(outbox, born);
      const [first, rival] = [1, 2].map(() => story.dispatch(way, [{ lot: born.lot, head: born.lot }]));
      const offered = [first, rival, first, born] as StatementEvent[];
      expect(await Promise.all(offered.map((event) => take(outbox, event)))).toEqual([
        { kind: 'accepted' },
        { kind: 'head-taken', lot: born.lot, by: first?.id },
        { kind: 'known' },
        { kind: 'known' },
      ]);
      expect((await outbox.pending(0, 10)).map(({ id }) => id)).toEqual([born.id, first?.id]);
    });

    test('says what each waits for, what is known, what is open, and whose a facility is', async () => {
      const { outbox, story, way, ore, store, chain } = await open();
      const [born, plant] = [ore(), story.facility(story.refiner, 4)];
      const sent = story.dispatch(way, [{ lot: born.lot, head: born.lot }]);
      for (const event of [born, plant, sent]) await take(outbox, event);
      const waits = async () => (await outbox.pending(0, 10)).map(({ waitsFor }) => waitsFor);
      expect(await waits()).toEqual([[], [], [born.id]]);
      expect(await outbox.operatorsOf([plant.id, way.from, born.id])).toEqual(
        new Map([
          [way.from, story.mine],
          [plant.id, story.refiner],
        ]),
      );
      await store.extend([chain.block(born)]);
      expect(await waits()).toEqual([[], []]);
      const ids = [born.id, sent.id, id('unknown')];
      expect(await Promise.all(ids.map((each) => outbox.knows(each)))).toEqual([true, true, false]);
      expect(await outbox.openAmong(ids)).toEqual(new Set([sent.id]));
    });

    test('two statements cannot extend one head, even when they come at the same time', async () => {
      const { outbox, story, way, ore } = await open();
      const born = ore();
      await take(outbox, born);
      const rivals = [1, 2].map(() => story.dispatch(way, [{ lot: born.lot, head: born.lot }]));
      const answers = await Promise.all(rivals.map((event) => take(outbox, event)));
      const winner = rivals[answers.findIndex(({ kind }) => kind === 'accepted')];
      expect(answers).toContainEqual({ kind: 'head-taken', lot: born.lot, by: winner?.id });
    });

    test('evidence is kept with the statement, and its root counts as named', async () => {
      const { db, outbox, story } = await open();
      const document = { fields: [{ path: 'name', value: 'Mutoshi', salt: id('salt') }] };
      const root = evidenceRoot(document);
      expect(await isRootNamed(db, root)).toBe(false);
      const facility = story.facility(story.mine, 1, root);
      await take(outbox, facility, [document]);
      expect(await isRootNamed(db, root)).toBe(true);
      expect(await evidenceOf(db, root)).toMatchObject({ root, receivedAt: T0 });
    });
  });

  describe('what becomes of a statement', () => {
    test('pending, recorded, dropped by a reorg, recorded again, final', async () => {
      const { outbox, store, chain, story, ore } = await open();
      const event = ore();
      expect(await outbox.statusOf(event.id)).toBeNull();
      await take(outbox, event);
      expect(await outbox.statusOf(event.id)).toMatchObject({
        ...{ status: 'pending', acceptedAt: T0, recordedAt: null, block: null, refusal: null },
        statement: event.statement,
      });
      await store.extend([chain.block(event)]);
      expect(await outbox.statusOf(event.id)).toMatchObject({
        status: 'recorded',
        block: 2,
        recordedAt: T0 + 2,
      });
      expect(await outbox.pending(0, 10)).toEqual([]);
      expect(await take(outbox, event)).toEqual({ kind: 'known' });
      await store.rewind(1);
      expect(await outbox.statusOf(event.id)).toMatchObject({ status: 'pending' });
      expect(await outbox.pending(0, 10)).toMatchObject([{ id: event.id }]);
      expect(await outbox.headsOf([event.lot])).toEqual(
        new Map([
          [event.lot, { head: event.lot, status: 'held', custodian: story.mine, pendingBy: event.id }],
        ]),
      );
      const fork = chain.fork(1, 'fork');
      await store.extend([fork.block(), fork.block(event)]);
      await store.finalize(3);
      expect(await outbox.statusOf(event.id)).toMatchObject({ status: 'final', block: 3, acceptedAt: T0 });
      expect(await outbox.headsOf([event.lot])).toMatchObject(new Map([[event.lot, { pendingBy: null }]]));
      expect(await outbox.progress()).toEqual({ indexed: 3, finalized: 3 });
    });

    test('what others sent straight to the chain has a status too', async () => {
      const { outbox, store, chain, ore } = await open();
      const event = ore();
      await store.extend([chain.block(event)]);
      expect(await outbox.statusOf(event.id)).toMatchObject({ status: 'recorded', acceptedAt: null });
      expect(await take(outbox, event)).toEqual({ kind: 'known' });
      expect(await outbox.birthsOf([event.lot])).toMatchObject(
        new Map([[event.lot, { production: event.id, index: 0 }]]),
      );
    });

    test('a refusal is noted, forgotten, noted again, and final; then the statement may come again', async () => {
      const { outbox, story, way, ore } = await open();
      const born = ore();
      await take(outbox, born);
      const sent = story.dispatch(way, [{ lot: born.lot, head: born.lot }]);
      await take(outbox, sent);
      await outbox.noteRefusal(sent.id, stale, 7);
      const refusal = { code: stale.code, detail: stale.detail, permanent: true };
      expect(await outbox.statusOf(sent.id)).toMatchObject({ status: 'pending', refusal });
      expect((await outbox.pending(0, 10))[1]?.refused).toEqual({ code: 'head-stale', block: 7 });
      await outbox.clearRefusal(sent.id);
      expect(await outbox.statusOf(sent.id)).toMatchObject({ status: 'pending', refusal: null });
      expect(await outbox.reject(sent.id, stale, 9, T0 + 5)).toBe(true);
      expect(await outbox.reject(sent.id, stale, 9, T0 + 5)).toBe(false);
      expect(await outbox.statusOf(sent.id)).toMatchObject({ status: 'rejected', refusal });
      expect(await outbox.headsOf([born.lot])).toMatchObject(new Map([[born.lot, { head: born.lot }]]));
      const other = story.dispatch(way, [{ lot: born.lot, head: born.lot }]);
      expect(await take(outbox, other)).toEqual({ kind: 'accepted' });
      expect(await take(outbox, sent)).toEqual({ kind: 'head-taken', lot: born.lot, by: other.id });
      await outbox.reject(other.id, stale, 9, T0 + 5);
      expect(await take(outbox, sent)).toEqual({ kind: 'accepted' });
      expect(await outbox.statusOf(sent.id)).toMatchObject({ status: 'pending', refusal: null });
    });

    test('a recorded statement is not rejected; one that was rejected and is recorded all the same is recorded', async () => {
      const { outbox, store, chain, ore } = await open();
      const [first, second] = [ore(), ore()];
      await take(outbox, first);
      await take(outbox, second);
      await outbox.reject(second.id, stale, 1, T0);
      await store.extend([chain.block(first, second)]);
      expect(await outbox.reject(first.id, stale, 1, T0)).toBe(false);
      expect(await outbox.statusOf(first.id)).toMatchObject({ status: 'recorded' });
      expect(await outbox.statusOf(second.id)).toMatchObject({ status: 'recorded', refusal: null });
    });

    test('a statement that somebody else overtook on the chain makes no head', async () => {
      const { outbox, store, chain, story, way, ore } = await open();
      const born = ore();
      await store.extend([chain.block(born)]);
      const mine = story.dispatch(way, [{ lot: born.lot, head: born.lot }]);
      const theirs = story.dispatch(way, [{ lot: born.lot, head: born.lot }]);
      await take(outbox, mine);
      await store.extend([chain.block(theirs)]);
      const now = { head: theirs.id, status: 'in-transit', custodian: story.mine, pendingBy: null };
      expect(await outbox.headsOf([born.lot])).toEqual(new Map([[born.lot, now]]));
    });

    test('an empty index is at -1', async () => {
      const { db } = await bench.fresh();
      expect(await createOutbox(db, 1).progress()).toEqual({ indexed: -1, finalized: -1 });
    });
  });
}

function outputsOf({ statement }: StatementEvent) {
  return statement.type === 'Production' ? statement.message.outputs : [];
}

function take(
  outbox: StatementOutbox,
  { id, statement, signature }: StatementEvent,
  evidence: Parameters<StatementOutbox['accept']>[0]['evidence'] = [],
  witness: Witness = {},
) {
  return outbox.accept({ id, statement, signature, witness, evidence, at: T0 });
}
