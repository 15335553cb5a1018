import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { ROOT } from '../tools.ts';
import {
  artifactsOf,
  type Contract,
  compile,
  type Overrides,
  parse,
  sourceOf,
  type Unit,
} from './compiler.ts';
import { type Artifact, type ArtifactId, suitesIn } from './runner.ts';
import { children, type Range, walk } from './syntax.ts';

const TESTS = 'test/contracts/*.sol';
const VECTORS = 'test/vectors/*';
/** They measure the code as it is optimised for deployment, which is not the code that is run here. */
const MEASURES_GAS = /\/Gas[^/]*\.t\.sol$/;

export const nameOf = ({ source, name }: ArtifactId): string => `${source}:${name}`;

/** The contracts' tests as they are written. */
export type TestSources = {
  files: string[];
  /** The characters that have to be read to compile a test file: what compiling it costs. */
  weightOf(path: string): number;
  /** Whether it has to do with the ledger at all, beyond the libraries that its own code is made of. */
  mentionsLedger(path: string): boolean;
  /** Changes with the test file, and with all that it imports or reads. The contracts are not part of it. */
  digestOf(path: string): string;
};

/** The contracts' tests, compiled, and what their code is made of. */
export type TestProject = TestSources & {
  artifacts: Artifact[];
  suites: ArtifactId[];
  /** The suites whose own code, or that of a contract that they create, has something from that part of the file in it. */
  affectedBy(path: string, part: Range): Set<string>;
};

export function testFiles(): string[] {
  return globSync(TESTS, { cwd: ROOT })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !MEASURES_GAS.test(path))
    .sort();
}

export function compileTests(files: readonly string[], overrides?: Overrides): Artifact[] {
  return artifactsOf(compile(files, {}, overrides));
}

export function loadTests(): TestProject {
  const files = testFiles();
  const contracts = compile(files, {});
  const units = parse(files);
  const artifacts = artifactsOf(contracts);
  const codeOf = codeSources(contracts, units);
  const suites = suitesIn(artifacts);
  return {
    ...sourcesOf(files, units),
    artifacts,
    suites,
    affectedBy: (path, part) =>
      new Set(
        suites.map(nameOf).filter((suite) => codeOf(suite).some((piece) => isWithin(piece, path, part))),
      ),
  };
}

export const readTests = (): TestSources => sourcesOf(testFiles(), parse(testFiles()));

function sourcesOf(files: string[], units: Record<string, Unit>): TestSources {
  const imports = importsOf(units);
  const own = (path: string): string[] =>
    [...imports(path)].filter((each) => each.startsWith('test/')).sort();
  const vectors = globSync(VECTORS, { cwd: ROOT }).sort();
  return {
    files,
    weightOf: (path) => [...imports(path)].reduce((sum, each) => sum + sourceOf(each).length, 0),
    mentionsLedger: (path) => own(path).some((each) => sourceOf(each).includes('MaterialLedger')),
    digestOf: (path) => {
      const hash = createHash('sha256');
      for (const each of [...own(path), ...vectors]) hash.update(`${each}\0${sourceOf(each)}\0`);
      return hash.digest('hex');
    },
  };
}

/** From a file to itself and all that it imports, directly or not. */
function importsOf(units: Record<string, Unit>): (path: string) => Set<string> {
  return (path) => {
    const found = new Set([path]);
    for (const each of found)
      for (const node of children(units[each]?.ast ?? { nodeType: '', src: '' }, 'nodes'))
        if (node.nodeType === 'ImportDirective') found.add(String(node.absolutePath));
    return found;
  };
}

/** A piece of a file that some instruction of a contract comes from. */
type Piece = Range & { path: string };

const isWithin = (piece: Piece, path: string, { start, end }: Range): boolean =>
  piece.path === path && piece.start >= start && piece.end <= end;

/** From a contract, as "path:name", to what its code is made of, with that of the contracts that it creates. */
function codeSources(
  contracts: Record<string, Record<string, Contract>>,
  units: Record<string, Unit>,
): (contract: string) => Piece[] {
  const creates = creations(units);
  const paths = new Map(Object.entries(units).map(([path, { id }]) => [id, path]));
  const pieces = new Map<string, Piece[]>();
  const piecesOf = (contract: string): Piece[] => {
    const [path = '', name = ''] = contract.split(':');
    const code = contracts[path]?.[name]?.evm;
    const maps = [code?.bytecode.sourceMap, code?.deployedBytecode.sourceMap];
    return maps.flatMap((map) => piecesIn(map ?? '', paths));
  };
  return (contract) => {
    const reached = new Set([contract]);
    for (const each of reached) {
      for (const other of creates.get(each) ?? []) reached.add(other);
      if (!pieces.has(each)) pieces.set(each, piecesOf(each));
    }
    return [...reached].flatMap((each) => pieces.get(each) ?? []);
  };
}

/** "start:length:file:jump" for each instruction, where what is left out is as before. Each place once. */
function piecesIn(sourceMap: string, paths: ReadonlyMap<number, string>): Piece[] {
  const found = new Map<string, Piece>();
  let [start, length, file] = ['0', '0', '-1'];
  for (const entry of sourceMap.split(';')) {
    const fields = entry.split(':');
    [start, length, file] = [fields[0] || start, fields[1] || length, fields[2] || file];
    const path = paths.get(Number(file));
    if (path?.startsWith('contracts/'))
      found.set(`${start}:${length}:${file}`, {
        path,
        start: Number(start),
        end: Number(start) + Number(length),
      });
  }
  return [...found.values()];
}

/** What each contract, or one that it inherits from, creates with `new`. */
function creations(units: Record<string, Unit>): Map<string, string[]> {
  const names = new Map<number, string>();
  const created = new Map<number, number[]>();
  const bases = new Map<number, number[]>();
  for (const [path, { ast }] of Object.entries(units))
    for (const { node } of walk(ast)) {
      if (node.nodeType !== 'ContractDefinition') continue;
      const id = Number(node.id);
      names.set(id, `${path}:${String(node.name)}`);
      created.set(id, (node.contractDependencies ?? []) as number[]);
      bases.set(id, (node.linearizedBaseContracts ?? []) as number[]);
    }
  return new Map(
    [...names].map(([id, name]) => {
      const from = [id, ...(bases.get(id) ?? [])].flatMap((base) => created.get(base) ?? []);
      return [name, from.flatMap((each) => names.get(each) ?? [])];
    }),
  );
}
