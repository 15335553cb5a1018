import { children, type Node } from '../solidity/syntax.ts';

/** One more and one less, written as the number was; none where that is below 0. */
export function nudged(text: string, by = 1n): string[] {
  const [, number = '', unit = ''] = /^(\S+)(\s.*)?$/s.exec(text) ?? [];
  const isHex = /^0x[0-9a-f]+$/i.test(number);
  // An address, whose value has no neighbours that mean anything.
  if (isHex && number.length === 42) return [];
  if (!isHex && !/^[\d_]+$/.test(number)) return [`(${text} + ${by})`, `(${text} - ${by})`];
  const value = BigInt(number.replaceAll('_', ''));
  return [value + by, value - by]
    .filter((next) => next >= 0n)
    .map((next) => write(next, number, isHex) + unit);
}

function write(value: bigint, like: string, isHex: boolean): string {
  if (isHex) return `0x${value.toString(16).padStart(like.length - 2, '0')}`;
  const digits = String(value);
  return like.includes('_') ? digits.replace(/\B(?=(\d{3})+$)/g, '_') : digits;
}

/** The names before and after a member's, in its enumeration or table of constants. */
export function neighbours(table: Node, member: Node): string[] {
  const members = table.nodeType === 'EnumDefinition' ? children(table, 'members') : constantsOf(table);
  const at = members.indexOf(member);
  if (at < 0) return [];
  return [members[at - 1], members[at + 1]].flatMap((next) => (next ? [String(next.name)] : []));
}

function constantsOf(table: Node): Node[] {
  if (table.nodeType !== 'ContractDefinition' || table.contractKind !== 'library') return [];
  const members = children(table, 'nodes');
  return members.every((each) => each.nodeType === 'VariableDeclaration' && each.constant === true)
    ? members
    : [];
}
