import { createHash } from 'node:crypto';
import {
  child,
  children,
  type Edit,
  isNode,
  type Node,
  rangeOf,
  SourceText,
  walk,
} from '../solidity/syntax.ts';

/** A condition, and the marks that a run leaves when it holds and when it does not. */
export type Branch = { line: number; condition: string; yes: string; no: string };
export type Branched = { text: string; branches: Branch[] };

/** Where EDR looks for marks. */
const LISTENER = '0xc0bEc0BEc0BeC0bEC0beC0bEC0bEC0beC0beC0BE';
const LIBRARY = '__Branches';
const YUL_FUNCTION = '__branch';

export const branchLibrary = {
  path: '__branches.sol',
  text: `
// SPDX-License-Identifier: Apache-2.0
pragma solidity >=0.8.0;
library ${LIBRARY} {
  function mark(bool condition, uint256 yes, uint256 no) internal view returns (bool) {
    uint256 id = condition ? yes : no;
    assembly ("memory-safe") {
      let kept := mload(0)
      mstore(0, id)
      pop(staticcall(gas(), ${LISTENER}, 0, 32, 0, 0))
      mstore(0, kept)
    }
    return condition;
  }
}
`,
};

/** To leave a mark is a call, which a pure function may not make. The text is as long as it was. */
export const withoutPure = (text: string): string => text.replace(/\bpure\b/g, 'view');

/** Its variables have names that none of the program's can have: in assembly none may be that of another. */
const YUL_LIBRARY =
  ` function ${YUL_FUNCTION}(__c, __yes, __no) -> __same { __same := __c let __id := __no if __c { __id := __yes }` +
  ` let __kept := mload(0) mstore(0, __id) pop(staticcall(gas(), ${LISTENER}, 0, 32, 0, 0)) mstore(0, __kept) }`;

/**
 * The same program, on the same lines and without pure functions, that marks which way each condition goes: that of each if, ternary and loop, and
 * the left side of each && and ||, which decides whether the right one is looked at.
 */
export function markBranches(path: string, text: string, ast: Node): Branched {
  const source = new SourceText(withoutPure(text));
  const branches: Branch[] = [];
  const opens: Edit[] = [];
  const closes: Edit[] = [];
  const insert = (edits: Edit[], at: number, inserted: string): unknown =>
    edits.push({ start: at, end: at, text: inserted });
  for (const { node } of walk(ast)) {
    if (node.nodeType === 'InlineAssembly' && hasYulCondition(node))
      insert(opens, rangeOf(child(node, 'AST')).start + 1, YUL_LIBRARY);
    const condition = conditionOf(node);
    if (!condition) continue;
    const { start, end } = rangeOf(condition);
    const [yes, no] = [idOf(path, start, end, 'yes'), idOf(path, start, end, 'no')];
    const isYul = condition.nodeType.startsWith('Yul');
    insert(opens, start, isYul ? `${YUL_FUNCTION}(` : `${LIBRARY}.mark(`);
    insert(closes, end, `, ${yes}, ${no})`);
    branches.push({ line: source.lineAt(start), condition: source.of(condition), yes, no });
  }
  if (branches.length === 0) return { text: withoutPure(text), branches };
  insert(opens, firstPlace(ast, source), ` import {${LIBRARY}} from "${branchLibrary.path}";`);
  // At the same place the inner one closes first, and the outer one opens first.
  return { text: source.edited([...closes.reverse(), ...opens]), branches };
}

function conditionOf(node: Node): Node | undefined {
  switch (node.nodeType) {
    case 'IfStatement':
    case 'Conditional':
    case 'YulIf':
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'YulForLoop':
      return isNode(node.condition) ? node.condition : undefined;
    case 'BinaryOperation':
      return node.operator === '&&' || node.operator === '||' ? child(node, 'leftExpression') : undefined;
    case 'YulSwitch':
      throw new Error(`Branches of a switch in assembly are not marked (${node.src}): write it with if`);
    default:
      return undefined;
  }
}

const hasYulCondition = (assembly: Node): boolean =>
  walk(child(assembly, 'AST')).some(({ node }) => node.nodeType.startsWith('Yul') && conditionOf(node));

/** Right behind the pragma. */
function firstPlace(ast: Node, source: SourceText): number {
  const pragma = children(ast, 'nodes').find(({ nodeType }) => nodeType === 'PragmaDirective');
  return pragma ? source.statement(pragma).end : 0;
}

/** As EDR's own marks are: one word. */
function idOf(path: string, start: number, end: number, side: string): string {
  return `0x${createHash('sha256').update(`${path}:${start}:${end}:${side}`).digest('hex')}`;
}
