import { TypedDataEncoder, type TypedDataField } from 'ethers/hash';
import { type Hex, hex } from './hex.ts';
import { hashTyped, structHasher } from './struct-hash.ts';

/**
 * Every signed type, as EIP-712 spells it. The single source: TypeScript types, JSON schemas, digests and the
 * decoding of events follow from this table, and a test compares it with the contract's ABI.
 */
export const statementTypes = {
  Content: [
    { name: 'material', type: 'uint8' },
    { name: 'recycled', type: 'bool' },
    { name: 'milligrams', type: 'uint64' },
  ],
  LotHead: [
    { name: 'lot', type: 'bytes32' },
    { name: 'head', type: 'bytes32' },
  ],
  Received: [
    { name: 'lot', type: 'bytes32' },
    { name: 'milligrams', type: 'uint64' },
  ],
  Output: [
    { name: 'commodity', type: 'uint32' },
    { name: 'milligrams', type: 'uint64' },
    { name: 'content', type: 'Content[]' },
    { name: 'evidence', type: 'bytes32' },
  ],
  FacilityRegistration: [
    { name: 'operator', type: 'address' },
    { name: 'kind', type: 'uint8' },
    { name: 'country', type: 'uint16' },
    { name: 'evidence', type: 'bytes32' },
    { name: 'recordBy', type: 'uint40' },
  ],
  Production: [
    { name: 'custodian', type: 'address' },
    { name: 'facility', type: 'bytes32' },
    { name: 'process', type: 'uint8' },
    { name: 'custodyModel', type: 'uint8' },
    { name: 'inputs', type: 'LotHead[]' },
    { name: 'outputs', type: 'Output[]' },
    { name: 'occurredAt', type: 'uint40' },
    { name: 'evidence', type: 'bytes32' },
    { name: 'recordBy', type: 'uint40' },
  ],
  Dispatch: [
    { name: 'consignor', type: 'address' },
    { name: 'consignee', type: 'address' },
    { name: 'lots', type: 'LotHead[]' },
    { name: 'from', type: 'bytes32' },
    { name: 'to', type: 'bytes32' },
    { name: 'mode', type: 'uint8' },
    { name: 'recallFrom', type: 'uint40' },
    { name: 'occurredAt', type: 'uint40' },
    { name: 'evidence', type: 'bytes32' },
    { name: 'recordBy', type: 'uint40' },
  ],
  Receipt: [
    { name: 'party', type: 'address' },
    { name: 'dispatch', type: 'bytes32' },
    { name: 'lots', type: 'Received[]' },
    { name: 'accepted', type: 'bool' },
    { name: 'occurredAt', type: 'uint40' },
    { name: 'evidence', type: 'bytes32' },
    { name: 'recordBy', type: 'uint40' },
  ],
  Correction: [
    { name: 'author', type: 'address' },
    { name: 'production', type: 'bytes32' },
    { name: 'occurredAt', type: 'uint40' },
    { name: 'evidence', type: 'bytes32' },
    { name: 'recordBy', type: 'uint40' },
  ],
  Observation: [
    { name: 'observer', type: 'address' },
    { name: 'device', type: 'address' },
    { name: 'subject', type: 'bytes32' },
    { name: 'previous', type: 'bytes32' },
    { name: 'root', type: 'bytes32' },
    { name: 'count', type: 'uint32' },
    { name: 'from', type: 'uint40' },
    { name: 'until', type: 'uint40' },
    { name: 'evidence', type: 'bytes32' },
    { name: 'recordBy', type: 'uint40' },
  ],
  Attestation: [
    { name: 'auditor', type: 'address' },
    { name: 'subject', type: 'bytes32' },
    { name: 'scheme', type: 'string' },
    { name: 'outcome', type: 'uint8' },
    { name: 'validFrom', type: 'uint40' },
    { name: 'validUntil', type: 'uint40' },
    { name: 'evidence', type: 'bytes32' },
    { name: 'recordBy', type: 'uint40' },
  ],
  Revocation: [
    { name: 'author', type: 'address' },
    { name: 'attestation', type: 'bytes32' },
    { name: 'effectiveAt', type: 'uint40' },
    { name: 'evidence', type: 'bytes32' },
    { name: 'recordBy', type: 'uint40' },
  ],
  Delegation: [
    { name: 'party', type: 'address' },
    { name: 'delegate', type: 'address' },
    { name: 'scope', type: 'uint16' },
    { name: 'validUntil', type: 'uint40' },
    { name: 'issuedAt', type: 'uint40' },
    { name: 'recordBy', type: 'uint40' },
  ],
  KeyReplacement: [
    { name: 'party', type: 'address' },
    { name: 'key', type: 'address' },
    { name: 'number', type: 'uint32' },
    { name: 'recordBy', type: 'uint40' },
  ],
  KeyObjection: [
    { name: 'party', type: 'address' },
    { name: 'key', type: 'address' },
    { name: 'effectiveAt', type: 'uint40' },
    { name: 'recordBy', type: 'uint40' },
  ],
} as const;

