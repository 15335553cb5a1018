import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeResult, encodeCall, recordCall } from '../../src/chain/calls.ts';
import { refusalOf } from '../../src/chain/refusals.ts';
import { ensureAct } from '../../src/chain/roles.ts';
import {
  delegationState,
  keyProposal,
  partyState,
  retirementState,
  tail,
  trail,
} from '../../src/chain/views.ts';
import { facilityKinds } from '../../src/protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { Attestation, Production } from '../../src/protocol/statements.ts';
import { trailOf } from '../../src/protocol/trail.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createIndexStore } from '../../src/store/index-store.ts';
import { migrate } from '../../src/store/migrate.ts';
import { quotasOf } from '../../src/store/queries/facilities.ts';
import { delegationTo, keyProposalsOf, presentKey } from '../../src/store/queries/keys.ts';
import { lotById } from '../../src/store/queries/lots.ts';
import { logsOn } from '../../src/store/queries/observations.ts';
import { trailOn } from '../../src/store/queries/trail.ts';
import { account } from '../support/accounts.ts';
import { memoryDatabase } from '../support/memory.ts';
import {
  dispatch,
  facilityRegistration,
  lotsOf,
  output,
  production,
  receipt,
} from '../support/statements.ts';
import {
  attestation,
  correction,
  type DatedLedger,
  delegation,
  keyObjection,
  keyReplacement,
  observation,
  revocation,
  startDatedLedger,
} from './agreement-ledger.ts';

const [mine, refiner, auditor] = [account('mine'), account('refiner'), account('auditor')];
const [truck, phone, newKey] = [account('truck'), account('phone'), account('new key')];
const evidence = ZERO_BYTES32;
const cobalt = (milligrams: bigint) => output(milligrams, [{ material: 27, recycled: false, milligrams }]);

let ledger: DatedLedger;
let database: Database;

beforeAll(async () => {
  ledger = await startDatedLedger();
  database = await openDatabase(await memoryDatabase());
  await migrate(database.db);
  await createIndexStore(database.db).bind(ledger.identity);
  for (const { address: party } of [mine, refiner, auditor])
    await ledger.act({ act: 'admit', party, evidence });
  await ledger.act({ act: 'accredit', auditor: auditor.address, scheme: 'RMAP', evidence });
}, 120_000);
afterAll(async () => {
  await ledger.stop();
  await database.close();
});

/** Indexes all that the chain has. */
async function follow(): Promise<void> {
  const store = createIndexStore(database.db);
  const [head, tips] = [await store.head(), await ledger.node.tips()];
  const from = (head?.number ?? ledger.identity.deployedAt - 1) + 1;
  for (const block of await ledger.node.blocks(from, tips.head.number)) await store.extend([block]);
}

async function headOf(lot: Hex): Promise<unknown> {
  return decodeResult('head', await ledger.node.call(encodeCall('head', [lot])))[0];
}

