import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import solc from 'solc';
import { ROOT } from '../tools.ts';
import type { Artifact } from './runner.ts';
import type { Node } from './syntax.ts';

export type Settings = Record<string, unknown>;
/** Contents that stand in for those on disk, by path from the repository's root. */
export type Overrides = ReadonlyMap<string, string>;
export type Unit = { id: number; ast: Node };
export type Contract = {
  abi: unknown[];
  evm: { bytecode: Code; deployedBytecode: Code };
};
type Code = { object: string; linkReferences: object; sourceMap?: string };
type Output = {
  errors?: { severity: string; formattedMessage: string }[];
  sources: Record<string, Unit>;
  contracts?: Record<string, Record<string, Contract>>;
};

export const EVM_VERSION = 'cancun';
export const LEDGER = 'contracts/MaterialLedger.sol';

/**
 * What is under test is what the code does, not how it is compiled, so the quickest way that compiles at all is taken:
 * a tenth of the time, unless a function has too many variables for it.
 */
export const QUICK_SETTINGS: readonly Settings[] = [{}, { viaIR: true }];

const CODE = [
  'abi',
  ...['bytecode', 'deployedBytecode'].flatMap((code) => [
    `evm.${code}.object`,
    `evm.${code}.linkReferences`,
    `evm.${code}.sourceMap`,
  ]),
];

export class DoesNotCompile extends Error {}

/** The files that a compilation took from disk, so that each is read once in this process. */
const read = new Map<string, string>();

export function sourceOf(path: string): string {
  let text = read.get(path);
  if (text === undefined) {
    const own = join(ROOT, path);
    text = readFileSync(existsSync(own) ? own : join(ROOT, 'node_modules', path), 'utf8');
    read.set(path, text);
  }
  return text;
}

/** @throws DoesNotCompile with solc's own words */
export function compile(
  entries: readonly string[],
  settings: Settings,
  overrides: Overrides = new Map(),
): Record<string, Record<string, Contract>> {
  const outputSelection = Object.fromEntries(entries.map((entry) => [entry, { '*': CODE }]));
  return run(entries, { ...settings, outputSelection }, overrides).contracts ?? {};
}

/** The syntax trees of the entries and of all that they import. */
export function parse(entries: readonly string[], overrides: Overrides = new Map()): Record<string, Unit> {
  return run(entries, { outputSelection: { '*': { '': ['ast'] } } }, overrides).sources;
}

function run(entries: readonly string[], settings: Settings, overrides: Overrides): Output {
  const contents = (path: string): string => overrides.get(path) ?? sourceOf(path);
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(entries.map((entry) => [entry, { content: contents(entry) }])),
    // Without the hash of the sources two programs that do the same have the same code.
    settings: { evmVersion: EVM_VERSION, metadata: { appendCBOR: false }, ...settings },
  };
  const found = (path: string): object => {
    try {
      return { contents: contents(path) };
    } catch (error) {
      return { error: String(error) };
    }
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: found })) as Output;
  const error = output.errors?.find(({ severity }) => severity === 'error');
  if (error) throw new DoesNotCompile(error.formattedMessage);
  return output;
}

/** In the form in which the test runner takes them. */
export function artifactsOf(contracts: Record<string, Record<string, Contract>>): Artifact[] {
  return Object.entries(contracts).flatMap(([source, byName]) =>
    Object.entries(byName).map(([name, { abi, evm }]) => ({
      id: { name, source, solcVersion: SOLC_VERSION },
      contract: {
        abi: JSON.stringify(abi),
        bytecode: `0x${evm.bytecode.object}`,
        linkReferences: evm.bytecode.linkReferences,
        deployedBytecode: `0x${evm.deployedBytecode.object}`,
        deployedLinkReferences: evm.deployedBytecode.linkReferences,
      },
    })),
  );
}

const SOLC_VERSION = solc.version().split('+')[0] ?? '';

/** The ledger, by the quickest settings that compile it. */
export function quickestSettings(): Settings {
  for (const settings of QUICK_SETTINGS.slice(0, -1)) {
    try {
      compile([LEDGER], settings);
      return settings;
    } catch (error) {
      if (!(error instanceof DoesNotCompile)) throw error;
    }
  }
  return QUICK_SETTINGS.at(-1) ?? {};
}
