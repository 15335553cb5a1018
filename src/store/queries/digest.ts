import { sql } from 'kysely';
import { outcomes } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import { type Passages, runKey } from '../../provenance/passages.ts';
import { passagesOfLot } from '../../provenance/passing.ts';
import { type SummarisedLot, sitesOfLot, travelled } from '../../provenance/summary.ts';
import { type DisclosedFields, disclosedOf } from '../evidence.ts';
import { fieldsOfGist } from '../gist.ts';
import type { Db } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { anyOf, bytes, bytesArray } from '../values.ts';
import type { AttestationRow } from './attestations.ts';
import { delegatesOf } from './beside-custody.ts';
import { facilitiesByIds } from './facilities.ts';
import {
  asOf,
  lotsOf,
  partiesAndAttestations,
  partiesNamed,
  rootsOf,
  statementsOf,
  stateOf,
  withLotIds,
} from './history-parts.ts';
import { legsOf } from './legs.ts';
import { lotsByIds } from './lots.ts';
import { observationsOn } from './observations.ts';
import { productionsByIds } from './productions.ts';
import { provenanceOf } from './provenance.ts';

/**
 * A lot's history told by site, route and party: what `Digest` in src/verification/digest.ts says, of that shape, without
 * events. What it reads grows with the sites and routes that the lot's material passed, not with how often. All of it as of
 * one moment. Null where there is no such lot.
 */
export function digestOf(db: Db, lot: Hex) {
  return inSnapshot(db, async (trx) => {
    const [current, summarised, at] = await Promise.all([
      stateOf(trx, lot),
      provenanceOf(trx, lot),
      asOf(trx),
    ]);
    if (!current || !summarised) return null;
    const { bornSeq, ...state } = current;
    const passages = passagesOfLot(travelled(summarised));
    const own = [summarised.production];
    const [productions, lots, legs, facilities, corrections, shown, adverseOnLots] = await Promise.all([
      productionsByIds(trx, own),
      lotsOf(trx, own),
      legsOf(trx, [lot], state.status === 'void' ? bornSeq : null),
      facilitiesByIds(trx, [state.facility, ...sitesOfLot(summarised).keys(), ...endsIn(passages)]),
      correctionsOf(trx, passages, own),
      shownOn(trx, passages),
      isAdverseOn(trx, lot, summarised),
    ]);
    const said = [...productions.keys(), ...statementsOf(legs)];
    const [observations, delegates] = await Promise.all([
      observationsOn(trx, [...said, ...lots.keys()]),
      delegatesOf(trx, [...said, ...corrections.map(({ id }) => id)]),
    ]);
    const observers = observations.map(({ observer }) => observer);
    const named = partiesNamed({ state, productions, legs, facilities });
    const involved = [...named, ...partiesIn(passages), ...observers];
    const attested = [...facilities.keys(), ...lots.keys(), ...lotsIn(passages)];
    const { attestations, parties } = await partiesAndAttestations(trx, attested, involved);
    const roots = rootsOf({ productions, lots, legs, facilities, parties, attestations });
    for (const { evidence } of corrections) roots.add(evidence);
    for (const [id, row] of await lotsByIds(trx, attestedIn(attestations)))
      lots.set(id, { ...row, content: [...row.content] });
    return {
      history: {
        ...at,
        ...{ lot, state, lots, facilities, parties, legs, attestations },
        ...{ corrections, observations, delegates },
        productions: withLotIds(productions),
        disclosed: await disclosedOf(trx, roots),
      },
      ...{ lot: summarised, shown, adverseOnLots, events: null },
    };
  });
}

function lotsIn({ runs }: Passages): Hex[] {
  return [...runs.values()].flatMap(({ lots }) => [lots.first, lots.last, lots.latest]);
}

/** Also where something was sent that never arrived. */
function endsIn({ runs, moves }: Passages): Hex[] {
  return [...runs.values(), ...moves.values()].flatMap(({ from, to }) => [from, to]);
}

function attestedIn(attestations: readonly AttestationRow[]): Hex[] {
  return attestations.flatMap(({ subject, subjectKind }) => (subjectKind === 'lot' ? [subject] : []));
}

