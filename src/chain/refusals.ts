import { type ErrorFragment, Interface } from 'ethers/abi';
import { ledgerAbi } from '../protocol/abi.generated.ts';
import type { Hex } from '../protocol/hex.ts';
import { type AbiParameter, type AbiValues, abiReader, parametersOf } from './abi-words.ts';
import { type LedgerError, type RefusalArgs, type RefusalClass, refusalRows } from './refusal-rows.ts';
import type { NodeError } from './rpc.ts';

/**
 * Why the ledger refuses a call.
 * - `code`: the contract error's name in kebab-case, or `out-of-gas`, `contract-panic`, `reverted`.
 * - `class`: what HTTP says of it.
 * - `permanent`: no later state of the chain could make the statement valid.
 * - `detail`: for people: what happened, to what, expected and got, what to do.
 * - `args`: the error's arguments by name; numbers are decimal strings.
 */
export type Refusal = {
  readonly code: string;
  readonly class: RefusalClass;
  readonly permanent: boolean;
  readonly detail: string;
  readonly args: RefusalArgs;
};

/** The most gas that a transaction may use (EIP-7825). */
export const MAX_GAS = 2n ** 24n;

type ErrorReader = { readonly name: string; readonly read: (data: Hex) => AbiValues };

/** By selector: the ledger's errors, and Solidity's own. */
const readers = new Map<string, ErrorReader>([
  ['0x08c379a0', readerOf('Error', [{ name: 'reason', type: 'string' }])],
  ['0x4e487b71', readerOf('Panic', [{ name: 'code', type: 'uint256' }])],
]);
new Interface(ledgerAbi).forEachError(({ selector, name, inputs }: ErrorFragment) =>
  readers.set(selector, readerOf(name, parametersOf(inputs))),
);

/** What a node's error says of the ledger; null where it is not about the call, but about the node. */
export function refusalIn(error: NodeError): Refusal | null {
  if (error.data !== undefined && error.data.length >= 10) return refusalOf(error.data);
  if (
    /out of gas|gas required exceeds|intrinsic gas|exceeds (the )?(block |transaction )?gas (limit|allowance|cap)/i.test(
      error.message,
    )
  )
    return outOfGas;
  if (/revert/i.test(error.message)) return reverted(error.data ?? '0x');
  return null;
}

/** What a revert's data says: a custom error of the ledger, Solidity's Panic or Error, or nothing known. */
export function refusalOf(data: Hex): Refusal {
  const error = parsed(data);
  if (error === null) return reverted(data);
  const args = Object.fromEntries(Object.entries(error.values).map(([name, value]) => [name, String(value)]));
  if (error.name === 'Panic') return panic(args);
  if (!isLedgerError(error.name)) return reverted(data, args.reason);
  const row = refusalRows[error.name];
  return {
    code: kebab(error.name),
    class: row.class,
    permanent: row.permanent,
    detail: row.detail(args),
    args,
  };
}

/** HeadStale → head-stale. */
export function kebab(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

function readerOf(name: string, parameters: readonly AbiParameter[]): ErrorReader {
  return { name, read: abiReader(parameters) };
}

/** Whatever the bytes are, this does not throw: a node may have cut them short, or send something else. */
function parsed(data: Hex): { name: string; values: AbiValues } | null {
  const reader = readers.get(data.slice(0, 10).toLowerCase());
  if (!reader) return null;
  try {
    return { name: reader.name, values: reader.read(`0x${data.slice(10)}`) };
  } catch {
    return null;
  }
}

function isLedgerError(name: string): name is LedgerError {
  return Object.hasOwn(refusalRows, name);
}

const outOfGas: Refusal = {
  code: 'out-of-gas',
  class: 'unprocessable',
  permanent: true,
  detail: `The statement needs more than ${MAX_GAS} gas, the most that a transaction may use. Split it into smaller ones.`,
  args: {},
};

function panic(args: RefusalArgs): Refusal {
  const detail = `The ledger's arithmetic failed on this statement (Panic ${args.code}). Tell the operator.`;
  return { code: 'contract-panic', class: 'unprocessable', permanent: false, detail, args };
}

function reverted(data: Hex, reason?: string): Refusal {
  const why = reason ?? (data === '0x' ? 'no reason given' : data);
  const detail = `The ledger refused the statement in a way that this version does not know (${why}). Tell the operator.`;
  return { code: 'reverted', class: 'unprocessable', permanent: false, detail, args: { data } };
}
