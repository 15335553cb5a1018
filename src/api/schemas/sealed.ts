import { z } from 'zod';
import { SEALED_FORMAT } from '../../verification/sealed/format.ts';
import { account, bytes, id } from './common.ts';

const open = z.record(z.string(), z.unknown());

/** The outline of a sealed certificate. src/verification/sealed/format.ts is what verifiers read it by. */
export const sealed = z
  .object({
    format: z.literal(SEALED_FORMAT),
    ledger: z.object({ chainId: z.int(), address: account }),
    lot: id,
    header: bytes.describe('RLP of the header of the block that the proofs are of.'),
    seal: id.describe('Which of the attestations is the seal.'),
    fields: z
      .array(open)
      .describe('The whole document that the auditor sealed: verdict, answers, findings, shares.'),
    attestations: z.array(open).describe('All attestations on the lot itself.'),
    trail: z
      .array(id)
      .describe('The ids of all that was said of the lot itself, in the order of the ledger.'),
    nodes: z.array(bytes).describe("Nodes of the state's trie and of the ledger's storage trie."),
  })
  .meta({ id: 'SealedCertificate' });
