import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * The journal is text: one line per record, `JSON <tab> SHA-256 of the JSON, as hex <newline>`.
 * JSON never holds a raw tab or newline, so that a tail with two tabs is more than one record.
 *
 * The first record is the header. Each other record holds the blocks of one sync to disk, so that at most the last
 * record can be torn by a loss of power.
 */
export const journalFormat = 1;

const hash = z.string().regex(/^0x[0-9a-f]{64}$/);

/** `balance`, `baseFee`: wei, decimal. `genesisTime`: Unix seconds. `engine`: what wrote the journal, for messages. */
export const journalHeader = z.object({
  format: z.literal(journalFormat),
  chainId: z.number().int().positive(),
  hardfork: z.string(),
  gasLimit: z.number().int().positive(),
  baseFee: z.string(),
  genesis: z.array(z.object({ address: z.string(), balance: z.string() })),
  genesisTime: z.number().int(),
  genesisHash: hash,
  engine: z.string(),
});
export type JournalHeader = z.infer<typeof journalHeader>;

/** `timestamp`: Unix seconds. `transactions`: signed and encoded, as they were sent, in the block's order. */
export const journalBlock = z.object({
  number: z.number().int().positive(),
  timestamp: z.number().int(),
  hash,
  transactions: z.array(z.string()),
});
export type JournalBlock = z.infer<typeof journalBlock>;

export const journalGroup = z.object({ blocks: z.array(journalBlock).min(1) });

export function encodeRecord(value: unknown): string {
  const json = JSON.stringify(value);
  return `${json}\t${checksum(json)}\n`;
}

/** The value of a line without its newline; undefined if the line is not what `encodeRecord` wrote. */
export function decodeRecord(line: string): unknown {
  const tab = line.lastIndexOf('\t');
  const json = line.slice(0, Math.max(tab, 0));
  return tab > 0 && line.slice(tab + 1) === checksum(json) ? JSON.parse(json) : undefined;
}

function checksum(json: string): string {
  return createHash('sha256').update(json, 'latin1').digest('hex');
}
