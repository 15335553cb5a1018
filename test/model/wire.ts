import { type ErrorFragment, type EventFragment, Interface, type ParamType } from 'ethers/abi';
import { concat, dataLength, dataSlice, toBeHex } from 'ethers/utils';
import { type AbiParameter, abiReader, readTopic } from '../../src/chain/abi-words.ts';
import { ledgerAbi } from '../../src/protocol/abi.generated.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { type StatementType, type Struct, statementTypes } from '../../src/protocol/statements.ts';
import { type Call, type Emitted, type Fault, statementTypeOf } from './acts.ts';

/** From calls to calldata, and from what the chain answers to the model's words. */

export const ledgerInterface = new Interface(ledgerAbi);
export type Log = { readonly topics: readonly Hex[]; readonly data: Hex };

const readers = new Map<string, (log: Log) => Emitted>();
ledgerInterface.forEachEvent((event) => readers.set(event.topicHash, readerOf(event)));

export function encodeCall(call: Call): Hex {
  const data = hex(ledgerInterface.encodeFunctionData(call.method, call.args as readonly unknown[]));
  if (call.encoding === 'gap') return withGap(call.method, data);
  if (call.encoding === 'padding') return withPadding(call, data);
  // The signature comes last, and its last word is not full.
  return call.encoding === 'tail' ? addTo(data, dataLength(data) - WORD, 1) : data;
}

/** Several calls in one: `submit`. */
export function encodeBatch(calls: readonly Hex[]): Hex {
  return hex(ledgerInterface.encodeFunctionData('submit', [calls]));
}

/** @throws Error where the ledger has no such event */
export function decodeEvent(log: Log): Emitted {
  const reader = readers.get(log.topics[0] as Hex);
  if (!reader) throw new Error(`The ledger emitted an event that its ABI does not have: ${log.topics[0]}`);
  return reader(log);
}

/** Whether the log is, byte for byte, what the ABI's encoder makes of its values. */
export function isStandardLog(log: Log): boolean {
  const event = ledgerInterface.getEvent(log.topics[0] as Hex) as EventFragment;
  const again = ledgerInterface.encodeEventLog(
    event,
    ledgerInterface.decodeEventLog(event, log.data, log.topics),
  );
  return again.data === log.data && String(again.topics) === String(log.topics);
}

const errors = new Map<string, ErrorFragment>();
ledgerInterface.forEachError((error) => errors.set(error.selector, error));

/** What a revert's data says; data that is no error of the ledger's stands as it is. */
export function decodeFault(data: Hex): Fault {
  const error = errors.get(data.slice(0, 10));
  if (!error) return { name: 'Reverted', args: [data] };
  return { name: error.name, args: [...ledgerInterface.decodeErrorResult(error, data)] };
}

/** A value as text, so that two equal ones are equal texts: numbers in decimal, hex in lower case. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (typeof value === 'string')
    return /^0x[0-9a-f]*$/i.test(value) ? value.toLowerCase() : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${name}: ${textOf(field)}`).join(', ')}}`;
}

export const faultText = ({ name, args }: Fault): string => `${name}(${args.map(textOf).join(', ')})`;
export const eventText = ({ name, args }: Emitted): string => `${name}${textOf(args)}`;

function readerOf(event: EventFragment): (log: Log) => Emitted {
  const indexed = event.inputs.filter((input) => input.indexed);
  const read = abiReader(event.inputs.filter((input) => !input.indexed).map(parameterOf));
  return ({ topics, data }) => {
    const args: Record<string, unknown> = { ...read(data) };
    indexed.forEach(({ name, type }, index) => {
      args[name] = readTopic(type, topics[index + 1] as Hex);
    });
    return { name: event.name, args };
  };
}

function parameterOf({ name, type, baseType, components, arrayChildren }: ParamType): AbiParameter {
  if (arrayChildren) {
    const item = parameterOf(arrayChildren);
    return { ...item, name, type: `${item.type}[]` };
  }
  if (baseType === 'tuple') return { name, type: 'tuple', components: (components ?? []).map(parameterOf) };
  return { name, type };
}

// ── Calldata that is not the standard's ──

const WORD = 32;

/** Where a statement starts in calldata: words alone stand in the head, the rest behind an offset. */
export function startOf(type: StatementType, data: Hex): number {
  return isDynamic(type) ? 4 + Number(dataSlice(data, 4, 4 + WORD)) : 4;
}

export function isDynamic(type: StatementType): boolean {
  return statementTypes[type].some((field) => isBehindOffset(field.type));
}

const isBehindOffset = (type: string): boolean => type.endsWith('[]') || type === 'string';

/** Puts a word between the statement's fixed part and the rest, and moves every offset that points behind it. */
function withGap(method: Call['method'], data: Hex): Hex {
  const type = statementTypeOf(method);
  if (type === null || !isDynamic(type)) throw new Error(`${method} has no part that a gap could go before`);
  const start = startOf(type, data);
  const fields = statementTypes[type];
  const gapAt = start + fields.length * WORD;
  const heads = Array.from({ length: (start - 4) / WORD }, (_, index) => 4 + index * WORD);
  const inside = fields.flatMap((field, index) => (isBehindOffset(field.type) ? [start + index * WORD] : []));
  let moved = data;
  for (const at of heads.slice(1)) moved = addTo(moved, at, WORD);
  for (const at of inside) moved = addTo(moved, at, WORD);
  return hex(concat([dataSlice(moved, 0, gapAt), toBeHex(0, WORD), dataSlice(moved, gapAt)]));
}

/** Something behind the last letter of an attestation's scheme. */
function withPadding({ args }: Call, data: Hex): Hex {
  const { scheme } = args[0] as Struct<'Attestation'>;
  const words = startOf('Attestation', data) + statementTypes.Attestation.length * WORD;
  return addTo(data, words + WORD + Math.floor(scheme.length / WORD) * WORD, 1);
}

/** The calldata with `more` added to the word at a place. */
export function addTo(data: Hex, at: number, more: number | bigint): Hex {
  const value = BigInt(dataSlice(data, at, at + WORD)) + BigInt(more);
  return hex(concat([dataSlice(data, 0, at), toBeHex(value, WORD), dataSlice(data, at + WORD)]));
}
