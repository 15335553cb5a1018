import type { LotDetail } from '../api/schemas/lots.ts';
import type { LotQuery } from '../client/client.ts';
import { type Hex, hex } from '../protocol/hex.ts';
import type { LotHead } from '../protocol/statements.ts';
import { Failure, UsageError } from './failure.ts';
import type { Session } from './session.ts';

const SHORTEST_PREFIX = 8;
const PAGE = 200;
const MOST_PAGES = 50;

/**
 * The lot that an id or the beginning of one means: at least 8 digits, with or without 0x.
 *
 * @param where narrows the lots down among which the beginning must be unique
 * @throws UsageError where it is no such thing, Failure where it means no lot or several
 */
export async function findLot({ client }: Session, reference: string, where: LotQuery = {}): Promise<Hex> {
  const digits = reference.trim().toLowerCase().replace(/^0x/, '').replace(/…$/, '');
  if (!/^[0-9a-f]+$/.test(digits) || digits.length < SHORTEST_PREFIX || digits.length > 64)
    throw new UsageError(
      `"${reference}" is not a lot: write its id, or at least the first ${SHORTEST_PREFIX} digits of it.`,
    );
  if (digits.length === 64) return hex(`0x${digits}`);
  const found: Hex[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next } = await client.lots({
      ...where,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...items.map((lot) => lot.id).filter((id) => id.startsWith(`0x${digits}`)));
    if (next === null) return unique(reference, found, where);
    cursor = next;
  }
  if (found.length > 0) return unique(reference, found, where);
  throw new Failure(
    `There are too many lots to look for "${reference}" among them. Write the whole id: 0x and 64 digits.`,
  );
}

/** Lots to act on, each with the head that the statement must name, in the order given. */
export async function findLots(
  session: Session,
  references: readonly string[],
  where: LotQuery,
): Promise<LotDetail[]> {
  const lots: LotDetail[] = [];
  for (const reference of references) {
    const id = await findLot(session, reference, where);
    lots.push(await session.client.lot(id));
  }
  return lots;
}

/** Lots that a party holds, as a statement names them. @throws Failure for a lot that it does not hold */
export async function heldLots(
  session: Session,
  references: readonly string[],
  party: Hex,
): Promise<LotHead[]> {
  const lots = await findLots(session, references, { custodian: party, status: 'held' });
  return lots.map((lot) => {
    if (lot.custodian.id !== party)
      throw new Failure(
        `Lot ${lot.id} is held by ${lot.custodian.name ?? lot.custodian.id}, and the key at hand is ${party}. Choose another lot, or another key with --key.`,
      );
    if (lot.status !== 'held')
      throw new Failure(`Lot ${lot.id} is ${lot.status}: nothing can be done with it now.`);
    return { lot: lot.id, head: lot.head };
  });
}

function unique(reference: string, found: readonly Hex[], { custodian, status }: LotQuery): Hex {
  const [only, another] = found;
  if (another)
    throw new Failure(
      `"${reference}" is the beginning of several lots:\n${found.map((id) => `  ${id}`).join('\n')}`,
    );
  if (only) return only;
  const where = `${custodian === undefined ? '' : ` that ${custodian} holds`}${status === undefined ? '' : `, ${status},`}`;
  throw new Failure(
    `No lot${where} begins with "${reference}". Check the digits, and whether it is still there.`,
  );
}
