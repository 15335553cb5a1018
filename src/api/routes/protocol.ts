import { ledgerAbi } from '../../protocol/abi.generated.ts';
import {
  custodyModels,
  facilityKinds,
  outcomes,
  processes,
  scopes,
  transportModes,
} from '../../protocol/codes.ts';
import { countryOf } from '../../protocol/countries.ts';
import { disclosureTypes } from '../../protocol/disclosure.ts';
import { ZERO_BYTES32 } from '../../protocol/hex.ts';
import { MAX_MILLIGRAMS } from '../../protocol/mass.ts';
import { materials } from '../../protocol/materials.ts';
import { isOriginProcess } from '../../protocol/origin.ts';
import { readGrantTypes } from '../../protocol/read-grant.ts';
import { authorFields, ledgerDomain, statementTypeNames, typesOf } from '../../protocol/statements.ts';
import type { Context } from '../context.ts';
import { LONGEST_AHEAD_SECONDS } from '../intake/accept.ts';
import { answer, route } from '../route.ts';
import { type ProtocolDescription, protocolDescription } from '../schemas/protocol.ts';
import { scopeOf } from '../scopes.ts';
import { BODY_LIMIT } from '../serve.ts';

export const getProtocol = route({
  method: 'get',
  path: '/v1/protocol',
  operationId: 'getProtocol',
  summary: 'What to sign, and for which ledger',
  description:
    'All that a program needs to sign statements: the EIP-712 domain and types, the numbers that stand in messages ' +
    'with their terms, materials and countries, how ids are derived, and the limits. `contract.abi` is for those who ' +
    'submit statements to the chain themselves.',
  tags: ['protocol'],
  access: 'anybody',
  responses: { 200: { description: 'The protocol.', schema: protocolDescription } },
  errors: [],
  handler: async (context) => answer(200, describe(context)),
});

const DAY = 86_400;

function describe({ ledger, clock }: Context): ProtocolDescription {
  return {
    domain: ledgerDomain(ledger.chainId, ledger.address),
    statements: statementTypeNames.map((type) => ({
      type,
      author: authorFields[type],
      scope: scopeOf(type),
      types: typesOf(type),
      function: `record${type}`,
    })),
    disclosure: { types: mutable(disclosureTypes) },
    readGrant: { types: mutable(readGrantTypes) },
    enumerations: {
      facilityKinds: numbered(facilityKinds),
      processes: numbered(processes).map((entry) => ({ ...entry, origin: isOriginProcess(entry.term) })),
      custodyModels: numbered(custodyModels),
      transportModes: numbered(transportModes),
      outcomes: numbered(outcomes),
      scopes: numbered(scopes),
    },
    materials: [...materials],
    countries: allCountries(),
    contract: {
      address: ledger.address,
      chainId: ledger.chainId,
      deployedAt: ledger.deployedAt,
      abi: ledgerAbi as unknown as Record<string, unknown>[],
    },
    derivations,
    recordBy: {
      advisedSeconds: 7 * DAY,
      maxSeconds: LONGEST_AHEAD_SECONDS,
      text:
        'A statement is recorded by then, or never: a draft cannot surface years later. A week leaves time for a chain ' +
        'that is away; sign again if it passed. Authority is judged when the statement is recorded.',
    },
    limits: {
      bodyBytes: BODY_LIMIT,
      itemsPerList: 1_000,
      maxMilligrams: String(MAX_MILLIGRAMS),
      maxAgeSeconds: 90 * DAY,
      maxClockSkewSeconds: 15 * 60,
      objectionSeconds: 7 * DAY,
    },
    zero: ZERO_BYTES32,
    now: clock(),
  };
}

const derivations = {
  statementId: 'The EIP-712 digest of the statement: what its author signs.',
  lotId:
    'keccak256(abi.encode(bytes32 production statement id, uint256 index of the output, bytes32 hashStruct(Output))).',
  head: "A lot's id at birth, then the id of the last dispatch, receipt or correction that touched it.",
  evidence:
    'Root of an OpenZeppelin Merkle tree (sorted pairs, as SimpleMerkleTree.of) over one leaf per field: keccak256(' +
    'keccak256(abi.encode(string path, string json, bytes32 salt))). json has no spaces, and keys sorted by code unit.',
  trail:
    'Of a subject: keccak256(abi.encode(bytes32 trail, bytes32 statement id)) from 0, over each attestation, each ' +
    "revocation and each log's first observation, in the order of recording.",
} as const;

function numbered(table: Readonly<Record<string, number>>): { number: number; term: string }[] {
  return Object.entries(table).map(([term, number]) => ({ number, term }));
}

function mutable(types: typeof disclosureTypes) {
  return Object.fromEntries(
    Object.entries(types).map(([name, fields]) => [name, fields.map((field) => ({ ...field }))]),
  );
}

function allCountries() {
  return Array.from({ length: 999 }, (_, index) => countryOf(index + 1)).filter(
    (country) => country !== undefined,
  );
}
