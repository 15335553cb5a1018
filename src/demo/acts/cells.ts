import type { Hex } from '../../protocol/hex.ts';
import type { Book } from '../book.ts';
import { assay } from '../documents.ts';
import type { Lot } from '../drafts.ts';
import { add, draw, type Mix, mass, mixOf, ratio, subtract, times, total } from '../quantities.ts';
import type { SiteName } from '../sites.ts';
import { observe } from './keys.ts';
import { deliver, named, only, split } from './moves.ts';

const PRECURSOR = 285390;
const CATHODE_MATERIAL = 284190;
const CELLS = 850760;
const ELECTRODE_SCRAP = 854919;

/** The three ways of the story: each ends in one finished pack. */
export type Batch = 'A' | 'B' | 'C';

export type Feed = {
  readonly daysAgo: number;
  readonly site: SiteName;
  readonly inputs: readonly Lot[];
  /** Name and mass of each lot of precursor. */
  readonly lots: Readonly<Record<string, bigint>>;
};

/** Precursor of NMC-622: metals in the proportions of the formula. */
export function precursor(book: Book, { daysAgo, site, inputs, lots }: Feed): Lot[] {
  const masses = Object.entries(lots);
  const went = add(...inputs.map((lot) => mixOf(lot.output.content)));
  let left = went;
  const outputs = masses.map(([name, milligrams]) => {
    const content = draw(left, {
      Mn: times(milligrams, ratio('precursorMn')),
      Co: times(milligrams, ratio('precursorCo')),
      Ni: times(milligrams, ratio('precursorNi')),
    });
    left = subtract(left, content);
    return {
      name,
      commodity: PRECURSOR,
      milligrams,
      content,
      papers: assay(name, 'ICP-OES, laser diffraction'),
    };
  });
  const name = `making of ${masses[0]?.[0] ?? 'nothing'}`;
  return book.make({ name, daysAgo, site, process: 'manufacture', model: 'segregated', inputs, outputs });
}

/** How much of a metal a batch of precursor takes, losses included. */
export function needed(symbol: 'Mn' | 'Co' | 'Ni'): bigint {
  const grade = { Mn: 'precursorMn', Co: 'precursorCo', Ni: 'precursorNi' } as const;
  const { over, under } = ratio('precursorYield');
  return (times(mass('precursorBatch'), ratio(grade[symbol])) * under) / over + 1n;
}

/** The part of a lot that holds that much of a material. */
export function partWith(lot: Lot, symbol: string, amount: bigint): bigint {
  const all = total(mixOf(lot.output.content), symbol);
  return (lot.output.milligrams * amount) / all + 1n;
}

/** Cathode material, and its way from Nysa to Debrecen. */
export function cathode(book: Book, batch: Batch, daysAgo: number, inputs: readonly Lot[]): Lot {
  const milligrams = mass('cathodeBatch');
  const went = add(...inputs.map((lot) => mixOf(lot.output.content)));
  const name = `cathode material ${batch}`;
  const lot = only(
    book.make({
      name: `making of ${name}`,
      daysAgo,
      site: 'odraPlant',
      process: 'manufacture',
      model: 'segregated',
      inputs,
      outputs: [
        {
          name,
          commodity: CATHODE_MATERIAL,
          milligrams,
          content: draw(went, {
            Li: times(milligrams, ratio('cathodeLi')),
            Mn: times(milligrams, ratio('cathodeMn')),
            Co: times(milligrams, ratio('cathodeCo')),
            Ni: times(milligrams, ratio('cathodeNi')),
          }),
          papers: assay(name, 'ICP-OES, titration of residual lithium'),
        },
      ],
    }),
  );
  const road = { from: 'odraPlant', to: 'tiszaPlant', mode: 'road', via: ['CZ', 'SK'] } as const;
  deliver(book, {
    name: `${name} to Debrecen`,
    ...road,
    lots: [lot],
    left: daysAgo - 1,
    arrived: daysAgo - 1.6,
  });
  return lot;
}