function partiesIn({ uses, runs, moves }: Passages): Hex[] {
  return [
    ...[...uses.values()].map(({ custodian }) => custodian),
    ...[...runs.values()].flatMap(({ consignor, consignee }) => [consignor, consignee]),
    ...[...moves.values()].map(({ party }) => party),
  ];
}

/** Those that gave an ancestor back, and one that undid the lot's own production. */
async function correctionsOf(db: Db, { corrections }: Passages, own: readonly Hex[]) {
  const rows = await db
    .selectFrom('correction')
    .select(['id', 'production', 'author', 'evidence'])
    .select(['occurred_at as occurredAt', 'recorded_at as recordedAt'])
    .where(({ or, eb }) =>
      or([eb('id', '=', anyOf(corrections.map(({ id }) => id))), eb('production', '=', anyOf(own))]),
    )
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ ...row, restored: [] }));
}

type Shown = { readonly run: number; readonly gist: string | null };

/** What dispatches of each run disclose, between its first and its last: each combination once. */
async function shownOn(db: Db, { runs }: Passages): Promise<Map<string, (DisclosedFields | null)[]>> {
  const all = [...Map.groupBy(runs.values(), runKey).values()].map((group) => {
    const [{ from, to, consignor, consignee }] = group as [(typeof group)[number]];
    const firstAt = Math.min(...group.map(({ span }) => span.firstAt));
    const lastAt = Math.max(...group.map(({ span }) => span.lastAt));
    return { from, to, consignor, consignee, firstAt, lastAt };
  });
  const ends = (name: 'from' | 'to' | 'consignor' | 'consignee') => column(all.map((run) => run[name]));
  const times = (name: 'firstAt' | 'lastAt') => sql`${sql.val(all.map((run) => run[name]))}::int8[]`;
  const { rows } = await sql<Shown>`
    with run (number, start, destination, consignor, consignee, first_at, last_at) as (
      select number - 1, start, destination, consignor, consignee, first_at, last_at
      from unnest(${ends('from')}, ${ends('to')}, ${ends('consignor')}, ${ends('consignee')},
        ${times('firstAt')}, ${times('lastAt')})
        with ordinality as run (start, destination, consignor, consignee, first_at, last_at, number)
    )
    select distinct run.number as run, evidence.gist
    from evidence join dispatch on dispatch.evidence = evidence.root
    join run on from_facility = start and to_facility = destination and occurred_at between first_at and last_at
      and dispatch.consignor = run.consignor and dispatch.consignee = run.consignee
    where evidence.gist is not null
    union all
    select run.number, null from run where exists (
      select from dispatch
      where from_facility = start and to_facility = destination and occurred_at between first_at and last_at
        and dispatch.consignor = run.consignor and dispatch.consignee = run.consignee
        and not exists (select from evidence where root = dispatch.evidence and gist is not null))`.execute(
    db,
  );
  const byRun = Map.groupBy(rows, ({ run }) => run);
  return new Map(
    all.map((run, number) => [
      runKey(run),
      (byRun.get(number) ?? []).map(({ gist }) => (gist === null ? null : fieldsOfGist(gist))),
    ]),
  );
}

/** Whether anything adverse was said of a lot that was made at a site that the lot passed, at that time. */
async function isAdverseOn(db: Db, lot: Hex, summarised: SummarisedLot): Promise<boolean> {
  const sites = [...sitesOfLot(summarised)];
  const times = (name: 'firstAt' | 'lastAt') => sql`${sql.val(sites.map(([, site]) => site[name]))}::int8[]`;
  const { rows } = await sql<{ adverse: boolean }>`
    select exists (
      select from attestation join lot on lot.id = attestation.subject and lot.id <> ${bytes(lot)}
      join production on production.id = lot.production
      join unnest(${bytesArray(sites.map(([facility]) => facility))}, ${times('firstAt')}, ${times('lastAt')})
        as site (id, first_at, last_at) on production.facility = site.id
      where outcome <> ${sql.lit(outcomes.conformant)} and production.occurred_at between site.first_at and site.last_at
    ) as adverse`.execute(db);
  return rows[0]?.adverse ?? true;
}

/** One value a row: unlike `bytesArray`, with those that come twice. */
function column(values: readonly Hex[]) {
  return sql`${sql.val(values.map(bytes))}::bytea[]`;
}
