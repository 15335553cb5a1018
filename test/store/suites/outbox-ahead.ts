import { describe, expect, test } from 'vitest';
import type { LedgerEvent } from '../../../src/chain/events.ts';
import type { Witness } from '../../../src/chain/witness.ts';
import { type Hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import type { Production } from '../../../src/protocol/statements.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import { createOutbox } from '../../../src/store/outbox.ts';
import type { Bench } from '../databases.ts';
import { account, Chain, cobalt, id, identity, output, Story, T0 } from '../ledger.ts';

type StatementEvent = LedgerEvent & { kind: 'statement' };

export function outboxesAhead(bench: Bench) {
  const open = async () => {
    const { db } = await bench.fresh();
    const store = createIndexStore(db);
    await store.bind(identity);
    const [chain, story, outbox] = [new Chain(), new Story(), createOutbox(db, 20)];
    const mine = story.facility(story.mine, 1);
    await store.extend([chain.block(mine)]);
    const at = { custodian: story.mine, facility: mine.id };
    const ore = story.produce({ ...at, outputs: [output([cobalt(500n)])] });
    const [lot = ZERO_BYTES32] = ore.lots;
    const split = (head: Hex) => {
      const outputs = [output([cobalt(250n)]), output([cobalt(250n)])];
      return story.produce({ ...at, process: 8, inputs: [{ lot, head }], outputs });
    };
    const take = ({ id, statement, signature }: StatementEvent, witness: Witness = {}) =>
      outbox.accept({ id, statement, signature, witness, evidence: [], at: T0 });
    const correct = (made: StatementEvent) => ({
      event: story.correct(story.mine, made.id),
      witness: { corrected: made.statement.message as Production },
    });
    return { store, chain, story, outbox, mine, ore, lot, split, take, correct };
  };

  describe('corrections that are accepted, and not recorded yet', () => {
    test('give lots back and make others void, one after the other', async () => {
      const { story, outbox, ore, lot, split, take, correct } = await open();
      const headOf = async (one: Hex) => (await outbox.headsOf([one])).get(one);
      const made = split(lot);
      const [half = ZERO_BYTES32] = made.lots;
      await take(ore);
      await take(made);
      expect(await headOf(lot)).toMatchObject({ status: 'spent', head: made.id });
      const first = correct(made);
      expect(await take(first.event, first.witness)).toEqual({ kind: 'accepted' });
      const restored = { status: 'held', head: first.event.id, custodian: story.mine };
      expect(await headOf(lot)).toEqual({ ...restored, pendingBy: first.event.id });
      expect(await headOf(half)).toMatchObject({ status: 'void', custodian: story.mine });

      // The ore was spent and given back: its own production can still be corrected, and extends the head of now.
      const whole = correct(ore);
      expect(await take(whole.event, whole.witness)).toEqual({ kind: 'accepted' });
      expect(await headOf(lot)).toMatchObject({ status: 'void', head: whole.event.id });
    });

    test('hold what they undo: nothing else extends it, and they extend nothing that is taken', async () => {
      const { store, chain, story, ore, lot, split, take, correct } = await open();
      const made = split(lot);
      const [half = ZERO_BYTES32] = made.lots;
      await store.extend([chain.block(ore, made)]);
      const first = correct(made);
      await take(first.event, first.witness);
      const second = correct(made);
      expect(await take(second.event, second.witness)).toMatchObject({
        kind: 'head-taken',
        by: first.event.id,
      });
      const retired = story.produce({
        ...{ custodian: story.mine, facility: id('anywhere'), process: 13, outputs: [] },
        inputs: [{ lot: half, head: half }],
      });
      expect(await take(retired)).toEqual({ kind: 'head-taken', lot: half, by: first.event.id });
    });

    test('and once they are recorded, final, or taken back with their block', async () => {
      const { store, chain, outbox, ore, lot, split, take, correct } = await open();
      const made = split(lot);
      await store.extend([chain.block(ore, made)]);
      const { event, witness } = correct(made);
      await take(event, witness);
      await store.extend([chain.block(event)]);
      expect(await outbox.headsOf([lot])).toMatchObject(
        new Map([[lot, { head: event.id, pendingBy: null }]]),
      );
      await store.rewind(2);
      expect(await outbox.headsOf([lot])).toMatchObject(
        new Map([[lot, { head: event.id, status: 'held', pendingBy: event.id }]]),
      );
      expect((await outbox.pending(0, 9))[0]?.witness).toEqual(witness);
      await store.extend([chain.fork(2, 'fork').block(event)]);
      await store.finalize(3);
      expect(await outbox.headsOf([lot])).toMatchObject(
        new Map([[lot, { head: event.id, pendingBy: null }]]),
      );
      expect(await outbox.backlog()).toMatchObject({ open: 0 });
    });
  });

  describe('what the next statement has to name', () => {
    test('the tail of a log, over what is recorded and what is accepted', async () => {
      const { store, chain, story, outbox, lot, take } = await open();
      const log = { observer: story.mine, device: account('truck'), subject: lot };
      expect(await outbox.tailOf(log)).toBe(ZERO_BYTES32);
      const one = story.observe(log);
      const two = story.observe(log, { previous: one.id });
      await store.extend([chain.block(one)]);
      expect(await outbox.tailOf(log)).toBe(one.id);
      await take(two);
      expect(await outbox.tailOf(log)).toBe(two.id);
      const rival = story.observe(log, { previous: one.id, count: 1 });
      expect(await take(rival)).toMatchObject({ kind: 'head-taken', by: two.id });
      const three = story.observe(log, { previous: two.id });
      await take(three);
      expect(await outbox.tailOf(log)).toBe(three.id);
      expect(await outbox.tailOf({ ...log, device: account('other') })).toBe(ZERO_BYTES32);
      await store.extend([chain.block(two)]);
      expect(await outbox.tailOf(log)).toBe(three.id);
    });

    test('a witness whole, recorded or accepted; and what else an author has sent', async () => {
      const { store, chain, story, outbox, mine, ore, take } = await open();
      const attested = story.attest(mine.id);
      await store.extend([chain.block(ore)]);
      await take(attested);
      expect(await outbox.productionOf(ore.id)).toEqual(ore.statement.message);
      expect(await outbox.attestationOf(attested.id)).toEqual(attested.statement.message);
      expect(await outbox.attestationOf(ore.id)).toBeNull();
      expect(await outbox.productionOf(attested.id)).toBeNull();

      const delegations = ['phone', 'truck'].map((name) => story.delegate(story.mine, account(name)));
      const replaced = story.replaceKey(story.mine, account('own'), 2);
      const other = story.delegate(story.refiner, account('phone'));
      for (const event of [...delegations, replaced, other]) await take(event);
      const [first, second] = delegations.map(({ statement }) => statement);
      expect(await outbox.openOf(story.mine, ['Delegation'])).toEqual([first, second]);
      await store.extend([chain.block(delegations[0] as StatementEvent)]);
      expect(await outbox.openOf(story.mine, ['Delegation', 'KeyReplacement'])).toEqual([
        second,
        replaced.statement,
      ]);
    });
  });
}
