import type { Book } from '../book.ts';
import { assay } from '../documents.ts';
import type { Lot } from '../drafts.ts';
import { mass, mix, mixOf, per, ratio, scale, subtract, times, total } from '../quantities.ts';
import { deliver, named, ofGrade, only } from './moves.ts';

const FLAKE = 250410;
const ANODE_MATERIAL = 380190;

/** Mozambique to Sweden: flake from Balama, by road to Nacala and by sea, becomes anode material, and goes to Hungary. */
export function graphiteFromBalama(book: Book): Lot {
  const flake = flakeConcentrate(book);
  const way = {
    from: 'lurioConcentrator',
    to: 'bothniaPlant',
    mode: 'multimodal',
    left: 76,
    arrived: 42,
  } as const;
  deliver(book, { name: 'flake graphite to Sundsvall', ...way, lots: [flake] });
  const content = scale(mixOf(flake.output.content), ratio('anodeYield'));
  const anode = only(
    book.make({
      name: 'anode material at Sundsvall',
      daysAgo: 38,
      site: 'bothniaPlant',
      process: 'refine',
      model: 'segregated',
      inputs: [flake],
      outputs: [
        {
          name: 'anode material',
          commodity: ANODE_MATERIAL,
          milligrams: per(total(content, 'graphite'), ratio('anodeCarbon')),
          content,
          papers: assay('anode material', 'loss on ignition, laser diffraction'),
        },
      ],
    }),
  );
  const road = {
    from: 'bothniaPlant',
    to: 'tiszaPlant',
    mode: 'road',
    via: ['DK', 'DE', 'CZ', 'SK'],
  } as const;
  deliver(book, { name: 'anode material to Debrecen', ...road, lots: [anode], left: 36, arrived: 33 });
  return anode;
}

function flakeConcentrate(book: Book): Lot {
  const milligrams = mass('balamaOre');
  const ore = only(
    book.make({
      name: 'ore dug at Balama',
      daysAgo: 79.5,
      site: 'lurioMine',
      process: 'extract',
      model: 'identity-preserved',
      outputs: [
        {
          name: 'graphite ore',
          commodity: FLAKE,
          milligrams,
          content: ofGrade(milligrams, { graphite: 'balamaGraphite' }),
          papers: assay('graphite ore', 'LECO, total graphitic carbon'),
        },
      ],
    }),
  );
  const belt = {
    from: 'lurioMine',
    to: 'lurioConcentrator',
    mode: 'fixed-installation',
    left: 79.2,
    arrived: 79.1,
  } as const;
  deliver(book, { name: 'graphite ore to flotation', ...belt, lots: [ore] });
  const floated = scale(mixOf(ore.output.content), ratio('flotationYield'));
  const shipped = 30_000_000_000n;
  const sold = mix({ graphite: times(shipped, ratio('flakeCarbon')) });
  const rest = subtract(floated, sold);
  const lots = book.make({
    name: 'flake graphite at Balama',
    daysAgo: 78,
    site: 'lurioConcentrator',
    process: 'concentrate',
    model: 'segregated',
    inputs: [ore],
    outputs: [
      {
        name: 'flake graphite',
        commodity: FLAKE,
        milligrams: shipped,
        content: sold,
        papers: assay('flake graphite', 'LECO, total graphitic carbon', '0.5 %'),
      },
      {
        name: 'flake graphite in store',
        commodity: FLAKE,
        milligrams: per(total(rest, 'graphite'), ratio('flakeCarbon')),
        content: rest,
      },
    ],
  });
  return named(lots, 0);
}
