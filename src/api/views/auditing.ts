import { pairOf } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import { originOfKey } from '../../protocol/origin.ts';
import { wholeMilligrams } from '../../provenance/flow.ts';
import type { SiteFlow as Flow, FlowStep } from '../../provenance/site-flow.ts';
import type { BookKind } from '../../store/projections/book-line.ts';
import { type BookLineRow, isAdding, type BookRow as Row } from '../../store/queries/book.ts';
import type { DeliveredLotRow, RouteRow } from '../../store/queries/deliveries.ts';
import type { FacilityRow } from '../../store/queries/facilities.ts';
import type { BookRow, SiteFlow } from '../schemas/auditing.ts';
import type { Content } from '../schemas/common.ts';
import type { Names } from './names.ts';
import { facilitySummaryView } from './parties.ts';
import { contentView } from './values.ts';

type Pair = { readonly material: number; readonly recycled: boolean };

function pairView(pair: Pair): Omit<Content, 'milligrams'> {
  const { milligrams, ...view } = contentView({ ...pair, milligrams: 0n });
  return view;
}

export function bookRowView(row: Row): BookRow {
  return {
    ...pairView(row),
    opening: String(row.opening),
    figures: [...row.figures].map(([kind, { milligrams, ...counts }]) => ({
      ...{ kind, adds: isAdding(kind), milligrams: String(milligrams), ...counts },
    })),
    closing: String(row.closing),
    marks: marksOf(row),
  };
}

/** What does not come out even by itself, or is not what a book should have. */
function marksOf({ figures, opening, closing }: Row): BookRow['marks'] {
  const of = (kind: BookKind) => figures.get(kind)?.milligrams ?? 0n;
  const lost = of('consumed') - of('restored') - (of('produced') - of('voided'));
  const least = opening < closing ? opening : closing;
  const marks: [BookRow['marks'][number]['mark'], bigint][] = [
    ['declared', of('declared')],
    ['lost', lost > 0n ? lost : 0n],
    ['converted', lost < 0n ? -lost : 0n],
    ['moved', of('moved-in') - of('moved-out')],
    ['corrected', of('restored') - of('voided') - of('withdrawn')],
    ['negative', least < 0n ? least : 0n],
  ];
  const isThere = (mark: string, mass: bigint) =>
    mass !== 0n ||
    (mark === 'moved' && figures.has('moved-in')) ||
    (mark === 'corrected' && figures.has('restored'));
  return marks
    .filter(([mark, mass]) => isThere(mark, mass))
    .map(([mark, mass]) => ({ mark, milligrams: String(mass) }));
}

export function bookLineView({ milligrams, material, recycled, ...line }: BookLineRow) {
  return {
    ...pairView({ material, recycled }),
    ...{ ...line, adds: isAdding(line.kind), milligrams: String(milligrams) },
  };
}

type Sum = { readonly lots: number; readonly milligrams: bigint };
const sumView = ({ lots, milligrams }: Sum) => ({ lots, milligrams: String(milligrams) });

export function deliveryView(row: RouteRow, names: Names) {
  const { sent, accepted, refused, recalled, weighed } = row;
  const ended = [accepted, refused, recalled];
  return {
    ...{ from: names.facility(row.from), to: names.facility(row.to) },
    ...{ consignor: names.party(row.consignor), consignee: names.party(row.consignee) },
    ...{ dispatches: row.dispatches, sent: sumView(sent), accepted: sumView(accepted) },
    ...{ refused: sumView(refused), recalled: sumView(recalled) },
    inTransit: sumView({
      lots: ended.reduce((left, one) => left - one.lots, sent.lots),
      milligrams: ended.reduce((left, one) => left - one.milligrams, sent.milligrams),
    }),
    weighed: {
      ...{ ...sumView(weighed), onArrival: String(weighed.onArrival), off: weighed.off },
      difference: String(weighed.onArrival - weighed.milligrams),
    },
    ...{ firstAt: row.firstAt, lastAt: row.lastAt },
  };
}

export function deliveredLotView({ milligrams, ended, reweighed, ...row }: DeliveredLotRow) {
  return {
    ...row,
    milligrams: String(milligrams),
    ended: ended && {
      ...{ kind: ended.kind, statement: ended.statement, at: ended.at },
      weighed: ended.weighed === null ? null : String(ended.weighed),
      difference: ended.weighed === null ? null : String(ended.weighed - milligrams),
    },
    reweighed: reweighed && {
      production: reweighed.production,
      differences: reweighed.differences.map(({ sent, found, ...pair }) => ({
        ...pairView(pair),
        ...{ sent: String(sent), found: String(found), difference: String(found - sent) },
      })),
    },
  };
}

const massView = (units: bigint) => ({ units: String(units), milligrams: String(wholeMilligrams(units)) });

/** @param facilities every site of the flow */
export function flowView(
  { sites, steps }: Flow,
  facilities: ReadonlyMap<Hex, FacilityRow>,
  names: Names,
): Pick<SiteFlow, 'sites' | 'links'> {
  const shown = sites.flatMap(({ key, facility, entered }) => {
    const row = facilities.get(facility);
    if (!row) return [];
    const origins = [...entered].flatMap(([origin, amounts]) =>
      [...amounts].map(([pair, units]) => ({
        ...{ process: originOfKey(origin).process, ...pairView(pairOf(pair)), ...massView(units) },
      })),
    );
    return [{ key, facility: facilitySummaryView(row, names), entered: origins }];
  });
  const links = Map.groupBy(steps, ({ from, to, pair }) => `${from} ${to} ${pair}`);
  return { sites: shown, links: [...links.values()].flatMap(linkView) };
}

function linkView(steps: readonly FlowStep[]) {
  const [first] = steps;
  if (!first) return [];
  const units = steps.reduce((sum, step) => sum + step.units, 0n);
  const { from, to, pair } = first;
  return [{ from, to, ...pairView(pairOf(pair)), ...massView(units), lots: steps.length }];
}

/** The lots of one link, the largest part first. */
export function flowLotsView(steps: readonly FlowStep[], most: number) {
  const sorted = [...steps].sort((a, b) =>
    a.units === b.units ? (a.lot < b.lot ? -1 : 1) : a.units > b.units ? -1 : 1,
  );
  const lots = sorted.slice(0, most).map(({ lot, spentBy, units }) => ({ lot, spentBy, ...massView(units) }));
  return { lots, leftOut: sorted.length - lots.length };
}
