import type { TransportMode } from '../../protocol/codes.ts';
import type { Book } from '../book.ts';
import { consignment, type Papers } from '../documents.ts';
import type { Lot, Shipment } from '../drafts.ts';
import type { FigureName } from '../figures.ts';
import { type Mix, mix, mixOf, ratio, scale, subtract, times } from '../quantities.ts';
import type { SiteName } from '../sites.ts';

export type Delivery = {
  readonly name: string;
  readonly from: SiteName;
  readonly to: SiteName;
  readonly mode: TransportMode;
  readonly lots: readonly Lot[];
  readonly left: number;
  readonly arrived: number;
  /** Countries between the two, alpha-2, in the order of the way. */
  readonly via?: readonly string[];
  readonly fields?: Papers['fields'];
  readonly weighed?: Readonly<Record<string, bigint>>;
};

/** Sends lots and has them accepted; `left` and `arrived` are days ago. The scales at both ends never quite agree. */
export function deliver(book: Book, delivery: Delivery): Shipment {
  const shipment = dispatch(book, delivery);
  const weighed = Object.fromEntries(delivery.lots.map((lot) => [lot.name, weighedOnArrival(lot)]));
  book.receive(shipment, { daysAgo: delivery.arrived, weighed: { ...weighed, ...delivery.weighed } });
  return shipment;
}

/** Sends lots. */
export function dispatch(book: Book, delivery: Omit<Delivery, 'arrived' | 'weighed'>): Shipment {
  const { name, from, to, mode, lots, left, via = [], fields } = delivery;
  return book.send({ name, daysAgo: left, from, to, mode, lots, papers: consignment(name, via, fields) });
}

export type Splitting = {
  readonly site: SiteName;
  readonly daysAgo: number;
  readonly whole: Lot;
  /** Net mass of each part, by name. */
  readonly parts: Readonly<Record<string, bigint>>;
  /** The name of what is left. */
  readonly rest: string;
};

/** Splits one lot in proportion: the parts in their order, then what is left. */
export function split(book: Book, { site, daysAgo, whole, parts, rest }: Splitting): Lot[] {
  const { commodity, milligrams: all, content } = whole.output;
  const outputs = Object.entries(parts).map(([name, milligrams]) => ({
    name,
    commodity,
    milligrams,
    content: scale(mixOf(content), { over: milligrams, under: all }),
  }));
  const left = outputs.reduce(
    (remaining, part) => ({
      milligrams: remaining.milligrams - part.milligrams,
      content: subtract(remaining.content, part.content),
    }),
    { milligrams: all, content: mixOf(content) },
  );
  return book.make({
    name: `split of ${whole.name}`,
    daysAgo,
    site,
    process: 'split',
    model: 'identity-preserved',
    inputs: [whole],
    outputs: [...outputs, { name: rest, commodity, ...left }],
  });
}

/** What a mass of those grades contains. */
export function ofGrade(milligrams: bigint, grades: Readonly<Record<string, FigureName>>): Mix {
  return mix(
    Object.fromEntries(
      Object.entries(grades).map(([symbol, grade]) => [symbol, times(milligrams, ratio(grade))]),
    ),
  );
}

/** The only lot of a production with one output. */
export function only(lots: readonly Lot[]): Lot {
  return named(lots, 0);
}

/** The lot at that place among a production's outputs. @throws RangeError where there is none */
export function named(lots: readonly Lot[], index: number): Lot {
  const lot = lots[index];
  if (!lot) throw new RangeError(`There is no output ${index} among ${lots.length}`);
  return lot;
}

const GRAM = 1_000n;

function weighedOnArrival({ output: { milligrams } }: Lot): bigint {
  const seen = milligrams - (milligrams * 3n) / 10_000n;
  return seen < GRAM ? milligrams : seen - (seen % GRAM);
}
