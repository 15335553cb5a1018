import {
  child,
  children,
  type Edit,
  isNode,
  type Node,
  type Placed,
  rangeOf,
  type SourceText,
  typeOf,
} from '../solidity/syntax.ts';
import { neighbours, nudged } from './values.ts';

export type Change = Edit & { operator: string };
export type Place = Placed & {
  source: SourceText;
  /** Every declaration of the program, by its id in the tree, with what it lies in. */
  declarations: ReadonlyMap<number, Placed>;
};
export type Operator = (place: Place) => Iterable<Change>;

const OTHER_OPERATOR: Record<string, string> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '==': '!=',
  '!=': '==',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '%',
  '%': '/',
  '&': '|',
  '|': '&',
  '^': '&',
  '<<': '>>',
  '>>': '<<',
  '&&': '||',
  '||': '&&',
};

function* binary({ node, source }: Place): Iterable<Change> {
  if (node.nodeType !== 'BinaryOperation') return;
  const sign = String(node.operator);
  const start = rangeOf(child(node, 'leftExpression')).end;
  const end = rangeOf(child(node, 'rightExpression')).start;
  yield* replaced(source, { start, end }, sign, 'operator');
}

function* compoundAssignment({ node, source }: Place): Iterable<Change> {
  if (node.nodeType !== 'Assignment' || node.operator === '=') return;
  const sign = String(node.operator).slice(0, -1);
  const start = rangeOf(child(node, 'leftHandSide')).end;
  const end = rangeOf(child(node, 'rightHandSide')).start;
  yield* replaced(source, { start, end }, sign, 'operator');
}

function* replaced(
  source: SourceText,
  gap: { start: number; end: number },
  sign: string,
  operator: string,
): Iterable<Change> {
  const text = OTHER_OPERATOR[sign];
  if (text === undefined) return;
  const start = gap.start + Buffer.byteLength(source.text(gap).split(sign)[0] ?? '');
  yield { operator, start, end: start + sign.length, text };
}

function* negation({ node }: Place): Iterable<Change> {
  const { start } = rangeOf(node);
  if (node.nodeType === 'UnaryOperation' && (node.operator === '!' || node.operator === '~'))
    yield { operator: 'negation removed', start, end: start + 1, text: '' };
}

function* literal({ node, source }: Place): Iterable<Change> {
  if (node.nodeType !== 'Literal') return;
  const range = rangeOf(node);
  if (node.kind === 'bool')
    yield { operator: 'boolean', ...range, text: node.value === 'true' ? 'false' : 'true' };
  if (node.kind !== 'number') return;
  for (const text of nudged(source.text(range))) yield { operator: 'number', ...range, text };
}

/** A constant that is computed; one that is a plain number is changed as that. */
function* constant({ node, source }: Place): Iterable<Change> {
  if (node.nodeType !== 'VariableDeclaration' || node.constant !== true || !isNode(node.value)) return;
  const value = node.value;
  if (value.nodeType === 'Literal' || !/^u?int/.test(typeOf(node))) return;
  for (const change of ['+ 1', '- 1'])
    yield { operator: 'number', ...rangeOf(value), text: `(${source.of(value)}) ${change}` };
}

function* condition({ node, source }: Place): Iterable<Change> {
  if (node.nodeType !== 'IfStatement') return;
  const asked = child(node, 'condition');
  yield { operator: 'condition negated', ...rangeOf(asked), text: `!(${source.of(asked)})` };
  if (!isNode(node.falseBody))
    yield { operator: 'guarded statement removed', ...source.statement(node), text: '{}' };
}

function* ternary({ node, source }: Place): Iterable<Change> {
  if (node.nodeType !== 'Conditional') return;
  const [yes, no] = [child(node, 'trueExpression'), child(node, 'falseExpression')];
  yield* swapped(source, yes, no, 'branches swapped');
}

const REMOVED: Record<string, string> = {
  FunctionCall: 'call removed',
  Assignment: 'assignment removed',
  UnaryOperation: 'assignment removed',
  EmitStatement: 'emit removed',
};

