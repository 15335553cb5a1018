import { sql } from 'kysely';
import { type Hex, partySubject } from '../../protocol/hex.ts';
import { disclosedOf } from '../evidence.ts';
import type { Db } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { anyOf, bytes } from '../values.ts';
import { type AttestationRow, attestationsOn } from './attestations.ts';
import { correctionsTouching, delegatesOf } from './beside-custody.ts';
import { contentsOf } from './contents.ts';
import { type FacilityRow, facilitiesByIds } from './facilities.ts';
import { indexHead } from './head.ts';
import { type LegRow, legsOf } from './legs.ts';
import { observationsOn } from './observations.ts';
import { type PartyRow, partiesByIds } from './parties.ts';
import { type ProductionRow, productionsByIds } from './productions.ts';

/** The lot descends from more productions than `limit`. */
export class HistoryTooLarge extends Error {
  constructor(lot: Hex, limit: number) {
    super(`Lot ${lot} descends from more than ${limit} productions, the most that are read at once`);
    this.name = 'HistoryTooLarge';
  }
}

const MAX_PRODUCTIONS = 50_000;

/**
 * All that is known of one lot, back to its origins: what `History` in src/provenance/history.ts says, of that shape.
 * Auditors count among the parties, with the attestations on them. All of it as of one moment. Null where there is
 * no such lot.
 *
 * @throws HistoryTooLarge
 */
export function historyOf(db: Db, lot: Hex, limit = MAX_PRODUCTIONS) {
  return inSnapshot(db, async (trx) => {
    const current = await stateOf(trx, lot);
    if (!current) return null;
    const { bornSeq, ...state } = current;
    const productions = await ancestorProductions(trx, lot, limit);
    const lots = await lotsOf(trx, productions);
    const ancestors = [...productions.values()].flatMap(({ inputs }) => inputs.map((input) => input.lot));
    // What went into a void lot was given back, and may have travelled since: that is no part of what the lot was.
    const legs = await legsOf(trx, [lot, ...ancestors], state.status === 'void' ? bornSeq : null);
    const facilities = await facilitiesByIds(trx, facilitiesNamed({ state, productions, legs }));
    const attested = [...facilities.keys(), ...lots.keys()];
    const said = [...productions.keys(), ...statementsOf(legs)];
    const observations = await observationsOn(trx, [...said, ...lots.keys()]);
    const observers = observations.map(({ observer }) => observer);
    const involved = [...partiesNamed({ state, productions, legs, facilities }), ...observers];
    const { attestations, parties } = await partiesAndAttestations(trx, attested, involved);
    const documented = { productions, lots, legs, facilities, parties, attestations };
    const corrections = await correctionsTouching(trx, lot, [lot, ...ancestors]);
    const roots = [...rootsOf(documented), ...corrections.map(({ evidence }) => evidence)];
    const disclosed = await disclosedOf(trx, new Set(roots));
    return {
      ...(await asOf(trx)),
      lot,
      state,
      lots,
      productions: withLotIds(productions),
      facilities,
      parties,
      legs,
      attestations,
      corrections,
      observations,
      delegates: await delegatesOf(trx, [...said, ...corrections.map(({ id }) => id)]),
      disclosed,
    };
  });
}

async function stateOf(db: Db, lot: Hex) {
  const row = await db
    .selectFrom('lot_current')
    .select(['status', 'custodian', 'facility', 'occurred_at as occurredAt', 'recorded_at as recordedAt'])
    .select('born_seq as bornSeq')
    .where('lot', '=', bytes(lot))
    .executeTakeFirst();
  return row ?? null;
}

async function asOf(db: Db) {
  const chain = await db.selectFrom('chain').select(['chain_id', 'ledger']).executeTakeFirstOrThrow();
  const head = await indexHead(db);
  if (!head) throw new Error('An index that holds a lot holds a block');
  return {
    ledger: { chainId: chain.chain_id, address: chain.ledger },
    asOf: { block: head.number, hash: head.hash, time: head.time },
  };
}

