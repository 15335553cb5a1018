import { artifactsOf, compile, parse, type Unit } from '../../../scripts/solidity/compiler.ts';
import type { Artifact } from '../../../scripts/solidity/runner.ts';

const HEADER = '// SPDX-License-Identifier: Apache-2.0\npragma solidity 0.8.37;\n';

/** A file of the given contracts, under a name that no file on disk has. */
export const PROGRAM = 'test/scripts/Program.sol';
export const programOf = (contracts: string): string => HEADER + contracts;

export function parseProgram(text: string): Unit['ast'] {
  const unit = parse([PROGRAM], new Map([[PROGRAM, text]]))[PROGRAM];
  if (!unit) throw new Error('solc gave no tree');
  return unit.ast;
}

export const compileProgram = (
  text: string,
  others: ReadonlyMap<string, string> = new Map(),
  settings: object = {},
): Artifact[] => artifactsOf(compile([PROGRAM], { ...settings }, new Map([[PROGRAM, text], ...others])));
