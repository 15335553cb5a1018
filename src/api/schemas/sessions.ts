import { z } from 'zod';
import { addressJson, bytesJson } from '../../protocol/json.ts';
import { account, id, time } from './common.ts';

export const signInDraft = z
  .object({
    message: z.string().describe('Sign this text as it is, with `personal_sign` (ERC-191).'),
    domain: z.string(),
    uri: z.string(),
    chainId: z.int(),
    nonce: z.string().describe('For those who write the message themselves. It opens one session.'),
    expiresAt: time.describe('Until then the nonce is good.'),
  })
  .meta({ id: 'SignInDraft' });
export type SignInDraft = z.infer<typeof signInDraft>;

export const signInInput = z
  .strictObject({
    message: z.string().max(4_000).describe('The text that was signed (EIP-4361).'),
    signature: bytesJson.describe(
      "Of the account's key; of a smart account, what its contract takes (ERC-1271).",
    ),
    party: addressJson
      .optional()
      .describe(
        'For whom: a party whose present key the account is. If not given, the account is the party.',
      ),
  })
  .meta({
    id: 'SignInInput',
    examples: [
      { message: 'lodebook.example wants you to sign in with …', signature: `0x${'5c'.repeat(64)}1b` },
    ],
  });

export const session = z
  .object({
    token: id.describe('Send it as `Authorization: Bearer …`. It is not kept here: only its hash is.'),
    party: account,
    account,
    expiresAt: time,
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;
