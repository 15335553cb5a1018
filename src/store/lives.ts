import { sql } from 'kysely';
import type { Hex } from '../protocol/hex.ts';
import type { Journey, Restoring } from '../provenance/passages.ts';
import type { Db, LotEventKind } from './schema.ts';
import { bytesArray } from './values.ts';

/** What a statement did to a lot after its birth. `way`: of a dispatch. */
export type LifeEvent = {
  readonly seq: number;
  readonly kind: LotEventKind;
  readonly statement: Hex;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly weighed: bigint | null;
  readonly way: Way | null;
};
export type Way = Pick<Journey, 'from' | 'to' | 'consignor' | 'consignee'>;

type Row = Omit<LifeEvent, 'way'> & { readonly lot: Hex } & { readonly [Part in keyof Way]: Hex | null };

/**
 * What happened to each of the lots, oldest first; a lot to which nothing did has no entry. It is looked up lot by lot
 * (`offset 0`), for tables that are being filled have no statistics, and PostgreSQL would read all of them.
 */
export async function livesOf(db: Db, lots: Iterable<Hex>): Promise<Map<Hex, LifeEvent[]>> {
  const asked = [...lots];
  if (asked.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select happened.lot, happened.seq, happened.kind, happened.statement, happened.occurred_at as "occurredAt",
      happened.recorded_at as "recordedAt", happened.weighed,
      sent.consignor, sent.consignee, sent.from_facility as "from", sent.to_facility as "to"
    from unnest(${bytesArray(asked)}) as asked (lot)
    cross join lateral (
      select * from lot_event where lot_event.lot = asked.lot and kind <> 'birth' order by seq offset 0
    ) happened
    left join lateral (
      select consignor, consignee, from_facility, to_facility from dispatch
      where dispatch.id = happened.statement and happened.kind = 'dispatch' offset 0
    ) sent on true`.execute(db);
  const lives = new Map<Hex, LifeEvent[]>();
  for (const { lot, consignor, consignee, from, to, ...event } of rows) {
    const way = consignor && consignee && from && to ? { consignor, consignee, from, to } : null;
    const life = lives.get(lot);
    if (life) life.push({ ...event, way });
    else lives.set(lot, [{ ...event, way }]);
  }
  for (const life of lives.values()) life.sort((a, b) => a.seq - b.seq);
  return lives;
}

/** The journeys of one lot, oldest first; what follows a dispatch in its life is how it ended. */
export function journeysIn(life: readonly LifeEvent[]): Journey[] {
  return life.flatMap(({ way, occurredAt, recordedAt }, index) =>
    way ? [{ ...way, occurredAt, recordedAt, receipt: receiptOf(life[index + 1]) }] : [],
  );
}

function receiptOf(event: LifeEvent | undefined): Journey['receipt'] {
  if (!event) return null;
  const { kind, occurredAt, recordedAt, weighed } = event;
  return kind === 'accept' || kind === 'refuse' || kind === 'recall'
    ? { kind, occurredAt, recordedAt, weighed }
    : null;
}

/** The corrections that gave one lot back, oldest first. */
export function restoringsIn(life: readonly LifeEvent[]): Restoring[] {
  return life
    .filter(({ kind }) => kind === 'restore')
    .map(({ statement, occurredAt }) => ({ id: statement, occurredAt }));
}
