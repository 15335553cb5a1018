import { sql } from 'kysely';
import { type FacilityKind, facilityKinds, processes, recordedTerm } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import { type DisclosedFields, disclosedOf } from '../evidence.ts';
import type { Db } from '../schema.ts';
import { anyOf, bytes } from '../values.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './page.ts';

/** A registered site. `country` is ISO 3166-1 numeric; `disclosed` what is known of its evidence document. */
export type FacilityRow = {
  readonly id: Hex;
  readonly operator: Hex;
  readonly kind: FacilityKind;
  readonly country: number;
  readonly evidence: Hex;
  readonly recordedAt: number;
  readonly disclosed: DisclosedFields;
  readonly final: boolean;
};

/** What may originate in a UTC year, and what did, in milligrams. `evidence` and `recordedAt` are the last grant's. */
export type QuotaRow = {
  readonly material: number;
  readonly recycled: boolean;
  readonly year: number;
  readonly granted: bigint;
  readonly used: bigint;
  readonly evidence: Hex;
  readonly recordedAt: number;
};

export type FacilityFilter = {
  readonly operator?: Hex | undefined;
  readonly kind?: FacilityKind | undefined;
  readonly country?: number | undefined;
};

/** Newest registered first. @throws CursorInvalid */
export async function listFacilities(
  db: Db,
  { operator, kind, country }: FacilityFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<FacilityRow>> {
  let query = selectFacilities(db);
  if (operator !== undefined) query = query.where('operator', '=', bytes(operator));
  if (kind !== undefined) query = query.where('kind', '=', facilityKinds[kind]);
  if (country !== undefined) query = query.where('country', '=', country);
  if (cursor !== undefined) query = query.where('seq', '<', readCursor(cursor, 1)[0] ?? 0);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute();
  const disclosed = await disclosedOf(
    db,
    rows.map(({ evidence }) => evidence),
  );
  return pageOf(rows, limit, { item: (row) => facilityRow(row, disclosed), position: ({ seq }) => [seq] });
}

/** The facilities that exist among `ids`. */
export async function facilitiesByIds(db: Db, ids: Iterable<Hex>): Promise<Map<Hex, FacilityRow>> {
  const rows = await selectFacilities(db).where('id', '=', anyOf(ids)).execute();
  const disclosed = await disclosedOf(
    db,
    rows.map(({ evidence }) => evidence),
  );
  return new Map(rows.map((row) => [row.id, facilityRow(row, disclosed)]));
}

export async function facilityById(db: Db, id: Hex): Promise<FacilityRow | null> {
  return (await facilitiesByIds(db, [id])).get(id) ?? null;
}

/** Every (material, recycled, year) for which a quota was granted: newest year first, then by material. */
export async function quotasOf(db: Db, facility: Hex): Promise<QuotaRow[]> {
  const { rows } = await sql<QuotaRow>`
    with used as (${usedQuotas(facility)}),
    granted as (
      select distinct on (material, recycled, year) material, recycled, year, milligrams, evidence, recorded_at
      from quota_grant where facility = ${bytes(facility)} order by material, recycled, year, seq desc
    )
    select material, recycled, year, granted.milligrams as granted, coalesce(sum(used.milligrams), 0) as used,
      evidence, recorded_at as "recordedAt"
    from granted left join used using (material, recycled, year)
    group by material, recycled, year, granted.milligrams, evidence, recorded_at
    order by year desc, material, recycled`.execute(db);
  return rows;
}

const YEAR = sql`extract(year from to_timestamp(production.occurred_at) at time zone 'UTC')::int8`;

/** A corrected production gives its quota back. */
const STANDS = sql`not exists (select from correction where correction.production = production.id)`;

/** What came onto the ledger at the facility, and what a recycler turned from primary into recycled, by UTC year. */
function usedQuotas(facility: Hex) {
  const { extract, collect } = processes;
  return sql`
    select content.material, content.recycled, ${YEAR} as year, content.milligrams
    from production join lot on lot.production = production.id join content on content.lot = lot.id
    where facility = ${bytes(facility)} and process in (${extract}, ${collect}) and ${STANDS}
    union all
    select material, true, year, greatest(sum(milligrams), 0)
    from (${recycledBalances(facility)}) balance group by production, material, year`;
}

/** Per production at a recycler: recycled mass out as positive rows, in as negative. */
function recycledBalances(facility: Hex) {
  const { extract, collect, declare } = processes;
  return sql`
    with converting as (
      select production.id, ${YEAR} as year from production
      join facility on facility.id = production.facility
      where facility.id = ${bytes(facility)} and facility.kind = ${facilityKinds.recycler}
        and process not in (${extract}, ${collect}, ${declare}) and ${STANDS}
    )
    select converting.id as production, year, content.material, content.milligrams from converting
    join lot on lot.production = converting.id join content on content.lot = lot.id where content.recycled
    union all
    select converting.id, year, content.material, -content.milligrams from converting
    join production_input input on input.production = converting.id
    join content on content.lot = input.lot where content.recycled`;
}

function selectFacilities(db: Db) {
  return db
    .selectFrom('facility')
    .innerJoin('chain', (join) => join.onTrue())
    .select(['id', 'seq', 'block', 'operator', 'kind', 'country', 'evidence', 'recorded_at', 'finalized']);
}

type SelectedFacility = Awaited<ReturnType<ReturnType<typeof selectFacilities>['execute']>>[number];

function facilityRow(row: SelectedFacility, disclosed: ReadonlyMap<Hex, DisclosedFields>): FacilityRow {
  return {
    id: row.id,
    operator: row.operator,
    kind: recordedTerm(facilityKinds, row.kind),
    country: row.country,
    evidence: row.evidence,
    recordedAt: row.recorded_at,
    disclosed: disclosed.get(row.evidence) ?? {},
    final: row.block <= row.finalized,
  };
}
