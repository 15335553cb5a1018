import type { Hex } from '../../protocol/hex.ts';
import type { Content } from '../../protocol/statements.ts';
import type { Db } from '../schema.ts';
import { anyOf } from '../values.ts';

/** What is in each of the lots, in the statements' order: by material, primary before recycled. */
export async function contentsOf(db: Db, lots: Iterable<Hex>): Promise<Map<Hex, Content[]>> {
  const wanted = [...lots];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('content')
    .select(['lot', 'material', 'recycled', 'milligrams'])
    .where('lot', '=', anyOf(wanted))
    .orderBy('lot')
    .orderBy('material')
    .orderBy('recycled')
    .execute();
  const contents = new Map<Hex, Content[]>();
  for (const { lot, ...content } of rows) {
    const known = contents.get(lot);
    if (known) known.push(content);
    else contents.set(lot, [content]);
  }
  return contents;
}
