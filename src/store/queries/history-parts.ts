import { type Hex, partySubject } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { anyOf, bytes } from '../values.ts';
import { type AttestationRow, attestationsOn } from './attestations.ts';
import { contentsOf } from './contents.ts';
import type { FacilityRow } from './facilities.ts';
import { indexHead } from './head.ts';
import type { LegRow } from './legs.ts';
import { type PartyRow, partiesByIds } from './parties.ts';
import type { ProductionRow } from './productions.ts';

/** Where a lot stands now; null where there is no such lot. */
export async function stateOf(db: Db, lot: Hex) {
  const row = await db
    .selectFrom('lot_current')
    .select(['status', 'custodian', 'facility', 'occurred_at as occurredAt', 'recorded_at as recordedAt'])
    .select('born_seq as bornSeq')
    .where('lot', '=', bytes(lot))
    .executeTakeFirst();
  return row ?? null;
}

/** Which ledger, and as of which block. */
export async function asOf(db: Db) {
  const [chain, head] = await Promise.all([
    db.selectFrom('chain').select(['chain_id', 'ledger']).executeTakeFirstOrThrow(),
    indexHead(db),
  ]);
  if (!head) throw new Error('An index that holds a lot holds a block');
  return {
    ledger: { chainId: chain.chain_id, address: chain.ledger },
    asOf: { block: head.number, hash: head.hash, time: head.time },
  };
}

/** A production as the graph needs it: its inputs by lot alone. */
export function withLotIds(productions: ReadonlyMap<Hex, ProductionRow>) {
  return new Map(
    [...productions].map(([id, row]) => [id, { ...row, inputs: row.inputs.map(({ lot }) => lot) }] as const),
  );
}

type HistoryLot = Awaited<ReturnType<typeof lotsOf>> extends Map<Hex, infer Lot> ? Lot : never;

/** Every output of the productions. Their inputs are outputs of others among them. */
export async function lotsOf(db: Db, productions: Iterable<Hex>) {
  const rows = await db
    .selectFrom('lot')
    .select(['id as lot', 'production', 'output as index', 'commodity', 'milligrams', 'evidence'])
    .where('production', '=', anyOf(productions))
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
export function statementsOf(legs: Legs): Hex[] {
  const travelled = [...legs.values()].flat();
  return travelled.flatMap(({ dispatch, receipt }) => (receipt ? [dispatch, receipt.id] : [dispatch]));
}

export function facilitiesNamed({ state, productions, legs }: Named): Hex[] {
  const passed = [...legs.values()].flat().flatMap(({ from, to }) => [from, to]);
  return [state.facility, ...[...productions.values()].map(({ facility }) => facility), ...passed];
}

export function partiesNamed({
  state,
  productions,
  legs,
  facilities,
}: Named & { facilities: Facilities }): Hex[] {
  return [
    state.custodian,
    ...[...productions.values()].map(({ custodian }) => custodian),
    ...[...legs.values()].flat().flatMap(({ consignor, consignee }) => [consignor, consignee]),
    ...[...facilities.values()].map(({ operator }) => operator),
  ];
}

/** Auditors are parties too, on whom others may have attested. */
export async function partiesAndAttestations(db: Db, subjects: readonly Hex[], involved: readonly Hex[]) {
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

/** The documents that any of these name. */
export function rootsOf({ legs, attestations, ...maps }: Documented): Set<Hex> {
  const { productions, lots, facilities, parties } = maps;
  const documented = [productions, lots, facilities, parties].flatMap((rows) => [...rows.values()]);
  const travelled = [...legs.values()].flat();
  const received = travelled.flatMap(({ receipt }) => (receipt ? [receipt] : []));
  return new Set([...documented, ...travelled, ...received, ...attestations].map(({ evidence }) => evidence));
}
