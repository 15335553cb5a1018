import { child, children, isNode, type Node, rangeOf } from '../solidity/syntax.ts';
import type { Change, Operator, Place } from './operators.ts';
import { nudged } from './values.ts';

/** Memory and calldata are counted in words of this many bytes. */
const WORD = 32n;

const OTHER_OPCODE: Record<string, string> = {
  lt: 'gt',
  gt: 'lt',
  slt: 'sgt',
  sgt: 'slt',
  add: 'sub',
  sub: 'add',
  mul: 'div',
  div: 'mul',
  mod: 'div',
  and: 'or',
  or: 'and',
  xor: 'and',
  shl: 'shr',
  shr: 'shl',
};

function* literal({ node, source }: Place): Iterable<Change> {
  if (node.nodeType !== 'YulLiteral') return;
  const range = rangeOf(node);
  const text = source.text(range);
  if (node.kind === 'bool') yield { operator: 'boolean', ...range, text: text === 'true' ? 'false' : 'true' };
  if (node.kind !== 'number') return;
  const words = BigInt(text) > 0n && BigInt(text) % WORD === 0n ? nudged(text, WORD) : [];
  for (const other of [...nudged(text), ...words]) yield { operator: 'number', ...range, text: other };
}

function* opcode({ node, source }: Place): Iterable<Change> {
  if (node.nodeType !== 'YulFunctionCall') return;
  const name = child(node, 'functionName');
  const called = String(name.name);
  const other = OTHER_OPCODE[called];
  if (other) yield { operator: 'opcode', ...rangeOf(name), text: other };
  const [only] = children(node, 'arguments');
  if (called === 'iszero' && only) yield { operator: 'opcode', ...rangeOf(node), text: source.of(only) };
  if (called === 'eq') yield { operator: 'opcode', ...rangeOf(node), text: `iszero(${source.of(node)})` };
}

function* statement({ node, parents }: Place): Iterable<Change> {
  const isRemovable = node.nodeType === 'YulExpressionStatement' || node.nodeType === 'YulAssignment';
  if (!isRemovable || isAllOf(node, parents)) return;
  yield { operator: 'statement removed', ...rangeOf(node), text: '' };
}

/** The only statement of an `if`, without which the `if` does nothing. */
function isAllOf(node: Node, parents: readonly Node[]): boolean {
  const [block, outer] = [parents.at(-1), parents.at(-2)];
  return outer?.nodeType === 'YulIf' && block !== undefined && children(block, 'statements')[0] === node
    ? children(block, 'statements').length === 1
    : false;
}

function* declared({ node }: Place): Iterable<Change> {
  if (node.nodeType !== 'YulVariableDeclaration' || !isNode(node.value)) return;
  const last = children(node, 'variables').at(-1);
  if (last)
    yield { operator: 'assignment removed', start: rangeOf(last).end, end: rangeOf(node).end, text: '' };
}

function* condition({ node, source }: Place): Iterable<Change> {
  if (node.nodeType !== 'YulIf') return;
  const asked = child(node, 'condition');
  yield { operator: 'condition negated', ...rangeOf(asked), text: `iszero(${source.of(asked)})` };
  yield { operator: 'guarded statement removed', ...rangeOf(node), text: '' };
}

export const yulOperators: readonly Operator[] = [literal, opcode, statement, declared, condition];
