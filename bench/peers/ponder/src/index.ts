import { ponder } from 'ponder:registry';
import {
  accreditationAct,
  attestation,
  content,
  dispatch,
  facility,
  lot,
  lotCurrent,
  lotEvent,
  namedRoot,
  partyAct,
  production,
  productionInput,
  quotaGrant,
  receipt,
  statement,
} from 'ponder:schema';
import { birthsOf } from '../from-lodebook.ts';

const NONE = `0x${'00'.repeat(32)}`;

const seqOf = ({ block, log }: any): bigint => block.number * 1_000_000n + BigInt(log.logIndex);

async function insertStatement(db: any, event: any, type: string, author: string, roots: string[]) {
  const { id, statement: message, signer, signature } = event.args;
  const [seq, recordedAt] = [seqOf(event), event.block.timestamp];
  const json = JSON.stringify(message, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
  const { hash: transaction } = event.transaction;
  await db
    .insert(statement)
    .values({ id, seq, recordedAt, transaction, type, author, signer, signature, message: json });
  const named = [...new Set(roots)].filter((root) => root !== NONE);
  if (named.length > 0) await db.insert(namedRoot).values(named.map((root) => ({ root, seq })));
  return { id, seq, recordedAt, message };
}

/** One row per lot in lot_event, and its present state. */
async function move(db: any, seq: bigint, lots: { lot: string; state: any }[]) {
  if (lots.length === 0) return;
  await db.insert(lotEvent).values(lots.map(({ lot, state }) => ({ lot, seq, ...state })));
  for (const { lot, state } of lots) await db.update(lotCurrent, { lot }).set({ seq, ...state });
}

ponder.on('Ledger:PartyAdmitted', async ({ event, context }) => {
  const { party, evidence } = event.args;
  await context.db.insert(partyAct).values({ seq: seqOf(event), party, act: 'admit', evidence });
});

ponder.on('Ledger:AuditorAccredited', async ({ event, context }) => {
  const { auditor, scheme, evidence } = event.args;
  await context.db
    .insert(accreditationAct)
    .values({ seq: seqOf(event), auditor, scheme, act: 'accredit', evidence });
});

ponder.on('Ledger:QuotaGranted', async ({ event, context }) => {
  await context.db.insert(quotaGrant).values({ seq: seqOf(event), ...event.args });
});

ponder.on('Ledger:FacilityRegistrationRecorded', async ({ event, context }) => {
  const { operator, kind, country, evidence } = event.args.statement;
  const roots = [evidence];
  const { id, seq, recordedAt } = await insertStatement(
    context.db,
    event,
    'FacilityRegistration',
    operator,
    roots,
  );
  await context.db.insert(facility).values({ id, seq, recordedAt, operator, kind, country, evidence });
});

ponder.on('Ledger:ProductionRecorded', async ({ event, context: { db } }) => {
  const { custodian, facility, process, custodyModel, inputs, outputs, occurredAt, evidence } =
    event.args.statement;
  const roots = [evidence, ...outputs.map((output: any) => output.evidence)];
  const { id, seq, recordedAt } = await insertStatement(db, event, 'Production', custodian, roots);
  const times = { occurredAt: BigInt(occurredAt), recordedAt };
  await db
    .insert(production)
    .values({ id, seq, ...times, custodian, facility, process, custodyModel, evidence });
  const shared = { statement: id, custodian, facility, weighed: null, ...times };
  if (inputs.length > 0) {
    const rows = inputs.map(({ lot, head }: any, position: number) => ({
      production: id,
      position,
      lot,
      head,
    }));
    await db.insert(productionInput).values(rows);
    const spent = { ...shared, kind: 'spend', status: 'spent', head: id };
    await move(
      db,
      seq,
      inputs.map(({ lot }: any) => ({ lot, state: spent })),
    );
  }
  const births = birthsOf(id, outputs);
  if (births.length === 0) return;
  await db.insert(lot).values(
    births.map(({ lot: born, index, output }: any) => ({
      id: born,
      seq,
      production: id,
      output: index,
      commodity: output.commodity,
      milligrams: output.milligrams,
      evidence: output.evidence,
    })),
  );
  const contents = births.flatMap((birth: any) =>
    birth.output.content.map((part: any) => ({ lot: birth.lot, ...part })),
  );
  if (contents.length > 0) await db.insert(content).values(contents);
  const held = (born: string) => ({ ...shared, kind: 'birth', status: 'held', head: born });
  await db.insert(lotEvent).values(births.map((birth: any) => ({ lot: birth.lot, seq, ...held(birth.lot) })));
  await db.insert(lotCurrent).values(
    births.map((birth: any) => ({
      lot: birth.lot,
      bornSeq: seq,
      output: birth.index,
      seq,
      ...held(birth.lot),
    })),
  );
});

ponder.on('Ledger:DispatchRecorded', async ({ event, context: { db } }) => {
  const { consignor, consignee, lots, from, to, mode, recallFrom, occurredAt, evidence } =
    event.args.statement;
  const { id, seq, recordedAt } = await insertStatement(db, event, 'Dispatch', consignor, [evidence]);
  const times = { occurredAt: BigInt(occurredAt), recordedAt };
  const facilities = { fromFacility: from, toFacility: to };
  const row = {
    id,
    seq,
    consignor,
    consignee,
    ...facilities,
    mode,
    recallFrom: BigInt(recallFrom),
    evidence,
  };
  await db.insert(dispatch).values({ ...row, ...times });
  const whereabouts = { custodian: consignor, facility: to, weighed: null, ...times };
  const state = { statement: id, kind: 'dispatch', status: 'in-transit', head: id, ...whereabouts };
  await move(
    db,
    seq,
    lots.map(({ lot }: any) => ({ lot, state })),
  );
});

ponder.on('Ledger:ReceiptRecorded', async ({ event, context: { db } }) => {
  const { party, dispatch: sent, lots, accepted, occurredAt, evidence } = event.args.statement;
  const { id, seq, recordedAt } = await insertStatement(db, event, 'Receipt', party, [evidence]);
  const times = { occurredAt: BigInt(occurredAt), recordedAt };
  await db.insert(receipt).values({ id, seq, party, dispatch: sent, accepted, evidence, ...times });
  const way = await db.find(dispatch, { id: sent });
  if (!way) throw new Error(`No dispatch ${sent}`);
  const kind = accepted ? 'accept' : party === way.consignee ? 'refuse' : 'recall';
  const whereabouts = accepted
    ? { custodian: way.consignee, facility: way.toFacility }
    : { custodian: way.consignor, facility: way.fromFacility };
  const state = { statement: id, kind, status: 'held', head: id, ...whereabouts, ...times };
  await move(
    db,
    seq,
    lots.map(({ lot, milligrams }: any) => ({
      lot,
      state: { ...state, weighed: milligrams === 0n ? null : milligrams },
    })),
  );
});

ponder.on('Ledger:AttestationRecorded', async ({ event, context }) => {
  const { auditor, subject, scheme, outcome, validFrom, validUntil, evidence } = event.args.statement;
  const { id, seq, recordedAt } = await insertStatement(context.db, event, 'Attestation', auditor, [
    evidence,
  ]);
  const validity = { validFrom: BigInt(validFrom), validUntil: BigInt(validUntil) };
  await context.db
    .insert(attestation)
    .values({ id, seq, recordedAt, auditor, subject, scheme, outcome, ...validity, evidence });
});
