import { z } from 'zod';
import { BUNDLE_FORMAT, MAX_FIELDS, MAX_NODES, MAX_RECORDS } from '../../verification/bundle/format.ts';
import { account, bytes, id } from './common.ts';

const open = z.record(z.string(), z.unknown());

/** The outline of a full bundle. src/verification/bundle/format.ts is what verifiers read it by. */
export const bundle = z
  .object({
    format: z.literal(BUNDLE_FORMAT),
    ledger: z.object({ chainId: z.int(), address: account }),
    lot: id,
    policy: open.describe('What the certificate is computed under, as /v1/policies/{policy} has it.'),
    header: bytes.describe('RLP of the header of the block that the certificate is of.'),
    records: z
      .array(open)
      .describe(`Statements and acts, in the order of the ledger; at most ${MAX_RECORDS}.`),
    documents: z
      .array(open)
      .describe(`Fields of evidence that are shown, each with its Merkle proof; at most ${MAX_FIELDS}.`),
    nodes: z
      .array(bytes)
      .describe(`Nodes of the state's trie and of the ledger's storage trie; at most ${MAX_NODES}.`),
  })
  .meta({ id: 'Bundle' });
