import { z } from 'zod';
import type { JsonValue } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import { addressJson, bytes32Json, bytesJson, messageJson } from '../../protocol/json.ts';
import type { Statement } from '../../protocol/statements.ts';

export const SEALED_FORMAT = 'lodebook-sealed/1';

/** The most that can have been said of the lot. */
export const MAX_SAID = 5_000;
/** The most nodes of the state's tries. */
export const MAX_SEALED_NODES = 100_000;

type AttestationMessage = Extract<Statement, { type: 'Attestation' }>['message'];

/** An attestation as it was recorded. */
export type SignedAttestation = {
  readonly message: AttestationMessage;
  readonly signer: Hex;
  readonly signature: Hex;
};

const signedAttestationJson = z.strictObject({
  message: messageJson.Attestation,
  signer: addressJson,
  signature: bytesJson,
}) as unknown as z.ZodType<SignedAttestation>;

const nodeJson = z
  .string()
  .max(8_192)
  .regex(/^0x([0-9a-f]{2})+$/) as unknown as z.ZodType<Hex>;

const fieldJson = z.strictObject({
  path: z.string().max(1_000),
  value: z.json() as unknown as z.ZodType<JsonValue>,
  salt: bytes32Json,
});

/** A sealed certificate: what an auditor says of a lot's certificate, and the proof that it says so. docs/sealed.md */
export const sealedJson = z.strictObject({
  format: z.literal(SEALED_FORMAT),
  ledger: z.strictObject({ chainId: z.int().min(1), address: addressJson }),
  lot: bytes32Json,
  header: nodeJson.describe('RLP of the header of the block that the proofs are of'),
  seal: bytes32Json.describe('Which of the attestations is the seal'),
  fields: z.array(fieldJson).min(1).max(100).describe('The whole document that the auditor sealed'),
  attestations: z.array(signedAttestationJson).max(MAX_SAID).describe('All on the lot itself'),
  trail: z
    .array(bytes32Json)
    .max(MAX_SAID)
    .describe('The ids of all that was said of the lot itself, in the order of the ledger'),
  nodes: z.array(nodeJson).max(MAX_SEALED_NODES),
});

export type Sealed = z.infer<typeof sealedJson>;
/** A sealed certificate before its proofs are fetched. */
export type SealedContents = Omit<Sealed, 'header' | 'nodes'>;

/** An attestation on the lot, by its id. */
export type OnLot = SignedAttestation & { readonly id: Hex };

/** As for a full bundle: what the caller trusts, or demands. */
export type SealOptions = {
  readonly blockHash?: Hex | undefined;
  readonly ledger?: Hex | undefined;
  readonly policyHash?: Hex | undefined;
};
