import { z } from 'zod';
import { addressJson, bytesJson, timeJson } from '../../protocol/json.ts';
import { account, time } from './common.ts';

export const grantInput = z
  .strictObject({
    message: z.strictObject({
      party: addressJson,
      reader: addressJson.describe('An auditor, for instance: a party that signs in.'),
      validUntil: timeJson.describe(
        'The first moment at which it may no longer; 0 ends what was granted before.',
      ),
      issuedAt: timeJson.describe('Now. Of two for one reader the later counts.'),
    }),
    signature: bytesJson.describe("Of the party's own key, with the types of `readGrant` in /v1/protocol."),
  })
  .meta({
    id: 'ReadGrantInput',
    examples: [
      {
        message: {
          ...{ party: `0x${'a1'.repeat(20)}`, reader: `0x${'b2'.repeat(20)}` },
          ...{ validUntil: 1_800_000_000, issuedAt: 1_790_000_000 },
        },
        signature: `0x${'5c'.repeat(64)}1b`,
      },
    ],
  });

export const readGrant = z
  .object({
    party: account,
    reader: account,
    validUntil: time,
    issuedAt: time,
    standing: z.enum(['in-force', 'ended']),
  })
  .meta({ id: 'ReadGrant', description: 'A party lets another read what it may read itself.' });
export type ReadGrantView = z.infer<typeof readGrant>;
export const grantList = z.object({ items: z.array(readGrant) }).meta({ id: 'ReadGrantList' });
export type ReadGrantList = z.infer<typeof grantList>;
