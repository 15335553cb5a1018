import { z } from 'zod';
import { statementTypeNames } from '../../protocol/statements.ts';
import { account, country, id, time } from './common.ts';

const code = z.object({ number: z.int(), term: z.string() });
const field = z.object({ name: z.string(), type: z.string() });

const statementDescription = z.object({
  type: z.enum(statementTypeNames),
  author: z.string().describe('The field that names the party that says it.'),
  scope: z
    .int()
    .nullable()
    .describe(
      "What a delegation's scope must include for a delegate to sign it; null = the party's own key alone.",
    ),
  types: z
    .record(z.string(), z.array(field))
    .describe('What `eth_signTypedData_v4` takes, without EIP712Domain.'),
  function: z.string().describe("The contract's function, for those who submit it themselves."),
});

export const protocolDescription = z
  .object({
    domain: z.object({ name: z.string(), version: z.string(), chainId: z.int(), verifyingContract: account }),
    statements: z.array(statementDescription),
    disclosure: z
      .object({ types: statementDescription.shape.types })
      .describe(
        'What the author of a document signs to show fields of it: no statement, it never goes on chain.',
      ),
    readGrant: z
      .object({ types: statementDescription.shape.types })
      .describe('What a party signs to let another read what it may read; it never goes on chain either.'),
    enumerations: z
      .object({
        facilityKinds: z.array(code),
        processes: z.array(code.extend({ origin: z.boolean() })),
        custodyModels: z.array(code),
        transportModes: z.array(code),
        outcomes: z.array(code),
        scopes: z.array(code).describe('A bit each, added up.'),
      })
      .describe('In signed messages stand the numbers, in answers the terms.'),
    materials: z.array(z.object({ id: z.int(), symbol: z.string(), name: z.string() })),
    countries: z.array(country),
    contract: z.object({
      address: account,
      chainId: z.int(),
      deployedAt: z.int().describe('The block of its deployment.'),
      abi: z.array(z.record(z.string(), z.unknown())),
    }),
    derivations: z.object({
      statementId: z.string(),
      lotId: z.string(),
      head: z.string(),
      evidence: z.string(),
      trail: z.string(),
    }),
    recordBy: z.object({
      advisedSeconds: z.int().describe('Sign with `recordBy` = now + this.'),
      maxSeconds: z.int().describe('`recordBy` at most this long after now.'),
      text: z.string(),
    }),
    limits: z.object({
      bodyBytes: z.int(),
      itemsPerList: z.int(),
      maxMilligrams: z.string(),
      maxAgeSeconds: z.int().describe('`occurredAt` at most this long before the block.'),
      maxClockSkewSeconds: z.int().describe('`occurredAt` at most this long after the block.'),
      objectionSeconds: z.int().describe('A proposed key takes effect this long after the proposal.'),
    }),
    zero: id.describe('Where a message needs a root or a reference and there is none.'),
    now: time.describe("The server's clock."),
  })
  .meta({ id: 'ProtocolDescription' });
export type ProtocolDescription = z.infer<typeof protocolDescription>;
