import type { Book } from '../book.ts';
import { assay } from '../documents.ts';
import type { Lot } from '../drafts.ts';
import { add, mass, mix, mixOf, ratio, scale, subtract } from '../quantities.ts';
import { deliver, named, ofGrade, only } from './moves.ts';
import { sulphate } from './refining.ts';

const MANGANESE_ORE = 260200;

/** South Africa: ore from the Kalahari becomes sulphate in Mbombela, for Finland and for China. */
export function manganeseFromKalahari(book: Book): { finland: Lot; china: Lot } {
  const milligrams = mass('kalahariOre');
  const ore = only(
    book.make({
      name: 'ore dug at Hotazel',
      daysAgo: 79.5,
      site: 'kalahariMine',
      process: 'extract',
      model: 'identity-preserved',
      outputs: [
        {
          name: 'manganese ore',
          commodity: MANGANESE_ORE,
          milligrams,
          content: ofGrade(milligrams, { Mn: 'kalahariMn' }),
          papers: assay('manganese ore', 'XRF, fused beads'),
        },
      ],
    }),
  );
  const rail = { from: 'kalahariMine', to: 'kalahariPlant', mode: 'rail', left: 79, arrived: 76.5 } as const;
  deliver(book, { name: 'manganese ore by rail to Mbombela', ...rail, lots: [ore] });
  const manganese = scale(mixOf(ore.output.content), ratio('manganeseYield'));
  const north = mix({ Mn: 2_950_000_000n });
  const east = mix({ Mn: 1_770_000_000n });
  const lots = book.make({
    name: 'manganese sulphate at Mbombela',
    daysAgo: 74,
    site: 'kalahariPlant',
    process: 'refine',
    model: 'segregated',
    inputs: [ore],
    outputs: [
      sulphate('manganese sulphate for Hamina', 'Mn', north),
      sulphate('manganese sulphate for Wuxi', 'Mn', east),
      sulphate('manganese sulphate in store', 'Mn', subtract(manganese, add(north, east))),
    ],
  });
  const [finland, china] = [named(lots, 0), named(lots, 1)];
  const way = { from: 'kalahariPlant', mode: 'multimodal', left: 72 } as const;
  deliver(book, {
    name: 'manganese sulphate to Hamina',
    ...way,
    to: 'kymiPlant',
    lots: [finland],
    arrived: 42,
  });
  deliver(book, { name: 'manganese sulphate to Wuxi', ...way, to: 'taihuPlant', lots: [china], arrived: 45 });
  return { finland, china };
}