/** The statement types, in the order in which a ledger usually meets them, each with the field that names its author. */
export const authorFields = {
  FacilityRegistration: 'operator',
  Production: 'custodian',
  Dispatch: 'consignor',
  Receipt: 'party',
  Correction: 'author',
  Observation: 'observer',
  Attestation: 'auditor',
  Revocation: 'author',
  Delegation: 'party',
  KeyReplacement: 'party',
  KeyObjection: 'party',
} as const;

export type StructName = keyof typeof statementTypes;
export type StatementType = keyof typeof authorFields;
export const statementTypeNames = Object.keys(authorFields) as StatementType[];

type Scalar<T extends string> = T extends 'bool'
  ? boolean
  : T extends 'string'
    ? string
    : T extends 'uint64'
      ? bigint
      : T extends `uint${string}`
        ? number
        : Hex;
type Value<T extends string> = T extends `${infer Item}[]`
  ? readonly Value<Item>[]
  : T extends StructName
    ? Struct<T>
    : Scalar<T>;

/** A struct as TypeScript holds it: masses are bigint, other numbers are number, bytes and addresses lower-case hex. */
export type Struct<Name extends StructName> = {
  readonly [Field in (typeof statementTypes)[Name][number] as Field['name']]: Value<Field['type']>;
};

export type Content = Struct<'Content'>;
export type LotHead = Struct<'LotHead'>;
export type Output = Struct<'Output'>;
export type Production = Struct<'Production'>;
export type Dispatch = Struct<'Dispatch'>;
export type Receipt = Struct<'Receipt'>;
export type Correction = Struct<'Correction'>;
export type Observation = Struct<'Observation'>;
export type Attestation = Struct<'Attestation'>;
export type Revocation = Struct<'Revocation'>;
export type Delegation = Struct<'Delegation'>;
export type FacilityRegistration = Struct<'FacilityRegistration'>;

/** A statement of any type: the type's name beside its message. */
export type Statement = {
  [T in StatementType]: { readonly type: T; readonly message: Struct<T> };
}[StatementType];

/** The EIP-712 domain of one deployed ledger. */
export type Domain = {
  name: 'Lodebook';
  version: '1';
  chainId: number;
  verifyingContract: Hex;
};

/** @param chainId of the chain that the ledger is on  @param verifyingContract the ledger's address */
export function ledgerDomain(chainId: number, verifyingContract: string): Domain {
  return {
    name: 'Lodebook',
    version: '1',
    chainId,
    verifyingContract: hex(verifyingContract),
  };
}

/** The address that must sign the statement. */
export function authorOf(statement: Statement): Hex {
  return (statement.message as unknown as Record<string, Hex>)[authorFields[statement.type]] as Hex;
}

/** The types that one statement type needs, for wallets (`eth_signTypedData_v4`). */
export function typesOf(name: StructName): Record<string, TypedDataField[]> {
  const types: Record<string, TypedDataField[]> = {};
  const visit = (struct: StructName): void => {
    types[struct] = statementTypes[struct].map((field) => ({ ...field }));
    for (const { type } of statementTypes[struct]) {
      const inner = type.replace('[]', '');
      if (inner in statementTypes) visit(inner as StructName);
    }
  };
  visit(name);
  return types;
}

const structHash = structHasher(statementTypes);
const separators = new WeakMap<Domain, Hex>();

/** A statement's id: the EIP-712 digest that its author signs. */
export function statementId(domain: Domain, statement: Statement): Hex {
  return hashTyped(separatorOf(domain), structHash(statement.type, statement.message));
}

/** EIP-712's hashStruct of any of the types. */
export function hashStruct<Name extends StructName>(name: Name, value: Struct<Name>): Hex {
  return structHash(name, value);
}

function separatorOf(domain: Domain): Hex {
  const known = separators.get(domain);
  if (known) return known;
  const separator = hex(TypedDataEncoder.hashDomain(domain));
  separators.set(domain, separator);
  return separator;
}
