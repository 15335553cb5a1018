import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';

/**
 * A key that signed for a party from `since` on; `until` is null for the present one. `number` is 1 for the key that it
 * was admitted with. `replacement` is the statement that brought it; null where that was an act.
 */
export type KeyRow = {
  readonly key: Hex;
  readonly number: number;
  readonly by: 'admission' | 'replacement' | 'proposal';
  readonly replacement: Hex | null;
  readonly since: number;
  readonly until: number | null;
};

/**
 * Another key that the registrar proposed for a party. `open`: from `effectiveAt` on, anyone can complete it.
 * `replaced`: by a later proposal. `overtaken`: the party replaced its key itself.
 */
export type KeyProposalRow = {
  readonly key: Hex;
  readonly effectiveAt: number;
  readonly evidence: Hex;
  readonly recordedAt: number;
  readonly outcome: 'open' | 'completed' | 'objected' | 'replaced' | 'overtaken';
};

/**
 * What a party let a delegate sign: `scope` adds up bits of `scopes` in src/protocol/codes.ts. It is in force from
 * `recordedAt` until `endsAt`, excluded: `validUntil`, or earlier, when the next delegation to the same account or
 * another key of the party was recorded. `keyNumber` is that of the key that signed it.
 */
export type DelegationRow = {
  readonly id: Hex;
  readonly party: Hex;
  readonly delegate: Hex;
  readonly scope: number;
  readonly validUntil: number;
  readonly issuedAt: number;
  readonly keyNumber: number;
  readonly recordedAt: number;
  readonly endsAt: number;
  readonly final: boolean;
};

/** The key that signs for a party now. Null where there is no such party. */
export async function presentKey(db: Db, party: Hex): Promise<{ key: Hex; number: number } | null> {
  const row = await db
    .selectFrom('party_key')
    .select(['key', 'number'])
    .where('party', '=', bytes(party))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Every key that a party had, the first one first. */
export async function keysOf(db: Db, party: Hex): Promise<KeyRow[]> {
  const rows = await db
    .selectFrom('party_key')
    .select(['key', 'number', 'id as replacement', 'recorded_at as since'])
    .where('party', '=', bytes(party))
    .orderBy('seq')
    .execute();
  return rows.map((row, index) => ({
    ...row,
    by: index === 0 ? 'admission' : row.replacement === null ? 'proposal' : 'replacement',
    until: rows[index + 1]?.since ?? null,
  }));
}

/** Every proposal for a party, the first one first: only the last can be open. */
export async function keyProposalsOf(db: Db, party: Hex): Promise<KeyProposalRow[]> {
  const { rows } = await sql<KeyProposalRow>`
    select key, effective_at as "effectiveAt", evidence, recorded_at as "recordedAt",
      coalesce(closing.outcome, 'open') as outcome
    from key_proposal
    left join lateral (
      select outcome from (
        select seq, 'replaced' as outcome from key_proposal later where later.party = key_proposal.party
        union all select seq, 'completed' from key_completion done where done.party = key_proposal.party
        union all select seq, 'objected' from key_objection objection where objection.party = key_proposal.party
        union all select seq, 'overtaken' from key_replacement own where own.party = key_proposal.party
      ) ending where ending.seq > key_proposal.seq order by ending.seq limit 1
    ) closing on true
    where party = ${bytes(party)} order by key_proposal.seq`.execute(db);
  return rows;
}

/** Every delegation of a party, in the order of recording. */
export function delegationsOf(db: Db, party: Hex): Promise<DelegationRow[]> {
  return delegations(db, sql`delegation.party = ${bytes(party)}`);
}

/** The delegation to that account that counts, in force or not: the last one. Null where there never was any. */
export async function delegationTo(db: Db, party: Hex, delegate: Hex): Promise<DelegationRow | null> {
  const which = sql<SqlBool>`delegation.party = ${bytes(party)} and delegate = ${bytes(delegate)}`;
  return (await delegations(db, which)).at(-1) ?? null;
}

async function delegations(db: Db, which: RawBuilder<unknown>): Promise<DelegationRow[]> {
  const { rows } = await sql<DelegationRow>`
    select id, party, delegate, scope, valid_until as "validUntil", issued_at as "issuedAt",
      recorded_at as "recordedAt", block <= finalized as final,
      (select count(*) from party_key own where own.party = delegation.party and own.seq < delegation.seq)
        as "keyNumber",
      least(valid_until,
        (select min(later.recorded_at) from delegation later where later.party = delegation.party
          and later.delegate = delegation.delegate and later.seq > delegation.seq),
        (select min(next.recorded_at) from party_key next
          where next.party = delegation.party and next.seq > delegation.seq)) as "endsAt"
    from delegation cross join chain
    where ${which} order by seq`.execute(db);
  return rows;
}
