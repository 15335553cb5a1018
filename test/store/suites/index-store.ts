import { describe, expect, test } from 'vitest';
import { ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import { MAX_MILLIGRAMS } from '../../../src/protocol/mass.ts';
import { createIndexStore, IndexConflict } from '../../../src/store/index-store.ts';
import { attestationById } from '../../../src/store/queries/attestations.ts';
import { lotById } from '../../../src/store/queries/lots.ts';
import { partyById } from '../../../src/store/queries/parties.ts';
import type { Bench } from '../databases.ts';
import { account, Chain, cobalt, id, identity, output, Story } from '../ledger.ts';

export function indexing(bench: Bench) {
  const open = async () => {
    const { db } = await bench.fresh();
    const store = createIndexStore(db);
    await store.bind(identity);
    return { db, store };
  };

  describe('the limits of values', () => {
    test('the largest masses, times, codes, and a statement of 700 lots', async () => {
      const { db, store } = await open();
      const [chain, story] = [new Chain(), new Story()];
      const mine = story.facility(story.mine, 1);
      const largest = output([], {
        commodity: 999_999,
        milligrams: MAX_MILLIGRAMS,
        content: [{ material: 255, recycled: true, milligrams: MAX_MILLIGRAMS }],
      });
      const outputs = [
        largest,
        ...Array.from({ length: 699 }, (_, index) => output([cobalt(BigInt(index + 1))])),
      ];
      const occurredAt = 2 ** 40 - 1;
      const ore = story.produce({
        custodian: story.mine,
        facility: mine.id,
        outputs,
        occurredAt,
        recordBy: occurredAt,
      });
      await store.extend([chain.block(mine, ore)]);
      expect(await lotById(db, ore.lots[0] ?? mine.id)).toMatchObject({
        ...largest,
        occurredAt,
        made: { outputs: ore.lots },
      });
    });

    const hostile = [
      'a\0b',
      '\ud800',
      'x\udc00y',
      '\\0',
      '\\',
      '\\u0000',
      "'; drop table lot --",
      '💎',
      '\uffff',
      '',
    ];
    test.each(hostile)('a scheme called %j', async (scheme) => {
      const { db, store } = await open();
      const [chain, story] = [new Chain(), new Story()];
      const mine = story.facility(story.mine, 1);
      // EIP-712 hashes UTF-8, of which lone surrogates are none: such an event has some other id.
      const attested = { ...story.attest(mine.id), id: id('attestation') };
      const message = { ...attested.statement.message, scheme } as never;
      const event = { ...attested, statement: { type: 'Attestation' as const, message } };
      const accredit = { kind: 'accreditation', act: 'accredit', auditor: story.auditor, scheme } as const;
      await store.extend([chain.block(mine, { ...accredit, evidence: ZERO_BYTES32 }, event)]);
      expect(await attestationById(db, id('attestation'))).toMatchObject({ scheme, accreditedNow: true });
      const { message: kept } = await db
        .selectFrom('statement')
        .select('message')
        .where('type', '=', 'Attestation')
        .executeTakeFirstOrThrow();
      expect(kept).toMatchObject({ scheme });
    });
  });

  describe('the index follows one chain', () => {
    test('the same block again changes nothing; one that does not extend the head is refused', async () => {
      const { store } = await open();
      const [chain, story] = [new Chain(), new Story()];
      const first = chain.block(story.admit(story.mine));
      await store.extend([first]);
      await store.extend([first]);
      expect(await store.head()).toMatchObject({ number: 1, hash: first.hash });
      const second = chain.block(story.admit(story.refiner));
      await expect(store.extend([{ ...second, parent: id('other') }])).rejects.toThrow(IndexConflict);
      await expect(store.extend([{ ...first, hash: id('other') }])).rejects.toThrow(IndexConflict);
      expect(await store.head()).toMatchObject({ number: 1 });
    });

    test('where two processes write, neither leaves a gap, or calls final what the other took back', async () => {
      const { store } = await open();
      const [chain, story] = [new Chain(), new Story()];
      const [first, second, third] = [chain.block(), chain.block(story.admit(story.mine)), chain.block()];
      await store.extend([first], null);
      await store.extend([second], first.hash);
      // The other one rewinds meanwhile.
      await store.rewind(1);
      await expect(store.extend([third], second.hash)).rejects.toThrow(IndexConflict);
      await expect(store.extend([second], null)).rejects.toThrow(IndexConflict);
      await store.finalize(1, second.hash);
      expect([(await store.head())?.number, await store.finalized()]).toEqual([1, identity.deployedAt - 1]);
      await store.finalize(1, first.hash);
      expect(await store.finalized()).toBe(1);
    });

    test('a block whose events cannot be folded leaves nothing', async () => {
      const { db, store } = await open();
      const [chain, story] = [new Chain(), new Story()];
      const stray = story.receive(story.mine, id('no such dispatch'), [id('no such lot')]);
      await expect(store.extend([chain.block(story.admit(story.mine), stray)])).rejects.toThrow(
        /no such|dispatch/,
      );
      expect(await store.head()).toBeNull();
      expect(await partyById(db, story.mine)).toBeNull();
    });

    test('another ledger is refused; what is final stays; finality never falls', async () => {
      const { store } = await open();
      const [chain, story] = [new Chain(), new Story()];
      expect(await store.finalized()).toBe(identity.deployedAt - 1);
      await store.bind(identity);
      expect(await store.bound()).toEqual(identity);
      await expect(store.bind({ ...identity, ledger: account('another') })).rejects.toThrow(IndexConflict);
      await store.extend([chain.block(story.admit(story.mine)), chain.block(), chain.block()]);
      await store.finalize(2);
      await store.finalize(1);
      expect(await store.finalized()).toBe(2);
      await expect(store.rewind(1)).rejects.toThrow(IndexConflict);
      await store.rewind(2);
      expect(await store.newestUpTo(10)).toMatchObject({ number: 2 });
    });
  });
}
