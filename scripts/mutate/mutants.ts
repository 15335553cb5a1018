import { createHash } from 'node:crypto';
import { LEDGER, parse, sourceOf, type Unit } from '../solidity/compiler.ts';
import { type Placed, type Range, rangeOf, SourceText, walk } from '../solidity/syntax.ts';
import { type Change, type Operator, solidityOperators } from './operators.ts';
import { yulOperators } from './yul.ts';

/** One program that differs from ours in one place. */
export type Mutant = {
  id: string;
  file: string;
  line: number;
  /** The contract and function that it lies in. */
  where: string;
  operator: string;
  /** The lines that differ, without their indentation: what the list of equivalent mutants goes by. */
  original: string;
  mutated: string;
  /** The whole file. */
  text: string;
  /** The function or constant of the original file that it lies in: who does not use that is not affected. */
  scope: Range;
};

const OPERATORS: readonly Operator[] = [...solidityOperators, ...yulOperators];

/** What is ours and does something: interfaces and types have no code. */
export const isSubject = (path: string): boolean =>
  path.startsWith('contracts/') &&
  !path.startsWith('contracts/interfaces/') &&
  path !== 'contracts/Types.sol';

/** All mutants of the ledger's sources, in the order of file and place. */
export function findMutants(): Mutant[] {
  const units = parse([LEDGER]);
  const declarations = declarationsIn(units);
  return Object.entries(units)
    .filter(([path]) => isSubject(path))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, { ast }]) => mutantsOf(path, sourceOf(path), { ast, declarations }));
}

export function declarationsIn(units: Record<string, Pick<Unit, 'ast'>>): Map<number, Placed> {
  const found = new Map<number, Placed>();
  for (const { ast } of Object.values(units))
    for (const placed of walk(ast)) {
      const { id } = placed.node;
      if (typeof id === 'number') found.set(id, placed);
    }
  return found;
}

type Tree = { ast: Unit['ast']; declarations: ReadonlyMap<number, Placed> };

export function mutantsOf(file: string, text: string, { ast, declarations }: Tree): Mutant[] {
  const source = new SourceText(text);
  const found = new Map<string, Mutant>();
  for (const placed of walk(ast))
    for (const operator of OPERATORS)
      for (const change of operator({ ...placed, source, declarations })) {
        const mutant = mutantFrom(file, source, placed, change);
        if (mutant.text !== text && !found.has(mutant.id)) found.set(mutant.id, mutant);
      }
  return [...found.values()].toSorted((a, b) => a.line - b.line);
}

function mutantFrom(file: string, source: SourceText, placed: Placed, change: Change): Mutant {
  const lines = source.lines(change);
  const shown = new SourceText(source.text(lines));
  const within = { ...change, start: change.start - lines.start, end: change.end - lines.start };
  const text = source.edited([change]);
  return {
    id: createHash('sha256').update(`${file}\0${text}`).digest('hex'),
    file,
    line: source.lineAt(change.start),
    where: placeOf(placed),
    operator: change.operator,
    original: oneLine(source.text(lines)),
    mutated: oneLine(shown.edited([within])),
    text,
    scope: scopeOf(placed),
  };
}

const SCOPES = new Set(['FunctionDefinition', 'ModifierDefinition', 'VariableDeclaration']);

function scopeOf({ node, parents }: Placed): Range {
  const inContract = [...parents, node].find(({ nodeType }) => SCOPES.has(nodeType));
  return rangeOf(inContract ?? parents[0] ?? node);
}

const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** "Contract.function", or as much of it as there is. */
function placeOf({ node, parents }: Placed): string {
  const names = [...parents, node].flatMap((each) => {
    if (each.nodeType === 'ContractDefinition') return [String(each.name)];
    if (each.nodeType === 'FunctionDefinition') return [String(each.name) || String(each.kind)];
    return [];
  });
  return names.join('.');
}
