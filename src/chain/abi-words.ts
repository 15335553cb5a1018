import type { ParamType } from 'ethers/abi';
import type { Hex } from '../protocol/hex.ts';

/** A parameter as a contract's ABI lists it. */
export type AbiParameter = {
  readonly name: string;
  readonly type: string;
  readonly components?: readonly AbiParameter[];
};

/**
 * Values by name: uint64 and wider are bigint, narrower numbers number, bytes and addresses lower-case hex. A string
 * that is not UTF-8 has U+FFFD where it is not.
 */
export type AbiValues = Readonly<Record<string, unknown>>;

/**
 * Reads one value. `data`: hex digits without 0x; `base`: where the enclosing tuple starts, which offsets count
 * from; `at`: where the value's own word stands. Both in hex digits.
 */
type Reader = { readonly dynamic: boolean; readonly digits: number; read(data: string, at: number): unknown };

const WORD = 64;

/**
 * A reader of ABI-encoded parameters, made once per event: several times faster than ethers' decoder.
 * The reader throws where the data ends too early.
 */
export function abiReader(parameters: readonly AbiParameter[]): (data: Hex) => AbiValues {
  const tuple = tupleReader(parameters);
  return (data) => tuple.read(data.slice(2).toLowerCase(), 0) as AbiValues;
}

/** Parameters as ethers has them. It spells tuples out in `type`; `baseType` and `components` have the parts. */
export function parametersOf(inputs: readonly ParamType[]): AbiParameter[] {
  return inputs.map(parameterOf);
}

function parameterOf({ name, type, baseType, components, arrayChildren }: ParamType): AbiParameter {
  if (arrayChildren) {
    const item = parameterOf(arrayChildren);
    return { ...item, name, type: `${item.type}[]` };
  }
  if (baseType === 'tuple') return { name, type: 'tuple', components: parametersOf(components ?? []) };
  return { name, type };
}

/** A value of one word, such as an indexed parameter: the topic's. */
export function readTopic(type: string, topic: Hex): unknown {
  return readerOf({ name: '', type }).read(topic.slice(2).toLowerCase(), 0);
}

function readerOf(parameter: AbiParameter): Reader {
  const { type, components = [] } = parameter;
  if (type.endsWith('[]')) return listReader(readerOf({ ...parameter, type: type.slice(0, -2) }));
  if (type === 'tuple') return tupleReader(components);
  if (type === 'string') return bytesReader((digits) => Buffer.from(digits, 'hex').toString('utf8'));
  if (type === 'bytes') return bytesReader((digits) => `0x${digits}`);
  return { dynamic: false, digits: WORD, read: scalarReader(type) };
}

function scalarReader(type: string): Reader['read'] {
  if (type === 'bool') return (data, at) => word(data, at).endsWith('1');
  if (type === 'bytes32') return (data, at) => `0x${word(data, at)}`;
  if (type === 'address') return (data, at) => `0x${word(data, at).slice(24)}`;
  const bits = Number(/^uint(\d+)$/.exec(type)?.[1]);
  if (bits <= 48) return number;
  if (bits > 48) return (data, at) => BigInt(`0x${word(data, at)}`);
  throw new Error(`No reader for the ABI type ${type}`);
}

function tupleReader(parameters: readonly AbiParameter[]): Reader {
  const fields = parameters.map((parameter) => ({ name: parameter.name, reader: readerOf(parameter) }));
  const dynamic = fields.some(({ reader }) => reader.dynamic);
  const digits = dynamic ? WORD : fields.reduce((sum, { reader }) => sum + reader.digits, 0);
  const read = (data: string, base: number): unknown => {
    const values: Record<string, unknown> = {};
    let at = base;
    for (const { name, reader } of fields) {
      values[name] = follow(reader, data, base, at);
      at += reader.digits;
    }
    return values;
  };
  return { dynamic, digits, read };
}

function listReader(item: Reader): Reader {
  const read = (data: string, at: number): unknown => {
    const length = number(data, at);
    const base = at + WORD;
    if (base + length * WORD > data.length) throw tooShort(data);
    return Array.from({ length }, (_, index) => follow(item, data, base, base + index * item.digits));
  };
  return { dynamic: true, digits: WORD, read };
}

function bytesReader(convert: (digits: string) => unknown): Reader {
  const read = (data: string, at: number): unknown => {
    const end = at + WORD + 2 * number(data, at);
    if (end > data.length) throw tooShort(data);
    return convert(data.slice(at + WORD, end));
  };
  return { dynamic: true, digits: WORD, read };
}

/** A dynamic value's word holds its offset, in bytes, from the start of the enclosing tuple or list. */
function follow(reader: Reader, data: string, base: number, at: number): unknown {
  return reader.read(data, reader.dynamic ? base + 2 * number(data, at) : at);
}

function number(data: string, at: number): number {
  return Number.parseInt(word(data, at), 16);
}

function word(data: string, at: number): string {
  if (at + WORD > data.length) throw tooShort(data);
  return data.slice(at, at + WORD);
}

function tooShort(data: string): Error {
  return new Error(`ABI-encoded data ends too early, after ${data.length / 2} bytes`);
}
