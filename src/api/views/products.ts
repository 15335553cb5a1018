import { digitalLinkPath, type TradeItem } from '../../protocol/digital-link.ts';
import type { ClaimRow } from '../../store/trade-items.ts';
import type { Claim, Product } from '../schemas/products.ts';
import type { Names } from './names.ts';

/**
 * The lots that stand for a product now: those that no other one of the same serial number was made of. Weighed or
 * repacked, a product keeps its number; the lot that it was before is used up by what made the next.
 */
function standing(claims: readonly ClaimRow[]): ClaimRow[] {
  const made = new Set(claims.map(({ production }) => production));
  return claims.filter(({ spentBy }) => spentBy === null || !made.has(spentBy));
}

/** Whether two lots stand for one serial number: at least one of them is not what it says. */
function isDisputed({ serial }: TradeItem, claims: readonly ClaimRow[]): boolean {
  return serial !== null && standing(claims).length > 1;
}

/** What a label leads to: of a GTIN with a serial number, or a batch. */
export function productView(
  item: TradeItem,
  { claims, truncated }: { readonly claims: readonly ClaimRow[]; readonly truncated: boolean },
  names: Names,
): Product {
  return {
    ...item,
    path: digitalLinkPath(item),
    disputed: isDisputed(item, claims),
    standing: standing(claims).map(({ lot }) => lot),
    claims: claims.map((row) => claimView(row, names)),
    truncated,
    advice: item.serial === null ? BATCH : SERIAL,
  };
}

const SERIAL =
  'Compare the serial number with the one on the product itself: a label can be copied. Where `disputed` is true, several ' +
  'lots claim this number: ask their producers.';
const BATCH = 'A batch may have several lots: compare what is on the product with each of them.';

function claimView(row: ClaimRow, names: Names): Claim {
  return {
    ...{ lot: row.lot, status: row.status, serial: row.serial, batch: row.batch },
    ...{ commodity: row.commodity, milligrams: String(row.milligrams) },
    producer: names.party(row.producer),
  };
}
