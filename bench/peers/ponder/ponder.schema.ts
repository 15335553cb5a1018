import { index, onchainTable, primaryKey } from 'ponder';

// The tables of src/store/migrations that a network's events fill, with the indexes that their reads need. Ponder keeps
// what it needs to take a block back by itself, so that no row names its block for that.

const placed = (t: any) => ({ seq: t.bigint().notNull(), recordedAt: t.bigint().notNull() });

export const statement = onchainTable(
  'statement',
  (t) => ({
    id: t.hex().primaryKey(),
    ...placed(t),
    transaction: t.hex().notNull(),
    type: t.text().notNull(),
    author: t.hex().notNull(),
    signer: t.hex().notNull(),
    signature: t.hex().notNull(),
    message: t.text().notNull(),
  }),
  (table) => ({ seq: index().on(table.seq) }),
);

export const namedRoot = onchainTable(
  'named_root',
  (t) => ({ root: t.hex().notNull(), seq: t.bigint().notNull() }),
  (table) => ({ key: primaryKey({ columns: [table.root, table.seq] }) }),
);

export const partyAct = onchainTable('party_act', (t) => ({
  seq: t.bigint().primaryKey(),
  party: t.hex().notNull(),
  act: t.text().notNull(),
  evidence: t.hex().notNull(),
}));

export const accreditationAct = onchainTable('accreditation_act', (t) => ({
  seq: t.bigint().primaryKey(),
  auditor: t.hex().notNull(),
  scheme: t.text().notNull(),
  act: t.text().notNull(),
  evidence: t.hex().notNull(),
}));

export const facility = onchainTable('facility', (t) => ({
  id: t.hex().primaryKey(),
  ...placed(t),
  operator: t.hex().notNull(),
  kind: t.integer().notNull(),
  country: t.integer().notNull(),
  evidence: t.hex().notNull(),
}));

export const quotaGrant = onchainTable('quota_grant', (t) => ({
  seq: t.bigint().primaryKey(),
  facility: t.hex().notNull(),
  material: t.integer().notNull(),
  recycled: t.boolean().notNull(),
  year: t.integer().notNull(),
  milligrams: t.bigint().notNull(),
  evidence: t.hex().notNull(),
}));

export const production = onchainTable(
  'production',
  (t) => ({
    id: t.hex().primaryKey(),
    ...placed(t),
    custodian: t.hex().notNull(),
    facility: t.hex().notNull(),
    process: t.integer().notNull(),
    custodyModel: t.integer().notNull(),
    occurredAt: t.bigint().notNull(),
    evidence: t.hex().notNull(),
  }),
  (table) => ({ facility: index().on(table.facility, table.seq) }),
);

export const lot = onchainTable(
  'lot',
  (t) => ({
    id: t.hex().primaryKey(),
    seq: t.bigint().notNull(),
    production: t.hex().notNull(),
    output: t.integer().notNull(),
    commodity: t.integer().notNull(),
    milligrams: t.bigint().notNull(),
    evidence: t.hex().notNull(),
  }),
  (table) => ({ production: index().on(table.production, table.output) }),
);

export const content = onchainTable(
  'content',
  (t) => ({
    lot: t.hex().notNull(),
    material: t.integer().notNull(),
    recycled: t.boolean().notNull(),
    milligrams: t.bigint().notNull(),
  }),
  (table) => ({
    key: primaryKey({ columns: [table.lot, table.material, table.recycled] }),
    material: index().on(table.material, table.lot),
  }),
);

export const productionInput = onchainTable(
  'production_input',
  (t) => ({
    production: t.hex().notNull(),
    position: t.integer().notNull(),
    lot: t.hex().notNull(),
    head: t.hex().notNull(),
  }),
  (table) => ({
    key: primaryKey({ columns: [table.production, table.position] }),
    lot: index().on(table.lot),
  }),
);

export const dispatch = onchainTable('dispatch', (t) => ({
  id: t.hex().primaryKey(),
  ...placed(t),
  consignor: t.hex().notNull(),
  consignee: t.hex().notNull(),
  fromFacility: t.hex().notNull(),
  toFacility: t.hex().notNull(),
  mode: t.integer().notNull(),
  recallFrom: t.bigint().notNull(),
  occurredAt: t.bigint().notNull(),
  evidence: t.hex().notNull(),
}));

export const receipt = onchainTable(
  'receipt',
  (t) => ({
    id: t.hex().primaryKey(),
    ...placed(t),
    party: t.hex().notNull(),
    dispatch: t.hex().notNull(),
    accepted: t.boolean().notNull(),
    occurredAt: t.bigint().notNull(),
    evidence: t.hex().notNull(),
  }),
  (table) => ({ dispatch: index().on(table.dispatch) }),
);

const state = (t: any) => ({
  statement: t.hex().notNull(),
  kind: t.text().notNull(),
  status: t.text().notNull(),
  head: t.hex().notNull(),
  custodian: t.hex().notNull(),
  facility: t.hex().notNull(),
  weighed: t.bigint(),
  occurredAt: t.bigint().notNull(),
  recordedAt: t.bigint().notNull(),
});

export const lotEvent = onchainTable(
  'lot_event',
  (t) => ({ lot: t.hex().notNull(), seq: t.bigint().notNull(), ...state(t) }),
  (table) => ({
    key: primaryKey({ columns: [table.lot, table.seq] }),
    statement: index().on(table.statement),
  }),
);

export const lotCurrent = onchainTable(
  'lot_current',
  (t) => ({
    lot: t.hex().primaryKey(),
    bornSeq: t.bigint().notNull(),
    output: t.integer().notNull(),
    seq: t.bigint().notNull(),
    ...state(t),
  }),
  (table) => ({
    born: index().on(table.bornSeq, table.output),
    custodian: index().on(table.custodian, table.bornSeq, table.output),
    facility: index().on(table.facility, table.bornSeq, table.output),
    status: index().on(table.custodian, table.status, table.bornSeq, table.output),
  }),
);

export const attestation = onchainTable(
  'attestation',
  (t) => ({
    id: t.hex().primaryKey(),
    ...placed(t),
    auditor: t.hex().notNull(),
    subject: t.hex().notNull(),
    scheme: t.text().notNull(),
    outcome: t.integer().notNull(),
    validFrom: t.bigint().notNull(),
    validUntil: t.bigint().notNull(),
    evidence: t.hex().notNull(),
  }),
  (table) => ({
    subject: index().on(table.subject, table.seq),
    auditor: index().on(table.auditor, table.seq),
  }),
);
