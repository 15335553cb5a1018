import type { Book } from '../book.ts';
import { assay } from '../documents.ts';
import type { Lot } from '../drafts.ts';
import { add, asRecycled, draw, type Mix, mass, mix, mixOf, ratio, times, total } from '../quantities.ts';
import { deliver, only } from './moves.ts';

const WASTE_BATTERIES = 854913;
const BLACK_MASS = 382499;

/** Germany: spent modules are collected, opened and shredded; the black mass goes to the refinery in Finland. */
export function blackMassFromWaste(book: Book): Lot {
  const milligrams = mass('spentModules');
  const spent = only(
    book.make({
      name: 'spent modules collected',
      daysAgo: 79.5,
      site: 'rheinRecycling',
      process: 'collect',
      model: 'mass-balance',
      outputs: [
        {
          name: 'spent modules',
          commodity: WASTE_BATTERIES,
          milligrams,
          content: spentContent(milligrams),
          papers: {
            fields: { wasteCode: 'EWC 16 06 05', source: 'take-back from workshops in Germany (invented)' },
          },
        },
      ],
    }),
  );
  const black = recycle(book, 'black mass from spent modules', 77, spent);
  const sea = {
    from: 'rheinRecycling',
    to: 'perameriRefinery',
    mode: 'multimodal',
    left: 76,
    arrived: 71,
  } as const;
  deliver(book, {
    name: 'black mass to Kokkola',
    ...sea,
    lots: [black],
    fields: { notification: 'Waste shipment notification DE 0000/000000 (invented)' },
  });
  return black;
}

/** The electrode scrap of a cell plant: primary material that the recycler may make recycled, within its quota. */
export function scrapToBlackMass(book: Book, scrap: Lot): void {
  const road = { from: 'tiszaPlant', to: 'rheinRecycling', mode: 'road', via: ['AT'] } as const;
  deliver(book, { name: 'electrode scrap to Krefeld', ...road, lots: [scrap], left: 12.5, arrived: 10.8 });
  recycle(book, 'black mass from electrode scrap', 6, scrap);
}

function recycle(book: Book, name: string, daysAgo: number, waste: Lot): Lot {
  const { milligrams, content } = waste.output;
  return only(
    book.make({
      name,
      daysAgo,
      site: 'rheinRecycling',
      process: 'recycle',
      model: 'mass-balance',
      inputs: [waste],
      outputs: [
        {
          name,
          commodity: BLACK_MASS,
          milligrams: times(milligrams, ratio('blackMassShare')),
          content: asRecycled(recovered(mixOf(content))),
          papers: assay(name, 'ICP-OES after microwave digestion', '12 %'),
        },
      ],
    }),
  );
}

function recovered(content: Mix): Mix {
  const of = (symbol: string, share: 'recycledLi' | 'recycledMn' | 'recycledCo' | 'recycledNi'): Mix =>
    draw(content, { [symbol]: times(total(content, symbol), ratio(share)) });
  return add(of('Li', 'recycledLi'), of('Mn', 'recycledMn'), of('Co', 'recycledCo'), of('Ni', 'recycledNi'));
}

/** What cells of that kind held when they were new: kilograms × kWh per kilogram × kilograms of metal per kWh. */
function spentContent(milligrams: bigint): Mix {
  const energyAsIfKilograms = times(milligrams, ratio('spentEnergy'));
  const of = (name: 'packLi' | 'packMn' | 'packCo' | 'packNi'): bigint =>
    times(energyAsIfKilograms, { over: mass(name), under: KILOGRAM });
  return mix({ Li: of('packLi'), Mn: of('packMn'), Co: of('packCo'), Ni: of('packNi') }, true);
}

const KILOGRAM = 1_000_000n;
