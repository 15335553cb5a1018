import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import { disclosedOf } from '../evidence.ts';
import type { Db } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { bytes } from '../values.ts';
import { correctionsTouching, delegatesOf } from './beside-custody.ts';
import { facilitiesByIds } from './facilities.ts';
import {
  asOf,
  facilitiesNamed,
  lotsOf,
  partiesAndAttestations,
  partiesNamed,
  rootsOf,
  statementsOf,
  stateOf,
  withLotIds,
} from './history-parts.ts';
import { legsOf } from './legs.ts';
import { observationsOn } from './observations.ts';
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
    const [current, productions, at] = await Promise.all([
      stateOf(trx, lot),
      ancestorProductions(trx, lot, limit),
      asOf(trx),
    ]);
    if (!current) return null;
    const { bornSeq, ...state } = current;
    const ancestors = [...productions.values()].flatMap(({ inputs }) => inputs.map((input) => input.lot));
    const [lots, legs, corrections] = await Promise.all([
      lotsOf(trx, productions.keys()),
      // What went into a void lot was given back, and may have travelled since: that is no part of what the lot was.
      legsOf(trx, [lot, ...ancestors], state.status === 'void' ? bornSeq : null),
      correctionsTouching(trx, lot, [lot, ...ancestors]),
    ]);
    const said = [...productions.keys(), ...statementsOf(legs)];
    const [facilities, observations, delegates] = await Promise.all([
      facilitiesByIds(trx, facilitiesNamed({ state, productions, legs })),
      observationsOn(trx, [...said, ...lots.keys()]),
      delegatesOf(trx, [...said, ...corrections.map(({ id }) => id)]),
    ]);
    const attested = [...facilities.keys(), ...lots.keys()];
    const observers = observations.map(({ observer }) => observer);
    const involved = [...partiesNamed({ state, productions, legs, facilities }), ...observers];
    const { attestations, parties } = await partiesAndAttestations(trx, attested, involved);
    const documented = { productions, lots, legs, facilities, parties, attestations };
    const roots = [...rootsOf(documented), ...corrections.map(({ evidence }) => evidence)];
    const disclosed = await disclosedOf(trx, new Set(roots));
    return {
      ...at,
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
      delegates,
      disclosed,
    };
  });
}

/**
 * The lot with what attribution goes by, and nothing else: what `Lineage` says. Null where there is no such lot.
 *
 * @throws HistoryTooLarge
 */
export function lineageOf(db: Db, lot: Hex, limit: number) {
  return inSnapshot(db, async (trx) => {
    const [productions, at] = await Promise.all([ancestorProductions(trx, lot, limit), asOf(trx)]);
    if (productions.size === 0) return null;
    return { ...at, lots: await lotsOf(trx, productions.keys()), productions: withLotIds(productions) };
  });
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
