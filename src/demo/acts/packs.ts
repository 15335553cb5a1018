import type { Book } from '../book.ts';
import type { Lot } from '../drafts.ts';
import { mass, mixOf } from '../quantities.ts';
import type { Batch } from './cells.ts';
import { named, only, split } from './moves.ts';
import { checkDigit } from './parties.ts';

const PACK = 850760;

/** One finished pack out of a batch of cells: what a buyer scans. */
export function pack(book: Book, batch: Batch, daysAgo: number, cells: Lot): Lot {
  const name = `pack ${batch}`;
  const parts = { [`cells for ${name}`]: mass('packCells') };
  const splitting = { site: 'neckarPlant', daysAgo: daysAgo + 0.5, whole: cells } as const;
  const input = named(split(book, { ...splitting, parts, rest: `cells ${batch} in store` }), 0);
  const serial = `NPS-2026-${batch}-000001`;
  return only(
    book.make({
      name: `assembly of ${name}`,
      daysAgo,
      site: 'neckarPlant',
      process: 'assemble',
      model: 'identity-preserved',
      inputs: [input],
      outputs: [
        {
          name,
          commodity: PACK,
          milligrams: mass('packMass'),
          content: mixOf(input.output.content),
          papers: { fields: { gtin: gtin(batch), serial, model: 'Neckar 60 (invented), NMC-622, 60 kWh' } },
        },
      ],
    }),
  );
}

/** A GTIN-14 under 952, which GS1 keeps for examples; one per model. */
function gtin(batch: Batch): string {
  const digits = `0952000000${{ A: '010', B: '020', C: '030' }[batch]}`;
  return digits + checkDigit(digits);
}