async function ancestorProductions(db: Db, lot: Hex, limit: number): Promise<Map<Hex, ProductionRow>> {
  const { rows } = await sql<{ production: Hex }>`
    with recursive reached (production) as (
      select production from lot where id = ${bytes(lot)}
      union
      select lot.production from reached
      join production_input input on input.production = reached.production join lot on lot.id = input.lot
    )
    select production from reached limit ${limit + 1}`.execute(db);
  if (rows.length > limit) throw new HistoryTooLarge(lot, limit);
  return productionsByIds(
    db,
    rows.map(({ production }) => production),
  );
}

/** A production as the graph needs it: its inputs by lot alone. */
function withLotIds(productions: ReadonlyMap<Hex, ProductionRow>) {
  return new Map(
    [...productions].map(([id, row]) => [id, { ...row, inputs: row.inputs.map(({ lot }) => lot) }] as const),
  );
}

type HistoryLot = Awaited<ReturnType<typeof lotsOf>> extends Map<Hex, infer Lot> ? Lot : never;

/** Every output of the productions. Their inputs are outputs of others among them. */
async function lotsOf(db: Db, productions: ReadonlyMap<Hex, ProductionRow>) {
  const rows = await db
    .selectFrom('lot')
    .select(['id as lot', 'production', 'output as index', 'commodity', 'milligrams', 'evidence'])
    .where('production', '=', anyOf(productions.keys()))
    .orderBy('seq')
    .orderBy('output')
    .execute();
  const contents = await contentsOf(
    db,
    rows.map(({ lot }) => lot),
  );
  return new Map(rows.map((row) => [row.lot, { ...row, content: contents.get(row.lot) ?? [] }]));
}

type Legs = ReadonlyMap<Hex, readonly LegRow[]>;
type Named = {
  readonly state: { readonly custodian: Hex; readonly facility: Hex };
  readonly productions: ReadonlyMap<Hex, ProductionRow>;
  readonly legs: Legs;
};

/** The dispatches and receipts of the legs. */
function statementsOf(legs: Legs): Hex[] {
  const travelled = [...legs.values()].flat();
  return travelled.flatMap(({ dispatch, receipt }) => (receipt ? [dispatch, receipt.id] : [dispatch]));
}

function facilitiesNamed({ state, productions, legs }: Named): Hex[] {
  const passed = [...legs.values()].flat().flatMap(({ from, to }) => [from, to]);
  return [state.facility, ...[...productions.values()].map(({ facility }) => facility), ...passed];
}

function partiesNamed({ state, productions, legs, facilities }: Named & { facilities: Facilities }): Hex[] {
  return [
    state.custodian,
    ...[...productions.values()].map(({ custodian }) => custodian),
    ...[...legs.values()].flat().flatMap(({ consignor, consignee }) => [consignor, consignee]),
    ...[...facilities.values()].map(({ operator }) => operator),
  ];
}

/** Auditors are parties too, on whom others may have attested. */
async function partiesAndAttestations(db: Db, subjects: readonly Hex[], involved: readonly Hex[]) {
  const attestations = await attestationsOn(db, subjects);
  const parties = new Set<Hex>();
  let added = new Set([...involved, ...attestations.map(({ auditor }) => auditor)]);
  while (added.size > 0) {
    for (const party of added) parties.add(party);
    const onThem = await attestationsOn(db, [...added].map(partySubject));
    attestations.push(...onThem);
    added = new Set(onThem.map(({ auditor }) => auditor)).difference(parties);
  }
  return { attestations, parties: await partiesByIds(db, parties) };
}

type Facilities = ReadonlyMap<Hex, FacilityRow>;
type Documented = {
  readonly productions: ReadonlyMap<Hex, ProductionRow>;
  readonly lots: ReadonlyMap<Hex, HistoryLot>;
  readonly legs: Legs;
  readonly facilities: Facilities;
  readonly parties: ReadonlyMap<Hex, PartyRow>;
  readonly attestations: readonly AttestationRow[];
};

function rootsOf({ legs, attestations, ...maps }: Documented): Set<Hex> {
  const { productions, lots, facilities, parties } = maps;
  const documented = [productions, lots, facilities, parties].flatMap((rows) => [...rows.values()]);
  const travelled = [...legs.values()].flat();
  const received = travelled.flatMap(({ receipt }) => (receipt ? [receipt] : []));
  return new Set([...documented, ...travelled, ...received, ...attestations].map(({ evidence }) => evidence));
}