export type CellRun = { readonly cells: Lot; readonly scrap: Lot };

/** Cells for many packs, and the electrode scrap that comes with them; the cells go to Heilbronn. */
export function cells(book: Book, batch: Batch, daysAgo: number, inputs: readonly Lot[]): CellRun {
  const packs = ratio('packsPerBatch').over;
  const went = add(...inputs.map((lot) => mixOf(lot.output.content)));
  const content = draw(went, scaled(packContent(), packs));
  const name = `cells ${batch}`;
  const lots = book.make({
    name: `making of ${name}`,
    daysAgo,
    site: 'tiszaPlant',
    process: 'manufacture',
    model: 'segregated',
    inputs,
    outputs: [
      {
        name,
        commodity: CELLS,
        milligrams: packs * mass('packCells'),
        content,
        papers: assay(name, 'formation protocol, capacity check'),
      },
      {
        name: `electrode scrap ${batch}`,
        commodity: ELECTRODE_SCRAP,
        milligrams: mass('scrapLot'),
        content: scrapOf(went),
      },
    ],
  });
  const made = { cells: named(lots, 0), scrap: named(lots, 1) };
  const road = { from: 'tiszaPlant', to: 'neckarPlant', mode: 'road', via: ['AT'] } as const;
  const [left, arrived] = [daysAgo - 1, daysAgo - 2.2];
  const { id } = deliver(book, {
    name: `${name} to Heilbronn`,
    ...road,
    lots: [made.cells],
    left,
    arrived,
  });
  temperatureLog(book, id, `${name} on the road`, left);
  return made;
}

/** What the lorry's logger says, in two parts: on the way to the border, and after it. The second was read at the ramp. */
function temperatureLog(book: Book, dispatch: Hex, name: string, left: number): void {
  const celsius = [19.5, 20.0, 21.5, 22.0, 21.0, 20.5];
  const readings = celsius.map((value, index) => ({
    daysAgo: left - 0.1 - index * 0.2,
    fields: { celsius: value },
  }));
  const logger = { observer: 'tisza', device: 'tisza/logger' } as const;
  observe(book, dispatch, [
    { name: `${name}, first part`, ...logger, readings: readings.slice(0, 3) },
    { name: `${name}, second part`, ...logger, readings: readings.slice(3) },
  ]);
}

/** What a pack holds, in milligrams by symbol: kilograms per kWh, times its energy. */
export function packContent(): Readonly<Record<string, bigint>> {
  const energy = ratio('packEnergy');
  const graphite = times(mass('packGraphite'), ratio('packNaturalGraphite'));
  return {
    Li: times(mass('packLi'), energy),
    Mn: times(mass('packMn'), energy),
    Co: times(mass('packCo'), energy),
    Ni: times(mass('packNi'), energy),
    graphite: times(graphite, energy),
  };
}

/** The anode material for three batches of cells, each in its own lot. */
export function anodePerBatch(book: Book, anode: Lot): Readonly<Record<Batch, Lot>> {
  const part = partWith(anode, 'graphite', mass('cellGraphite'));
  const names = { 'anode material A': part, 'anode material B': part, 'anode material C': part };
  const [A, B, C] = split(book, {
    site: 'tiszaPlant',
    daysAgo: 19,
    whole: anode,
    parts: names,
    rest: 'anode material in store',
  });
  if (!A || !B || !C) throw new RangeError('The anode material was not split in three');
  return { A, B, C };
}

function scrapOf(went: Mix): Mix {
  const share = ratio('cellScrap');
  const amounts = ['Li', 'Mn', 'Co', 'Ni'].map(
    (symbol) => [symbol, times(total(went, symbol), share)] as const,
  );
  return draw(went, Object.fromEntries(amounts));
}

function scaled(amounts: Readonly<Record<string, bigint>>, factor: bigint): Record<string, bigint> {
  return Object.fromEntries(Object.entries(amounts).map(([symbol, amount]) => [symbol, amount * factor]));
}
