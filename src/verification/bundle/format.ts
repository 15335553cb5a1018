import { z } from 'zod';
import type { JsonValue } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import { addressJson, bytes32Json, bytesJson, messageJson, textJson, timeJson } from '../../protocol/json.ts';
import { type Statement, type StatementType, statementTypeNames } from '../../protocol/statements.ts';
import { type Policy, policyJson } from '../policy.ts';

export const BUNDLE_FORMAT = 'lodebook-bundle/1';

/** The most records (statements and acts) that a full bundle can have. */
export const MAX_RECORDS = 25_000;
/** The most fields of evidence that it can have. */
export const MAX_FIELDS = 20_000;
/** The most nodes of the state's tries. */
export const MAX_NODES = 400_000;

const number53 = z.int().min(0);
const placeShape = {
  block: number53.describe('The block that recorded it'),
  recordedAt: timeJson.describe("That block's time"),
};

const statementRecords = statementTypeNames.map((type) =>
  z.strictObject({
    type: z.literal(type),
    ...placeShape,
    message: messageJson[type],
    signer: addressJson.describe('The account whose signature the ledger took'),
    signature: bytesJson,
  }),
);

const partyAct = { ...placeShape, party: addressJson, evidence: bytes32Json };
const accreditationAct = {
  ...placeShape,
  auditor: addressJson,
  scheme: textJson(256),
  evidence: bytes32Json,
};
const actRecords = [
  z.strictObject({ type: z.literal('PartyAdmitted'), ...partyAct }),
  z.strictObject({ type: z.literal('PartySuspended'), ...partyAct }),
  z.strictObject({ type: z.literal('PartyReinstated'), ...partyAct }),
  z.strictObject({ type: z.literal('AuditorAccredited'), ...accreditationAct }),
  z.strictObject({ type: z.literal('AccreditationWithdrawn'), ...accreditationAct }),
  z.strictObject({
    type: z.literal('KeyProposalCompleted'),
    ...placeShape,
    party: addressJson,
    key: addressJson,
    number: number53,
  }),
] as const;

/** What the ledger recorded: a signed statement, or an act of the registrar or the accreditor, by its event's name. */
export const recordJson = z.discriminatedUnion('type', [
  ...actRecords,
  ...statementRecords,
] as never) as unknown as z.ZodType<BundleRecord>;

type Place = { readonly block: number; readonly recordedAt: number };
export type StatementRecord = Place &
  {
    [T in StatementType]: { readonly type: T; readonly message: Extract<Statement, { type: T }>['message'] };
  }[StatementType] & { readonly signer: Hex; readonly signature: Hex };
export type ActRecord = z.infer<(typeof actRecords)[number]>;
export type BundleRecord = StatementRecord | ActRecord;

const jsonValue = z.json() as unknown as z.ZodType<JsonValue>;

/** The fields that are shown of one document, each with its Merkle proof: OpenZeppelin's StandardMerkleTree. */
export const documentJson = z.strictObject({
  root: bytes32Json,
  fields: z
    .array(
      z.strictObject({
        path: textJson(1_000),
        value: jsonValue,
        salt: bytes32Json,
        proof: z.array(bytes32Json).max(64),
      }),
    )
    .min(1),
});
export type BundleDocument = z.infer<typeof documentJson>;

const nodeJson = z
  .string()
  .max(8_192)
  .regex(
    /^0x([0-9a-f]{2})+$/,
    'expected 0x and pairs of lower-case hexadecimal digits',
  ) as unknown as z.ZodType<Hex>;

/** A full bundle: all that is needed to check a lot's certificate again, offline. docs/verification.md says how. */
export const bundleJson = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  ledger: z.strictObject({ chainId: z.int().min(1), address: addressJson }),
  lot: bytes32Json,
  policy: policyJson.describe('What the certificate is computed under'),
  header: nodeJson.describe('RLP of the header of the block that the certificate is of'),
  records: z.array(recordJson).max(MAX_RECORDS).describe('In the order of the ledger'),
  documents: z
    .array(documentJson)
    .refine(
      (documents) => documents.reduce((sum, { fields }) => sum + fields.length, 0) <= MAX_FIELDS,
      `expected at most ${MAX_FIELDS} fields in all`,
    ),
  nodes: z
    .array(nodeJson)
    .max(MAX_NODES)
    .describe("Nodes of the state's trie and of the ledger's storage trie, in any order, each once"),
});

export type Bundle = {
  readonly format: typeof BUNDLE_FORMAT;
  readonly ledger: { readonly chainId: number; readonly address: Hex };
  readonly lot: Hex;
  readonly policy: Policy;
  readonly header: Hex;
  readonly records: readonly BundleRecord[];
  readonly documents: readonly BundleDocument[];
  readonly nodes: readonly Hex[];
};
/** A bundle before its proofs are fetched: what was recorded, and what is shown. */
export type BundleContents = Omit<Bundle, 'header' | 'nodes'>;
