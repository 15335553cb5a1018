import type { Book } from '../book.ts';
import { assay } from '../documents.ts';
import type { Lot } from '../drafts.ts';
import { add, draw, mass, mix, mixOf, per, ratio, scale, subtract, times, total } from '../quantities.ts';
import { deliver, named, ofGrade, only } from './moves.ts';
import { sulphate } from './refining.ts';

const NICKEL_ORE = 260400;
const NICKEL_HYDROXIDE = 282540;
const COBALT_HYDROXIDE = 282200;
const NICKEL_FOR_A_BATCH = 4_100_000_000n;

/** Finland, from ore to sulphate on one site. Heap leaching takes more than a year: the ore's time is compressed. */
export function nickelFromFinland(book: Book): Lot {
  const milligrams = mass('sotkamoOre');
  const ore = only(
    book.make({
      name: 'ore dug at Sotkamo',
      daysAgo: 79.5,
      site: 'kainuuMine',
      process: 'extract',
      model: 'identity-preserved',
      outputs: [
        {
          name: 'Sotkamo ore',
          commodity: NICKEL_ORE,
          milligrams,
          content: ofGrade(milligrams, { Ni: 'sotkamoNi' }),
          papers: assay('Sotkamo ore', 'XRF, face samples'),
        },
      ],
    }),
  );
  const belt = {
    from: 'kainuuMine',
    to: 'kainuuPlant',
    mode: 'fixed-installation',
    left: 79.2,
    arrived: 79.1,
  } as const;
  deliver(book, { name: 'Sotkamo ore to the heaps', ...belt, lots: [ore] });
  const nickel = scale(mixOf(ore.output.content), ratio('sotkamoYield'));
  const sold = mix({ Ni: NICKEL_FOR_A_BATCH });
  const lots = book.make({
    name: 'nickel sulphate at Sotkamo',
    daysAgo: 74,
    site: 'kainuuPlant',
    process: 'refine',
    model: 'segregated',
    inputs: [ore],
    outputs: [
      sulphate('nickel sulphate for Hamina', 'Ni', sold),
      sulphate('nickel sulphate in store at Sotkamo', 'Ni', subtract(nickel, sold)),
    ],
  });
  const bought = named(lots, 0);
  const road = { from: 'kainuuPlant', to: 'kymiPlant', mode: 'road' } as const;
  deliver(book, {
    name: 'nickel sulphate by road to Hamina',
    ...road,
    lots: [bought],
    left: 70,
    arrived: 69.5,
  });
  return bought;
}

/** Indonesia: limonite becomes mixed hydroxide, which goes into the rolling stock of the refinery in China. */
export function nickelFromSulawesi(book: Book, stock: Lot): { sulphate: Lot; stock: Lot } {
  const precipitate = mixedHydroxide(book);
  const sea = { from: 'sulawesiPlant', to: 'xinanRefinery', mode: 'sea' } as const;
  deliver(book, {
    name: 'mixed hydroxide by sea to Ningbo',
    ...sea,
    lots: [precipitate],
    left: 74,
    arrived: 62,
  });
  const inputs = [stock, precipitate];
  const went = add(...inputs.map((lot) => mixOf(lot.output.content)));
  const nickel = scale(draw(went, { Ni: total(went, 'Ni') }), ratio('nickelRefining'));
  const cobalt = scale(draw(went, { Co: total(went, 'Co') }), ratio('cobaltRefining'));
  const lots = book.make({
    name: 'first turn of the rolling stock',
    daysAgo: 58,
    site: 'xinanRefinery',
    process: 'refine',
    model: 'mass-balance',
    inputs,
    outputs: [
      sulphate('nickel sulphate for Wuxi', 'Ni', nickel),
      {
        name: 'rolling stock, second state',
        commodity: COBALT_HYDROXIDE,
        milligrams: per(total(cobalt, 'Co'), ratio('hydroxideCo')),
        content: cobalt,
      },
    ],
  });
  const bought = named(lots, 0);
  const road = { from: 'xinanRefinery', to: 'taihuPlant', mode: 'road' } as const;
  deliver(book, {
    name: 'nickel sulphate by road to Wuxi',
    ...road,
    lots: [bought],
    left: 56,
    arrived: 55.5,
  });
  return { sulphate: bought, stock: named(lots, 1) };
}

function mixedHydroxide(book: Book): Lot {
  const milligrams = mass('sulawesiOre');
  const ore = only(
    book.make({
      name: 'limonite dug in Sulawesi',
      daysAgo: 79.5,
      site: 'sulawesiMine',
      process: 'extract',
      model: 'identity-preserved',
      outputs: [
        {
          name: 'limonite',
          commodity: NICKEL_ORE,
          milligrams,
          content: ofGrade(milligrams, { Co: 'sulawesiCo', Ni: 'sulawesiNi' }),
          papers: assay('limonite', 'XRF', '35 %'),
        },
      ],
    }),
  );
  const road = {
    from: 'sulawesiMine',
    to: 'sulawesiPlant',
    mode: 'road',
    left: 79.3,
    arrived: 79.1,
  } as const;
  deliver(book, { name: 'limonite to the leaching plant', ...road, lots: [ore] });
  const leached = scale(mixOf(ore.output.content), ratio('hpalYield'));
  const wet = mass('hydroxideLot');
  const dry = wet - times(wet, ratio('mhpMoisture'));
  const shipped = mix({ Co: times(dry, ratio('mhpCo')), Ni: times(dry, ratio('mhpNi')) });
  const rest = subtract(leached, shipped);
  const lots = book.make({
    name: 'mixed hydroxide in Sulawesi',
    daysAgo: 77,
    site: 'sulawesiPlant',
    process: 'refine',
    model: 'segregated',
    inputs: [ore],
    outputs: [
      {
        name: 'mixed hydroxide',
        commodity: NICKEL_HYDROXIDE,
        milligrams: wet,
        content: shipped,
        papers: assay('mixed hydroxide', 'ICP-OES, on dry matter', '40 %'),
      },
      {
        name: 'mixed hydroxide in store',
        commodity: NICKEL_HYDROXIDE,
        milligrams: per(total(rest, 'Ni') * 2n, ratio('mhpNi')),
        content: rest,
      },
    ],
  });
  return named(lots, 0);
}

/** The precursor plant in Finland has nickel from before it joined: declared, origin not on the ledger. */
export function declaredNickel(book: Book): Lot {
  const content = mix({ Ni: 4_700_000_000n });
  return only(
    book.make({
      name: 'opening stock at Hamina',
      daysAgo: 75,
      site: 'kymiPlant',
      process: 'declare',
      model: 'mass-balance',
      outputs: [sulphate('nickel sulphate of unknown origin', 'Ni', content)],
    }),
  );
}
