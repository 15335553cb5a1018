import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import { type DisclosedFields, disclosedOf } from '../evidence.ts';
import type { AccreditationAct, Db, PartyAct } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { anyOf, bytes } from '../values.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './page.ts';

/**
 * A party as it stands now. `key` signs for it, the `keyNumber`th that does. `evidence` is the root of its admission;
 * `disclosed` what is known of that document.
 */
export type PartyRow = {
  readonly party: Hex;
  readonly key: Hex;
  readonly keyNumber: number;
  readonly standing: 'admitted' | 'suspended';
  readonly admittedAt: number;
  readonly evidence: Hex;
  readonly disclosed: DisclosedFields;
};

/** An accreditation; `until` is null while it stands. */
export type AccreditationRow = {
  readonly auditor: Hex;
  readonly scheme: string;
  readonly since: number;
  readonly until: number | null;
  readonly evidence: Hex;
};

export type PartyDetailRow = PartyRow & {
  /** Oldest first. */
  readonly acts: readonly { readonly act: PartyAct; readonly evidence: Hex; readonly recordedAt: number }[];
  readonly accreditations: readonly AccreditationRow[];
  /** Facility ids, newest first. */
  readonly facilities: readonly Hex[];
};

/** Newest admitted first. @throws CursorInvalid */
export async function listParties(db: Db, { limit, cursor }: PageRequest): Promise<Page<PartyRow>> {
  const before = cursor === undefined ? undefined : readCursor(cursor, 1)[0];
  const rows = await selectParties(db)
    .$if(before !== undefined, (query) => query.where('admission.seq', '<', before ?? 0))
    .orderBy('admission.seq', 'desc')
    .limit(limit + 1)
    .execute();
  const disclosed = await disclosedOf(
    db,
    rows.map(({ evidence }) => evidence),
  );
  return pageOf(rows, limit, { item: (row) => partyRow(row, disclosed), position: ({ seq }) => [seq] });
}

/** The parties that exist among `parties`. */
export async function partiesByIds(db: Db, parties: Iterable<Hex>): Promise<Map<Hex, PartyRow>> {
  const rows = await selectParties(db).where('admission.party', '=', anyOf(parties)).execute();
  const disclosed = await disclosedOf(
    db,
    rows.map(({ evidence }) => evidence),
  );
  return new Map(rows.map((row) => [row.party, partyRow(row, disclosed)]));
}

export function partyById(db: Db, party: Hex): Promise<PartyDetailRow | null> {
  return inSnapshot(db, async (trx) => {
    const row = (await partiesByIds(trx, [party])).get(party);
    if (!row) return null;
    const acts = await trx
      .selectFrom('party_act')
      .select(['act', 'evidence', 'recorded_at as recordedAt'])
      .where('party', '=', bytes(party))
      .orderBy('seq')
      .execute();
    const accreditations = await accreditationsOf(trx, party);
    return { ...row, acts, accreditations, facilities: await facilitiesOf(trx, party) };
  });
}

/** A party is admitted once: that act stands for it, and the last one says how it stands. */
function selectParties(db: Db) {
  return db
    .selectFrom('party_act as admission')
    .select(['admission.party', 'admission.seq', 'admission.evidence', 'admission.recorded_at'])
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('party_key')
          .select(['party_key.key', 'party_key.number'])
          .whereRef('party_key.party', '=', 'admission.party')
          .orderBy('party_key.seq', 'desc')
          .limit(1)
          .as('present'),
      (join) => join.onTrue(),
    )
    .select(['present.key', 'present.number'])
    .select(
      sql<PartyAct>`(select last.act from party_act last where last.party = admission.party order by last.seq desc limit 1)`.as(
        'last_act',
      ),
    )
    .where('admission.act', '=', 'admit');
}

type SelectedParty = Awaited<ReturnType<ReturnType<typeof selectParties>['execute']>>[number];

function partyRow(row: SelectedParty, disclosed: ReadonlyMap<Hex, DisclosedFields>): PartyRow {
  return {
    party: row.party,
    key: row.key,
    keyNumber: row.number,
    standing: row.last_act === 'suspend' ? 'suspended' : 'admitted',
    admittedAt: row.recorded_at,
    evidence: row.evidence,
    disclosed: disclosed.get(row.evidence) ?? {},
  };
}

async function facilitiesOf(db: Db, operator: Hex): Promise<Hex[]> {
  const rows = await db
    .selectFrom('facility')
    .select('id')
    .where('operator', '=', bytes(operator))
    .orderBy('seq', 'desc')
    .execute();
  return rows.map(({ id }) => id);
}

/** Oldest first. */
async function accreditationsOf(db: Db, auditor: Hex): Promise<AccreditationRow[]> {
  const acts = await db
    .selectFrom('accreditation_act')
    .select(['scheme', 'act', 'evidence', 'recorded_at'])
    .where('auditor', '=', bytes(auditor))
    .orderBy('seq')
    .execute();
  return foldAccreditations(auditor, acts);
}

type ActOnScheme = { scheme: string; act: AccreditationAct; evidence: Hex; recorded_at: number };

/** A withdrawal ends what stands; a scheme may be accredited again after it. */
function foldAccreditations(auditor: Hex, acts: readonly ActOnScheme[]): AccreditationRow[] {
  const rows: AccreditationRow[] = [];
  for (const { scheme, act, evidence, recorded_at: at } of acts) {
    const open = rows.findLastIndex((row) => row.scheme === scheme && row.until === null);
    const standing = rows[open];
    if (act === 'accredit') rows.push({ auditor, scheme, since: at, until: null, evidence });
    else if (standing) rows[open] = { ...standing, until: at };
  }
  return rows;
}
