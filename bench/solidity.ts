import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { artifactPath } from '../src/chain/deploy.ts';
import { type Hex, hex } from '../src/protocol/hex.ts';

type Import = { contents: string } | { error: string };
type Solc = { compile(input: string, callbacks: { import(path: string): Import }): string };
type Output = {
  errors?: { severity: string; formattedMessage: string }[];
  contracts: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>;
};
type Settings = { evmVersion: string; viaIR: boolean; optimizer: unknown };

const require = createRequire(import.meta.url);

/**
 * Compiles a file of this folder as the ledger was compiled, so that no difference comes from the settings.
 * @returns the creation code of a contract by its name  @throws Error with what the compiler finds wrong
 */
export async function compile(file: string): Promise<(name: string) => Hex> {
  const solc = require('solc') as Solc;
  const { evmVersion, viaIR, optimizer } = await ledgerSettings();
  const content = await readFile(join(import.meta.dirname, file), 'utf8');
  const outputSelection = { [file]: { '*': ['evm.bytecode.object'] } };
  const input = {
    language: 'Solidity',
    sources: { [file]: { content } },
    settings: { evmVersion, viaIR, optimizer, outputSelection },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: fromPackages })) as Output;
  const wrong = output.errors?.find(({ severity }) => severity === 'error');
  if (wrong) throw new Error(wrong.formattedMessage);
  return (name) => {
    const contract = output.contracts[file]?.[name];
    if (contract === undefined) throw new Error(`${file} has no contract ${name}`);
    return hex(`0x${contract.evm.bytecode.object}`);
  };
}

/** What Hardhat told the compiler when it compiled the ledger. */
async function ledgerSettings(): Promise<Settings> {
  const { buildInfoId } = JSON.parse(await readFile(artifactPath, 'utf8')) as { buildInfoId: string };
  const path = join(artifactPath, '../../../build-info', `${buildInfoId}.json`);
  return (JSON.parse(await readFile(path, 'utf8')) as { input: { settings: Settings } }).input.settings;
}

function fromPackages(path: string): Import {
  try {
    return { contents: readFileSync(require.resolve(path), 'utf8') };
  } catch (error) {
    return { error: String(error) };
  }
}
