import type { Book } from '../book.ts';
import { assay } from '../documents.ts';
import type { Lot, LotDraft } from '../drafts.ts';
import { type Mix, mass, mix, mixOf, per, ratio, scale, subtract, total } from '../quantities.ts';
import { deliver, named, ofGrade, only } from './moves.ts';

const BRINE = 282739;
const LITHIUM_ORE = 253090;
const LITHIUM_HYDROXIDE = 282520;
const LITHIUM_CARBONATE = 283691;

/** Chile: brine that evaporated for more than a year, its time compressed here, becomes carbonate at Antofagasta. */
export function lithiumFromAtacama(book: Book): Lot {
  const milligrams = mass('atacamaBrine');
  const brine = only(
    book.make({
      name: 'brine drawn from the last pond',
      daysAgo: 79.5,
      site: 'atacamaPonds',
      process: 'extract',
      model: 'identity-preserved',
      outputs: [
        {
          name: 'concentrated brine',
          commodity: BRINE,
          milligrams,
          content: ofGrade(milligrams, { Li: 'atacamaLi' }),
          papers: assay('concentrated brine', 'AAS'),
        },
      ],
    }),
  );
  const road = { from: 'atacamaPonds', to: 'atacamaPlant', mode: 'road', left: 79.2, arrived: 78.8 } as const;
  deliver(book, { name: 'brine by tank truck to Antofagasta', ...road, lots: [brine] });
  const lithium = scale(mixOf(brine.output.content), ratio('carbonateYield'));
  const sold = mix({ Li: 1_879_000_000n });
  const lots = book.make({
    name: 'lithium carbonate at Antofagasta',
    daysAgo: 76,
    site: 'atacamaPlant',
    process: 'refine',
    model: 'segregated',
    inputs: [brine],
    outputs: [
      carbonate('lithium carbonate for Nysa', sold),
      carbonate('lithium carbonate in store', subtract(lithium, sold)),
    ],
  });
  const bought = named(lots, 0);
  const way = { from: 'atacamaPlant', to: 'odraPlant', mode: 'multimodal', left: 74, arrived: 36 } as const;
  deliver(book, { name: 'lithium carbonate to Nysa', ...way, lots: [bought] });
  return bought;
}

/** Western Australia: spodumene, concentrate, hydroxide. The refinery's audit had lapsed when it refined this lot. */
export function lithiumFromAustralia(book: Book): Lot {
  const concentrate = spodumeneConcentrate(book);
  const road = {
    from: 'yilgarnConcentrator',
    to: 'swanRefinery',
    mode: 'road',
    left: 77,
    arrived: 76.5,
  } as const;
  deliver(book, { name: 'spodumene concentrate to Kwinana', ...road, lots: [concentrate] });
  const lithium = scale(mixOf(concentrate.output.content), ratio('hydroxideYield'));
  const sold = mix({ Li: mass('cathodeLithium') });
  const lots = book.make({
    name: 'lithium hydroxide at Kwinana',
    daysAgo: 70,
    site: 'swanRefinery',
    process: 'refine',
    model: 'segregated',
    inputs: [concentrate],
    outputs: [
      hydroxide('lithium hydroxide for Nysa', sold),
      hydroxide('lithium hydroxide in store', subtract(lithium, sold)),
    ],
  });
  const bought = named(lots, 0);
  const way = { from: 'swanRefinery', to: 'odraPlant', mode: 'multimodal', left: 68, arrived: 26 } as const;
  deliver(book, { name: 'lithium hydroxide to Nysa', ...way, lots: [bought] });
  return bought;
}

function spodumeneConcentrate(book: Book): Lot {
  const milligrams = mass('spodumeneOre');
  typo(book, milligrams * 10n);
  const ore = only(
    book.make({
      name: 'pegmatite dug in Western Australia',
      daysAgo: 79.5,
      site: 'yilgarnMine',
      process: 'extract',
      model: 'identity-preserved',
      outputs: [
        {
          name: 'spodumene ore',
          commodity: LITHIUM_ORE,
          milligrams,
          content: ofGrade(milligrams, { Li: 'spodumeneLi' }),
          papers: assay('spodumene ore', 'sodium peroxide fusion, ICP-OES'),
        },
      ],
    }),
  );
  const belt = {
    from: 'yilgarnMine',
    to: 'yilgarnConcentrator',
    mode: 'fixed-installation',
    left: 79.3,
    arrived: 79.2,
  } as const;
  deliver(book, { name: 'spodumene ore to the concentrator', ...belt, lots: [ore] });
  const content = scale(mixOf(ore.output.content), ratio('spodumeneYield'));
  return only(
    book.make({
      name: 'spodumene concentrate in Western Australia',
      daysAgo: 78,
      site: 'yilgarnConcentrator',
      process: 'concentrate',
      model: 'segregated',
      inputs: [ore],
      outputs: [
        {
          name: 'spodumene concentrate',
          commodity: LITHIUM_ORE,
          milligrams: per(total(content, 'Li'), ratio('spodumeneConcentrate')),
          content,
          papers: assay('spodumene concentrate', 'sodium peroxide fusion, ICP-OES', '6 %'),
        },
      ],
    }),
  );
}

/** The same pegmatite with a zero too many, noticed within the hour: undone, and its quota given back. */
function typo(book: Book, milligrams: bigint): void {
  const wrong = only(
    book.make({
      name: 'pegmatite dug in Western Australia, a zero too many',
      daysAgo: 79.6,
      site: 'yilgarnMine',
      process: 'extract',
      model: 'identity-preserved',
      outputs: [
        {
          name: 'spodumene ore, a zero too many',
          commodity: LITHIUM_ORE,
          milligrams,
          content: ofGrade(milligrams, { Li: 'spodumeneLi' }),
        },
      ],
    }),
  );
  book.correct(wrong.production, {
    name: 'correction of a zero too many',
    daysAgo: 79.57,
    papers: {
      fields: { reason: 'The mass was typed with a zero too many; registered again as it was weighed' },
    },
  });
}

function carbonate(name: string, content: Mix): LotDraft {
  const milligrams = per(total(content, 'Li'), ratio('lithiumCarbonate'));
  return { name, commodity: LITHIUM_CARBONATE, milligrams, content, papers: assay(name, 'titration') };
}

function hydroxide(name: string, content: Mix): LotDraft {
  const milligrams = per(total(content, 'Li'), ratio('lithiumHydroxide'));
  return { name, commodity: LITHIUM_HYDROXIDE, milligrams, content, papers: assay(name, 'titration') };
}
