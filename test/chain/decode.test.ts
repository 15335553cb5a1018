import { type EventFragment, Interface, type ParamType, type Result } from 'ethers/abi';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLog } from '../../src/chain/decode.ts';
import { ledgerAbi } from '../../src/protocol/abi.generated.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { type StructName, statementTypeNames, statementTypes } from '../../src/protocol/statements.ts';

const ledger = new Interface(ledgerAbi);
const eventsOf = (...names: string[]): EventFragment[] =>
  names.map((name) => ledger.getEvent(name) as EventFragment);
const recorded = eventsOf(...statementTypeNames.map((type) => `${type}Recorded`));
const acts = eventsOf('PartyAdmitted', 'PartySuspended', 'PartyReinstated', 'QuotaGranted');
const accreditations = eventsOf('AuditorAccredited', 'AccreditationWithdrawn');
const keys = eventsOf('KeyProposed', 'KeyProposalCompleted');

const digits = (bytes: number): fc.Arbitrary<Hex> =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((value) => hex(`0x${Buffer.from(value).toString('hex')}`));

/** Any value that the ABI can carry there. */
function anyValue(parameter: ParamType): fc.Arbitrary<unknown> {
  const { type, baseType, components, arrayChildren } = parameter;
  if (arrayChildren) return fc.array(anyValue(arrayChildren), { maxLength: 4 });
  if (baseType === 'tuple') return fc.tuple(...(components ?? []).map(anyValue));
  if (type === 'bool') return fc.boolean();
  if (type === 'string') return fc.string({ unit: 'grapheme', maxLength: 80 });
  if (type === 'bytes')
    return fc.uint8Array({ maxLength: 200 }).map((value) => hex(`0x${Buffer.from(value).toString('hex')}`));
  if (type === 'address') return digits(20);
  if (type === 'bytes32') return digits(32);
  return fc.bigInt({ min: 0n, max: 2n ** BigInt(type.slice(4)) - 1n });
}

/** What ethers reads, in Lodebook's types: uint64 stays bigint, other numbers become number, hex lower case. */
function plain(parameter: ParamType, value: unknown): unknown {
  const { type, baseType, components, arrayChildren } = parameter;
  if (arrayChildren) return (value as Result).toArray().map((item) => plain(arrayChildren, item));
  if (baseType === 'tuple') return named(components ?? [], value as Result);
  if (typeof value === 'bigint') return type === 'uint64' ? value : Number(value);
  return typeof value === 'string' && type !== 'string' ? hex(value) : value;
}

function named(parameters: readonly ParamType[], values: Result): Record<string, unknown> {
  return Object.fromEntries(
    parameters.map((parameter, index) => [parameter.name, plain(parameter, values[index])]),
  );
}

function encode(event: EventFragment, values: readonly unknown[]): { topics: Hex[]; data: Hex } {
  const { topics, data } = ledger.encodeEventLog(event, values);
  return { topics: topics.map((topic) => hex(topic as string)), data: hex(data) };
}

function flat(event: object): Record<string, unknown> {
  const { kind, act, statement, ...values } = event as Record<string, unknown>;
  const message = (statement as { message: unknown } | undefined)?.message;
  return message === undefined ? values : { ...values, statement: message };
}

