import type { Disclosure, Visibility } from '../protocol/disclosure.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Db } from './schema.ts';
import { bytes } from './values.ts';

/**
 * The leaf that each path of a document has ever stood for in a disclosure, before whomever. A document can be made to have
 * one path twice, with two values: what one party was shown, another must not be shown otherwise, then or later.
 */
export async function leavesShown(db: Db, root: Hex): Promise<Map<string, Hex>> {
  const rows = await db.selectFrom('disclosure').select('message').where('root', '=', bytes(root)).execute();
  const shown = rows.flatMap(({ message }) => (message as Disclosure).fields).filter(isShown);
  return new Map(shown.map(({ path, leaf }) => [path, leaf]));
}

/** Whether anybody but the author may see it from then on. */
export function isShown({ isPublic, parties }: Visibility): boolean {
  return isPublic || parties.length > 0;
}