describe('the index says what the ledger says', () => {
  test('lots that were undone, given back and spent again, and the quota that is used', async () => {
    const { sign, record, now, node } = ledger;
    const site = await sign(facilityRegistration(mine.address), mine);
    const plant = { kind: facilityKinds['smelter-or-refiner'] };
    const works = await sign(facilityRegistration(refiner.address, plant), refiner);
    await record(site, works);
    const quota = { facility: site.id, material: 27, recycled: false, year: 1970, milligrams: 900n };
    const year = new Date(now() * 1000).getUTCFullYear();
    await ledger.act({ act: 'grant-quota', ...quota, year, evidence });
    const at = { custodian: mine.address, facility: site.id };
    const extract = { process: 'extract' as const, occurredAt: now() - 300 };
    const ore = await sign(production(at, [cobalt(500n)], extract), mine);
    const slip = await sign(production(at, [cobalt(300n)], extract), mine);
    const undoSlip = await sign(correction(mine.address, slip.id, now() - 290), mine, {
      corrected: slip.statement.message as Production,
    });
    const [{ lot, ...birth }] = lotsOf(ore) as [ReturnType<typeof lotsOf>[number]];
    const way = { consignor: mine.address, consignee: refiner.address, from: site.id, to: works.id };
    const sent = await sign(dispatch(way, [{ lot, head: lot }], { occurredAt: now() - 280 }), mine);
    const got = await sign(receipt(refiner.address, sent.id, [lot], { occurredAt: now() - 270 }), refiner, {
      dispatched: sent.statement.message as never,
    });
    const births = [birth];
    const there = { custodian: refiner.address, facility: works.id };
    const retire = (head: Hex, occurredAt: number) =>
      production(there, [], { process: 'retire', inputs: [{ lot, head }], occurredAt });
    const lost = await sign(retire(got.id, now() - 260), refiner, { births });
    const found = await sign(correction(refiner.address, lost.id, now() - 250), refiner, {
      corrected: lost.statement.message as Production,
      births,
    });
    await record(ore, slip, undoSlip, sent, got, lost, found);
    await follow();
    expect(await lotById(database.db, lot)).toMatchObject({ status: 'held', head: await headOf(lot) });
    expect(await retirementState(node, lost.id)).toBe('corrected');
    const lostAgain = await sign(retire(found.id, now() - 240), refiner, { births });
    await record(lostAgain);
    await follow();
    expect(await lotById(database.db, lot)).toMatchObject({ status: 'spent', spentBy: lostAgain.id });
    expect(await retirementState(node, lostAgain.id)).toBe('recorded');
    expect(await retirementState(node, ore.id)).toBe('none');
    const [slipped] = lotsOf(slip);
    expect(await lotById(database.db, slipped?.lot ?? lot)).toMatchObject({ status: 'void' });
    const [state] = decodeResult(
      'quota',
      await node.call(encodeCall('quota', [site.id, 27, false, year])),
    ) as [{ granted: bigint; used: bigint }];
    expect(await quotasOf(database.db, site.id)).toMatchObject([
      { granted: state.granted, used: state.used },
    ]);
    expect(state.used).toBe(500n);
  }, 60_000);

  test('what was said of a subject, by auditors and by devices', async () => {
    const { sign, record, now, node } = ledger;
    const site = await sign(facilityRegistration(mine.address, { country: 36 }), mine);
    const subject = site.id;
    const until = { validUntil: now() + 900, issuedAt: now() - 60 };
    const toTruck = await sign(delegation(mine.address, truck.address, until), mine);
    const log = { observer: mine.address, device: truck.address, subject };
    const one = await sign(observation(log, ZERO_BYTES32, now() - 50), truck);
    const two = await sign(observation(log, one.id, now() - 40), truck);
    const own = { ...log, device: mine.address };
    const byHand = await sign(observation(own, ZERO_BYTES32, now() - 30), mine);
    const attested = await sign(attestation(auditor.address, subject, 'RMAP', now()), auditor);
    const revoked = await sign(revocation(auditor.address, attested.id, now() + 60), auditor, {
      revoked: attested.statement.message as Attestation,
    });
    await record(site, toTruck, one, two, attested, byHand, revoked);
    await follow();
    const said = await trailOn(database.db, subject);
    expect(said.map(({ id }) => id)).toEqual([one.id, attested.id, byHand.id, revoked.id]);
    expect(trailOf(said.map(({ id }) => id))).toBe(await trail(node, subject));
    expect((await logsOn(database.db, subject)).map((row) => row.tail)).toEqual([
      await tail(node, log),
      await tail(node, own),
    ]);
    expect(await tail(node, { ...log, device: phone.address })).toBe(ZERO_BYTES32);
  }, 60_000);

  test('keys, delegations and proposals, over a week and a day', async () => {
    const { sign, record, now, node, act } = ledger;
    const party = refiner.address;
    const agree = async (key: Hex, keyNumber: number) => {
      await follow();
      expect(await presentKey(database.db, party)).toEqual({ key, number: keyNumber });
      expect(await partyState(node, party)).toEqual({ key, keyNumber, suspended: false });
      const last = (await keyProposalsOf(database.db, party)).at(-1);
      const open = last?.outcome === 'open' ? { key: last.key, effectiveAt: last.effectiveAt } : null;
      expect(open).toEqual(await keyProposal(node, party));
      return open;
    };
    await agree(party, 1);
    const until = { scope: 2, validUntil: now() + 90, issuedAt: now() - 60 };
    const toPhone = await sign(delegation(party, phone.address, until), refiner);
    await record(toPhone, await sign(keyReplacement(party, newKey.address, 2), refiner));
    expect(await agree(newKey.address, 2)).toBeNull();
    const { id, endsAt, recordedAt, ...known } = {
      ...(await delegationTo(database.db, party, phone.address)),
    };
    expect(known).toMatchObject(await delegationState(node, party, phone.address));
    expect([id, endsAt]).toEqual([toPhone.id, recordedAt]);

    const propose = { act: 'propose-key', party, key: phone.address, evidence } as const;
    const operator = ledger.sender;
    expect(await ensureAct(node, operator, propose)).not.toBeNull();
    expect(await ensureAct(node, operator, propose)).toBeNull();
    const open = await agree(newKey.address, 2);
    await record(await sign(keyObjection(party, phone.address, open?.effectiveAt ?? 0), newKey));
    expect(await agree(newKey.address, 2)).toBeNull();
    await act(propose);
    expect(await agree(newKey.address, 2)).toMatchObject({ key: phone.address });
    const complete = { act: 'complete-key-proposal', party } as const;
    await expect(act(complete)).rejects.toMatchObject({ refusal: { code: 'key-proposal-too-early' } });
    await ledger.putForward(8);
    expect(await ensureAct(node, operator, complete)).not.toBeNull();
    expect(await ensureAct(node, operator, complete)).toBeNull();
    expect(await ensureAct(node, operator, propose)).toBeNull();
    await agree(phone.address, 3);
  }, 60_000);

  test('a batch: what is refused is told apart, and leaves the rest be', async () => {
    const { sign, submit, now } = ledger;
    const site = await sign(facilityRegistration(mine.address, { country: 124 }), mine);
    const forged = await sign(facilityRegistration(mine.address, { country: 152 }), account('stranger'));
    const orphan = await sign(revocation(auditor.address, site.id, now()), auditor);
    const unseen = await sign(correction(mine.address, site.id, now() - 9), mine);
    const calls = [forged, site, orphan, unseen].map((one) =>
      recordCall(one.statement, one.witness, one.signature),
    );
    const refused = await submit(calls);
    expect(refused.map(({ index, reason }) => [index, refusalOf(reason).code])).toEqual([
      [0, 'signature-invalid'],
      [2, 'attestation-unknown'],
      [3, 'witness-mismatch'],
    ]);
    await follow();
    const { db } = database;
    const recorded = await db.selectFrom('statement').select('id').orderBy('seq', 'desc').limit(1).execute();
    expect(recorded).toEqual([{ id: site.id }]);
  }, 60_000);
});
