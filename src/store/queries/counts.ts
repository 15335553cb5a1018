import { sql } from 'kysely';
import { type StatementType, statementTypeNames } from '../../protocol/statements.ts';
import type { Db, LotStatus } from '../schema.ts';

/** How many statements of each type are recorded, and how many lots are in each state. */
export type Counts = {
  readonly statements: Readonly<Record<StatementType, number>>;
  readonly lots: Readonly<Record<LotStatus, number>>;
  readonly parties: number;
  readonly facilities: number;
};

/** Counts every row: for metrics that are read now and then, not for each request. */
export async function counts(db: Db): Promise<Counts> {
  const statements = await db
    .selectFrom('statement')
    .select(['type', sql<number>`count(*)`.as('count')])
    .groupBy('type')
    .execute();
  const lots = await db
    .selectFrom('lot_current')
    .select(['status', sql<number>`count(*)`.as('count')])
    .groupBy('status')
    .execute();
  const byType = new Map(statements.map(({ type, count }) => [type, count]));
  const byStatus = new Map(lots.map(({ status, count }) => [status, count]));
  const parties = await db
    .selectFrom('party_act')
    .select(sql<number>`count(*)`.as('count'))
    .where('act', '=', 'admit')
    .executeTakeFirstOrThrow();
  return {
    statements: Object.fromEntries(
      statementTypeNames.map((type) => [type, byType.get(type) ?? 0]),
    ) as Counts['statements'],
    lots: {
      held: byStatus.get('held') ?? 0,
      'in-transit': byStatus.get('in-transit') ?? 0,
      spent: byStatus.get('spent') ?? 0,
      void: byStatus.get('void') ?? 0,
    },
    parties: parties.count,
    facilities: byType.get('FacilityRegistration') ?? 0,
  };
}
