import { expect, test } from 'vitest';
import { Failure, UsageError } from '../../src/cli/failure.ts';
import { findLot } from '../../src/cli/lot-reference.ts';
import type { Session } from '../../src/cli/session.ts';
import type { LotQuery } from '../../src/client/client.ts';
import type { Hex } from '../../src/protocol/hex.ts';

const lot = (digits: string): Hex => `0x${digits.padEnd(64, '0')}`;
const pages = [[lot('aaaaaaaa01'), lot('bbbbbbbb01')], [lot('aaaaaaaa02')]];

/** A service whose lots come in two pages. */
function session(asked: LotQuery[] = []): Session {
  const lots = async (query: LotQuery = {}) => {
    asked.push(query);
    const page = Number(query.cursor ?? 0);
    return {
      items: (pages[page] ?? []).map((id) => ({ id })),
      next: page + 1 < pages.length ? String(page + 1) : null,
    };
  };
  return { client: { lots } } as unknown as Session;
}

test('a beginning means the one lot that has it, with or without 0x, in any case', async () => {
  expect(await findLot(session(), '0xBBBBBBBB')).toBe(pages[0]?.[1]);
  expect(await findLot(session(), 'aaaaaaaa02')).toBe(pages[1]?.[0]);
});

test('a whole id is not looked for', async () => {
  const asked: LotQuery[] = [];
  expect(await findLot(session(asked), lot('cc').toUpperCase().replace('0X', '0x'))).toBe(lot('cc'));
  expect(asked).toEqual([]);
});

test('several, none, or too few digits are errors that say so', async () => {
  await expect(findLot(session(), 'aaaaaaaa')).rejects.toThrow(
    `"aaaaaaaa" is the beginning of several lots:\n  ${pages[0]?.[0]}\n  ${pages[1]?.[0]}`,
  );
  await expect(findLot(session(), 'aaaaaaaa')).rejects.toBeInstanceOf(Failure);
  await expect(findLot(session(), 'cccccccc', { status: 'in-transit' })).rejects.toThrow(
    'No lot, in-transit, begins with',
  );
  await expect(findLot(session(), 'aaaaaaa')).rejects.toBeInstanceOf(UsageError);
  await expect(findLot(session(), 'not hex at all')).rejects.toBeInstanceOf(UsageError);
});
