import { describe, expect, test } from 'vitest';
import { type Hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import { isRootNamed } from '../../../src/store/evidence.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import {
  delegationsOf,
  delegationTo,
  keyProposalsOf,
  keysOf,
  presentKey,
} from '../../../src/store/queries/keys.ts';
import { listObservations, logsOn, observationsOn } from '../../../src/store/queries/observations.ts';
import { listParties } from '../../../src/store/queries/parties.ts';
import { trailOn } from '../../../src/store/queries/trail.ts';
import type { Bench } from '../databases.ts';
import { account, Chain, id, identity, Story, T0 } from '../ledger.ts';

export function sayings(bench: Bench) {
  const open = async () => {
    const { db } = await bench.fresh();
    const store = createIndexStore(db);
    await store.bind(identity);
    return { db, store, chain: new Chain(), story: new Story() };
  };

  describe('observations', () => {
    test('each device has its own log on a subject, in its order', async () => {
      const { db, store, chain, story } = await open();
      const [truck, lot] = [account('truck'), id('lot')];
      const log = { observer: story.mine, device: truck, subject: lot };
      const one = story.observe(log, { from: T0 - 500, until: T0 - 400, count: 7 });
      const two = story.observe(log, { previous: one.id, from: T0 - 400, until: T0 - 300, count: 5 });
      const byHand = story.observe(
        { ...log, device: story.mine },
        { root: ZERO_BYTES32, count: 0, evidence: id('findings') },
      );
      const elsewhere = story.observe({ ...log, subject: id('other') });
      await store.extend([chain.block(one, byHand, elsewhere, two)]);
      expect(await isRootNamed(db, id('readings'))).toBe(true);
      expect(await isRootNamed(db, id('findings'))).toBe(true);

      expect(await logsOn(db, lot)).toMatchObject([
        {
          ...{ ...log, first: one.id, tail: two.id, observations: 2, readings: 12 },
          ...{ from: T0 - 500, until: T0 - 300 },
        },
        { device: story.mine, first: byHand.id, tail: byHand.id, observations: 1, readings: 0 },
      ]);
      expect((await observationsOn(db, [lot])).map((row) => [row.id, row.previous])).toEqual([
        [one.id, ZERO_BYTES32],
        [byHand.id, ZERO_BYTES32],
        [two.id, one.id],
      ]);
      const first = await listObservations(db, log, { limit: 1 });
      expect(first.items).toMatchObject([{ id: two.id, root: id('readings'), count: 5, until: T0 - 300 }]);
      const rest = await listObservations(db, log, { limit: 9, cursor: first.next ?? '' });
      expect(rest).toMatchObject({ items: [{ id: one.id, final: false }], next: null });
      expect((await listObservations(db, { subject: lot }, { limit: 9 })).items).toHaveLength(3);
    });

    test('the trail of a subject has its attestations, their revocations, and what opened its logs', async () => {
      const { db, store, chain, story } = await open();
      const mine = story.facility(story.mine, 1);
      const log = { observer: story.mine, device: account('truck'), subject: mine.id };
      const attested = story.attest(mine.id);
      const opened = story.observe(log);
      const goesOn = story.observe(log, { previous: opened.id });
      const revoked = story.revoke(attested.id, T0);
      const elsewhere = story.attest(id('other'));
      const revokedElsewhere = story.revoke(elsewhere.id, T0);
      const twice = story.revoke(attested.id, T0 - 1);
      await store.extend([
        chain.block(mine, opened, attested, goesOn),
        chain.block(elsewhere, revokedElsewhere, revoked, twice),
      ]);
      const trail = await trailOn(db, mine.id);
      expect(trail.map((row) => [row.id, row.type, row.recordedAt])).toEqual([
        [opened.id, 'Observation', T0 + 1],
        [attested.id, 'Attestation', T0 + 1],
        [revoked.id, 'Revocation', T0 + 2],
        [twice.id, 'Revocation', T0 + 2],
      ]);
      expect(await trailOn(db, id('nothing'))).toEqual([]);
    });
  });

  describe('keys', () => {
    test('the present one, and all that came before it', async () => {
      const { db, store, chain, story } = await open();
      const [own, given] = [account('own'), account('given')];
      const replaced = story.replaceKey(story.mine, own, 2);
      await store.extend([chain.block(story.admit(story.mine), story.admit(story.refiner))]);
      expect(await presentKey(db, story.mine)).toEqual({ key: story.mine, number: 1 });
      await store.extend([chain.block(replaced)]);
      await store.extend([
        chain.block(story.proposeKey(story.mine, given, T0), story.completeKey(story.mine, given, 3)),
      ]);
      expect(await presentKey(db, story.mine)).toEqual({ key: given, number: 3 });
      expect(await presentKey(db, account('stranger'))).toBeNull();
      const key = (number: number, key: Hex, rest: object) => ({ number, key, replacement: null, ...rest });
      expect(await keysOf(db, story.mine)).toEqual([
        key(1, story.mine, { by: 'admission', since: T0 + 1, until: T0 + 2 }),
        key(2, own, { by: 'replacement', replacement: replaced.id, since: T0 + 2, until: T0 + 3 }),
        key(3, given, { by: 'proposal', since: T0 + 3, until: null }),
      ]);
      const { items } = await listParties(db, { limit: 9 });
      expect(items.map((party) => [party.key, party.keyNumber])).toEqual([
        [story.refiner, 1],
        [given, 3],
      ]);
      await store.rewind(1);
      expect(await presentKey(db, story.mine)).toEqual({ key: story.mine, number: 1 });
    });

    test('what became of each proposal', async () => {
      const { db, store, chain, story } = await open();
      const propose = (name: string) => story.proposeKey(story.mine, account(name), T0 + 9, id(name));
      await store.extend([
        chain.block(
          ...[story.admit(story.mine), story.admit(story.refiner), propose('a'), propose('b')],
          story.objectToKey(story.mine, account('b'), T0 + 9),
          ...[propose('c'), story.completeKey(story.mine, account('c'), 2)],
          ...[propose('d'), story.replaceKey(story.mine, account('own'), 3)],
          story.proposeKey(story.refiner, account('f'), T0),
          propose('e'),
        ),
      ]);
      const proposals = await keyProposalsOf(db, story.mine);
      expect(proposals.map(({ key, outcome }) => [key, outcome])).toEqual([
        [account('a'), 'replaced'],
        [account('b'), 'objected'],
        [account('c'), 'completed'],
        [account('d'), 'overtaken'],
        [account('e'), 'open'],
      ]);
      expect(proposals.at(-1)).toMatchObject({
        effectiveAt: T0 + 9,
        evidence: id('e'),
        recordedAt: T0 + 1,
      });
    });

    test('a delegation ends at its date, with the next one for that delegate, or with the key', async () => {
      const { db, store, chain, story } = await open();
      const [phone, truck, clerk] = [account('phone'), account('truck'), account('clerk')];
      const far = T0 + 90_000;
      const toPhone = story.delegate(story.mine, phone, { scope: 36 });
      const toTruck = story.delegate(story.mine, truck, { validUntil: T0 + 2 });
      const toClerk = story.delegate(story.mine, clerk);
      const other = story.delegate(story.refiner, phone);
      await store.extend([chain.block(story.admit(story.mine), story.admit(story.refiner))]);
      await store.extend([chain.block(toPhone, toTruck, toClerk, other)]);
      expect((await delegationsOf(db, story.mine)).map(({ id, endsAt }) => [id, endsAt])).toEqual([
        [toPhone.id, far],
        [toTruck.id, T0 + 2],
        [toClerk.id, far],
      ]);
      const ended = story.delegate(story.mine, phone, { scope: 0, validUntil: 0 });
      await store.extend([chain.block(ended)]);
      await store.extend([chain.block(story.replaceKey(story.mine, account('own'), 2))]);
      const again = story.delegate(story.mine, truck);
      await store.extend([chain.block(again)]);
      const endsAt = Object.fromEntries((await delegationsOf(db, story.mine)).map((d) => [d.id, d.endsAt]));
      expect(endsAt).toEqual({
        [toPhone.id]: T0 + 3,
        [toTruck.id]: T0 + 2,
        [toClerk.id]: T0 + 4,
        [ended.id]: 0,
        [again.id]: far,
      });
      expect(await delegationTo(db, story.mine, truck)).toMatchObject({
        ...{ id: again.id, delegate: truck, scope: 255, validUntil: far, keyNumber: 2, recordedAt: T0 + 5 },
      });
      expect(await delegationTo(db, story.mine, clerk)).toMatchObject({ id: toClerk.id, keyNumber: 1 });
      expect(await delegationTo(db, story.refiner, phone)).toMatchObject({ id: other.id, endsAt: far });
      expect(await delegationTo(db, story.refiner, clerk)).toBeNull();
    });
  });
}