describe('decoding the ledger’s events', () => {
  test.each([...recorded, ...acts, ...accreditations, ...keys].map((event) => [event.name, event] as const))(
    '%s comes out as ethers reads it, whatever it carries',
    (_, event) => {
      fc.assert(
        fc.property(fc.tuple(...event.inputs.map(anyValue)), (values) => {
          const log = encode(event, values);
          const byEthers = named(event.inputs, ledger.parseLog(log)?.args as Result);
          expect(flat(decodeLog(log) as object)).toEqual(byEthers);
        }),
        { numRuns: 60 },
      );
    },
  );

  test.each(recorded.map((event) => [event.name, event] as const))(
    '%s carries the struct that is signed, field for field',
    (name, event) => {
      const fields = event.inputs[1]?.components?.map((part) => ({ name: part.name, type: typeName(part) }));
      expect(fields).toEqual(spelled(name.replace('Recorded', '') as StructName));
    },
  );

  test('says of a statement who signed it, and of which type it is', () => {
    const [event] = recorded as [EventFragment];
    const party = `0x${'11'.repeat(20)}`;
    const values = [`0x${'aa'.repeat(32)}`, [party, 1, 180, `0x${'00'.repeat(32)}`, 9], party, '0xABCD'];
    expect(decodeLog(encode(event, values))).toEqual({
      kind: 'statement',
      id: `0x${'aa'.repeat(32)}`,
      statement: {
        type: 'FacilityRegistration',
        message: { operator: party, kind: 1, country: 180, evidence: `0x${'00'.repeat(32)}`, recordBy: 9 },
      },
      signer: party,
      signature: '0xabcd',
    });
  });

  test('passes over what OpenZeppelin’s roles emit, and over calls that were refused', () => {
    const [granted, refused] = eventsOf('RoleGranted', 'Refused') as [EventFragment, EventFragment];
    const account = `0x${'11'.repeat(20)}`;
    expect(decodeLog(encode(granted, [`0x${'00'.repeat(32)}`, account, account]))).toBeNull();
    expect(decodeLog(encode(refused, [3, '0x1234']))).toBeNull();
  });

  test('a scheme of bytes that are not UTF-8 is read all the same', () => {
    const [event] = accreditations as [EventFragment];
    const party = `0x${'11'.repeat(20)}`;
    const { topics, data } = encode(event, [party, 'abcd', `0x${'00'.repeat(32)}`]);
    const odd = data.replace('61626364', 'ff62c328') as Hex;
    expect(decodeLog({ topics, data: odd })).toMatchObject({ scheme: '\ufffdb\ufffd(' });
  });

  test('names an event that it does not know', () => {
    expect(() => decodeLog({ topics: [`0x${'ee'.repeat(32)}`], data: '0x' })).toThrow(`0x${'ee'.repeat(32)}`);
    expect(() => decodeLog({ topics: [], data: '0x' })).toThrow('does not know');
  });

  test('refuses data that ends too early, and topics that are missing', () => {
    const event = recorded[1] as EventFragment;
    const output = [1, 2n, [[27, true, 3n]], `0x${'22'.repeat(32)}`];
    const statement = [
      `0x${'11'.repeat(20)}`,
      `0x${'33'.repeat(32)}`,
      1,
      2,
      [],
      [output],
      5,
      `0x${'44'.repeat(32)}`,
      6,
    ];
    const log = encode(event, [
      `0x${'aa'.repeat(32)}`,
      statement,
      `0x${'11'.repeat(20)}`,
      `0x${'55'.repeat(65)}`,
    ]);
    for (let end = 2; end < log.data.length - 64; end += 64)
      expect(() => decodeLog({ ...log, data: log.data.slice(0, end) as Hex })).toThrow('ends too early');
    expect(() => decodeLog({ ...log, topics: log.topics.slice(0, 1) })).toThrow('1 topics, expected 2');
  });
});

/** `Content[]`, where the ABI says `tuple(…)[]` of such fields. */
function typeName(parameter: ParamType): string {
  const { arrayChildren, components, type } = parameter;
  if (arrayChildren) return `${typeName(arrayChildren)}[]`;
  if (!components) return type;
  const fields = JSON.stringify(components.map((part) => ({ name: part.name, type: typeName(part) })));
  const struct = (Object.keys(statementTypes) as StructName[]).find(
    (name) => JSON.stringify(spelled(name)) === fields,
  );
  return struct ?? type;
}

function spelled(name: StructName): { name: string; type: string }[] {
  return statementTypes[name].map((field) => ({ ...field }));
}