function* statement({ node, parents, source }: Place): Iterable<Change> {
  if (isAllThatIsGuarded(node, parents) || isLoopHeader(node, parents)) return;
  const what = node.nodeType === 'ExpressionStatement' ? child(node, 'expression') : node;
  const operator = REMOVED[what.nodeType];
  const isStatement = what !== node || node.nodeType === 'EmitStatement';
  if (operator && isStatement) yield { operator, ...source.statement(node), text: '{}' };
}

/** Without it, the `if` does nothing: the same as without the `if`. */
function isAllThatIsGuarded(node: Node, parents: readonly Node[]): boolean {
  const [outer, parent] = [parents.at(-2), parents.at(-1)];
  const isOnlyOf = (body: unknown): boolean =>
    body === node || (isNode(body) && body.nodeType === 'Block' && children(body, 'statements').length === 1);
  const guard = parent?.nodeType === 'Block' ? outer : parent;
  return guard?.nodeType === 'IfStatement' && !isNode(guard.falseBody) && isOnlyOf(guard.trueBody);
}

function isLoopHeader(node: Node, parents: readonly Node[]): boolean {
  const loop = parents.at(-1);
  return loop?.nodeType === 'ForStatement' && loop.body !== node;
}

function* declared({ node, source, parents }: Place): Iterable<Change> {
  if (node.nodeType !== 'VariableDeclarationStatement' || isLoopHeader(node, parents)) return;
  const [only, ...others] = children(node, 'declarations');
  if (!only || others.length > 0 || !isNode(node.initialValue)) return;
  const { end } = source.statement(node);
  yield { operator: 'assignment removed', start: rangeOf(only).end, end: end - 1, text: '' };
}

/** In a call, a struct, an error or an event, and on the right of an assignment to several. */
function* swappedArguments({ node, source }: Place): Iterable<Change> {
  const isCall = node.nodeType === 'FunctionCall' && node.kind !== 'typeConversion';
  const hasNames = Array.isArray(node.names) && node.names.length > 0;
  const isTuple = node.nodeType === 'TupleExpression' && node.lValueRequested !== true;
  if (!(isCall && !hasNames) && !isTuple) return;
  const given = children(node, isCall ? 'arguments' : 'components');
  for (const [at, left] of given.entries()) {
    const right = given[at + 1];
    if (right && typeOf(left) === typeOf(right)) yield* swapped(source, left, right, 'arguments swapped');
  }
}

function* swapped(source: SourceText, left: Node, right: Node, operator: string): Iterable<Change> {
  const [first, second] = [rangeOf(left), rangeOf(right)];
  if (source.text(first) === source.text(second)) return;
  const between = source.text({ start: first.end, end: second.start });
  const text = source.text(second) + between + source.text(first);
  yield { operator, start: first.start, end: second.end, text };
}

function* modifier({ node }: Place): Iterable<Change> {
  if (node.nodeType !== 'FunctionDefinition') return;
  for (const applied of children(node, 'modifiers'))
    if (applied.kind === 'modifierInvocation')
      yield { operator: 'modifier removed', ...rangeOf(applied), text: '' };
}

/** A member of an enumeration, or of a library that is a table of numbers. */
function* member({ node, declarations, source }: Place): Iterable<Change> {
  if (node.nodeType !== 'MemberAccess') return;
  const found = declarations.get(Number(node.referencedDeclaration));
  const table = found?.parents.at(-1);
  if (!found || !table) return;
  const { start, end } = rangeOf(node);
  const name = String(node.memberName);
  const owner = source.text({ start, end: end - Buffer.byteLength(name) });
  for (const text of neighbours(table, found.node))
    yield { operator: 'neighbour', start, end, text: owner + text };
}

export const solidityOperators: readonly Operator[] = [
  binary,
  compoundAssignment,
  negation,
  literal,
  constant,
  condition,
  ternary,
  statement,
  declared,
  swappedArguments,
  modifier,
  member,
];
