import type { Book } from '../book.ts';
import { assay } from '../documents.ts';
import type { Lot, LotDraft } from '../drafts.ts';
import {
  add,
  draw,
  type Mix,
  mass,
  mix,
  mixOf,
  per,
  ratio,
  scale,
  subtract,
  times,
  total,
} from '../quantities.ts';
import { deliver, named, only } from './moves.ts';

const COBALT_HYDROXIDE = 282200;

/** In Finland: two truckloads and recycled black mass become sulphates, part of which goes to the precursor plant. */
export function cobaltThroughFinland(book: Book, truckloads: readonly Lot[], blackMass: Lot): Lot[] {
  const way = { from: 'umgeniStore', to: 'perameriRefinery', mode: 'sea', via: ['NL'] } as const;
  deliver(book, { name: 'hydroxide by sea to Kokkola', ...way, lots: truckloads, left: 60, arrived: 33 });
  const inputs = [...truckloads, blackMass];
  const went = add(...inputs.map((lot) => mixOf(lot.output.content)));
  const cobalt = scale(draw(went, { Co: total(went, 'Co') }), ratio('cobaltRefining'));
  const nickel = scale(draw(went, { Ni: total(went, 'Ni') }), ratio('nickelRefining'));
  const sold = draw(cobalt, { Co: 3_400_000_000n });
  const soldNickel = draw(nickel, { Ni: 600_000_000n });
  const lots = book.make({
    name: 'sulphates at Kokkola',
    daysAgo: 31,
    site: 'perameriRefinery',
    process: 'refine',
    model: 'mass-balance',
    inputs,
    outputs: [
      sulphate('cobalt sulphate for Hamina', 'Co', sold),
      sulphate('recycled nickel sulphate for Hamina', 'Ni', soldNickel),
      sulphate('cobalt sulphate in store at Kokkola', 'Co', subtract(cobalt, sold)),
      sulphate('nickel sulphate in store at Kokkola', 'Ni', subtract(nickel, soldNickel)),
    ],
  });
  const bought = lots.slice(0, 2);
  const road = { from: 'perameriRefinery', to: 'kymiPlant', mode: 'road' } as const;
  deliver(book, { name: 'sulphates by road to Hamina', ...road, lots: bought, left: 29, arrived: 28.5 });
  return bought;
}

/** In China: a rolling stock, declared as the refinery joined, takes in deliveries and gives off sulphate. */
export function cobaltThroughChina(book: Book, truckloads: readonly Lot[], stock: Lot): Lot {
  const way = { from: 'umgeniStore', to: 'xinanRefinery', mode: 'sea', via: ['SG'] } as const;
  const short = named(truckloads, 1);
  const missing = times(short.output.milligrams, ratio('shortWeight'));
  const arrivedWith = short.output.milligrams - missing;
  deliver(book, {
    name: 'hydroxide by sea to Ningbo',
    ...way,
    lots: truckloads,
    left: 60,
    arrived: 38,
    weighed: { [short.name]: arrivedWith },
  });
  const reweighed = only(
    book.make({
      name: 'short truckload weighed again',
      daysAgo: 37.5,
      site: 'xinanRefinery',
      process: 'reweigh',
      model: 'identity-preserved',
      inputs: [short],
      outputs: [
        {
          name: `${short.name}, as weighed`,
          commodity: COBALT_HYDROXIDE,
          milligrams: arrivedWith,
          content: scale(mixOf(short.output.content), { over: arrivedWith, under: short.output.milligrams }),
          papers: assay('short truckload', 'joint sampling, umpire laboratory', '50 %'),
        },
      ],
    }),
  );
  const sulphate = roll(book, [stock, named(truckloads, 0), reweighed]);
  const road = { from: 'xinanRefinery', to: 'taihuPlant', mode: 'road' } as const;
  deliver(book, {
    name: 'cobalt sulphate by road to Wuxi',
    ...road,
    lots: [sulphate],
    left: 35,
    arrived: 34.5,
  });
  return sulphate;
}

function roll(book: Book, inputs: readonly Lot[]): Lot {
  const went = add(...inputs.map((lot) => mixOf(lot.output.content)));
  const cobalt = scale(draw(went, { Co: total(went, 'Co') }), ratio('cobaltRefining'));
  const kept = draw(cobalt, { Co: 3_000_000_000n });
  const sold = draw(cobalt, { Co: 1_900_000_000n });
  const rest = subtract(cobalt, add(kept, sold));
  const lots = book.make({
    name: 'second turn of the rolling stock',
    daysAgo: 36,
    site: 'xinanRefinery',
    process: 'refine',
    model: 'mass-balance',
    inputs,
    outputs: [
      sulphate('cobalt sulphate for Wuxi', 'Co', sold),
      {
        name: 'rolling stock, third state',
        commodity: COBALT_HYDROXIDE,
        milligrams: per(total(kept, 'Co'), ratio('hydroxideCo')),
        content: kept,
      },
      sulphate('cobalt sulphate in store at Quzhou', 'Co', rest),
    ],
  });
  return named(lots, 0);
}

/** The stock that the refinery in China has as it joins: nobody can say where it is from. */
export function openingStock(book: Book): Lot {
  const milligrams = mass('openingStock');
  return only(
    book.make({
      name: 'opening stock at Quzhou',
      daysAgo: 78,
      site: 'xinanRefinery',
      process: 'declare',
      model: 'mass-balance',
      outputs: [
        {
          name: 'rolling stock, first state',
          commodity: COBALT_HYDROXIDE,
          milligrams,
          content: mix({ Co: times(milligrams, { over: 15n, under: 100n }) }),
        },
      ],
    }),
  );
}

/** A lot of sulphate, as pure as its formula. */
export function sulphate(name: string, symbol: 'Co' | 'Ni' | 'Mn', content: Mix): LotDraft {
  const [commodity, grade] = sulphates[symbol];
  const milligrams = per(total(content, symbol), ratio(grade));
  return { name, commodity, milligrams, content, papers: assay(name, 'titration and ICP-OES') };
}

const sulphates = {
  Co: [283329, 'cobaltSulphate'],
  Ni: [283324, 'nickelSulphate'],
  Mn: [283329, 'manganeseSulphate'],
} as const;
