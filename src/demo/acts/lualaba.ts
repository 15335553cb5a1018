import type { Book } from '../book.ts';
import { assay } from '../documents.ts';
import type { Lot } from '../drafts.ts';
import { inventedDigest } from '../personas.ts';
import { add, draw, mass, mixOf, per, ratio, subtract, times, total } from '../quantities.ts';
import { otherAttestations } from './audits.ts';
import { deliver, dispatch, ofGrade, only } from './moves.ts';

const COPPER_ORE = 260300;
const COBALT_ORE = 260500;
const COBALT_HYDROXIDE = 282200;
const COPPER_CATHODE = 740311;

/** From Lualaba to Durban: four truckloads of hydroxide, two for Finland and two for China. */
export function cobaltFromLualaba(book: Book): Lot[] {
  const industrial = industrialOre(book);
  const artisanal = artisanalBags(book);
  for (const lot of artisanal.slice(1)) otherAttestations(book, lot.id);
  const truckloads = hydroxide(book, [industrial, ...artisanal]);
  deliver(book, {
    name: 'hydroxide by road to Durban',
    from: 'lufiraPlant',
    to: 'umgeniStore',
    mode: 'road',
    lots: truckloads,
    left: 72,
    arrived: 62,
    via: ['ZM', 'ZW'],
    fields: {
      exportPermit: 'Quota certificate of the cobalt regulator, 15 t of cobalt (invented)',
      'documents[2].sha256': inventedDigest('hydroxide/export permit'),
    },
  });
  return truckloads;
}

function industrialOre(book: Book): Lot {
  const milligrams = mass('kolweziOre');
  const ore = only(
    book.make({
      name: 'ore dug at Kalenga',
      daysAgo: 79.5,
      site: 'kalengaMine',
      process: 'extract',
      model: 'identity-preserved',
      outputs: [
        {
          name: 'Kalenga ore',
          commodity: COPPER_ORE,
          milligrams,
          content: ofGrade(milligrams, { Co: 'kolweziCo', Cu: 'kolweziCu' }),
          papers: assay('Kalenga ore', 'ICP-OES after four-acid digestion', '4 %'),
        },
      ],
    }),
  );
  const way = { from: 'kalengaMine', to: 'lufiraPlant', mode: 'road', left: 79.2, arrived: 79 } as const;
  deliver(book, { name: 'Kalenga ore to the plant', ...way, lots: [ore] });
  return ore;
}

/** Three buying days at the co-operative. The plant's count of the third does not match the tags: it goes back. */
function artisanalBags(book: Book): Lot[] {
  const first = bags(book, 79, 1, 400);
  const second = bags(book, 77, 401, 300);
  const third = bags(book, 76, 701, 240);
  const way = { from: 'umojaMine', to: 'lufiraPlant', mode: 'road' } as const;
  deliver(book, {
    name: 'tagged bags to the plant',
    ...way,
    lots: [first, second],
    left: 76.5,
    arrived: 76.3,
  });
  const refused = dispatch(book, {
    name: 'bags that the plant sends back',
    ...way,
    lots: [third],
    left: 75.5,
  });
  book.receive(refused, {
    daysAgo: 75.3,
    outcome: 'refuse',
    papers: { fields: { reason: '240 bags named, 234 tags found: six bags without a tag', counted: 234 } },
  });
  return [first, second];
}

function bags(book: Book, daysAgo: number, firstTag: number, count: number): Lot {
  const milligrams = BigInt(count) * mass('artisanalBag');
  const tag = (number: number): string => `UWK-${String(number).padStart(6, '0')}`;
  const batch = `${tag(firstTag)} to ${tag(firstTag + count - 1)}`;
  return only(
    book.make({
      name: `bags ${batch}`,
      daysAgo,
      site: 'umojaMine',
      process: 'extract',
      model: 'identity-preserved',
      signedBy: 'umoja/phone',
      outputs: [
        {
          name: `heterogenite ${batch}`,
          commodity: COBALT_ORE,
          milligrams,
          content: ofGrade(milligrams, { Co: 'artisanalCo' }),
          papers: { fields: { batch, bags: count, 'assay.method': 'portable XRF, at the buying counter' } },
        },
      ],
    }),
  );
}

function hydroxide(book: Book, inputs: readonly Lot[]): Lot[] {
  const went = add(...inputs.map((lot) => mixOf(lot.output.content)));
  const cobalt = draw(went, { Co: times(total(went, 'Co'), ratio('hydrometCo')) });
  const copper = draw(went, { Cu: times(total(went, 'Cu'), ratio('hydrometCu')) });
  const wet = mass('hydroxideLot');
  const dry = wet - times(wet, ratio('hydroxideMoisture'));
  const truckload = draw(cobalt, { Co: times(dry, ratio('hydroxideCo')) });
  const stock = subtract(cobalt, add(truckload, truckload, truckload, truckload));
  const papers = (name: string) => assay(name, 'ICP-OES, on dry matter', '50 %');
  const lots = book.make({
    name: 'hydroxide and copper at Lufira',
    daysAgo: 74,
    site: 'lufiraPlant',
    process: 'refine',
    model: 'controlled-blending',
    inputs,
    outputs: [
      ...[1, 2, 3, 4].map((number) => ({
        name: `cobalt hydroxide ${number}`,
        commodity: COBALT_HYDROXIDE,
        milligrams: wet,
        content: truckload,
        papers: papers(`cobalt hydroxide ${number}`),
      })),
      {
        name: 'cobalt hydroxide in store',
        commodity: COBALT_HYDROXIDE,
        milligrams: per(total(stock, 'Co') * 2n, ratio('hydroxideCo')),
        content: stock,
      },
      {
        name: 'copper cathodes',
        commodity: COPPER_CATHODE,
        milligrams: per(total(copper, 'Cu'), ratio('copperCathode')),
        content: copper,
      },
    ],
  });
  return lots.slice(0, 4);
}
