import { expect, test } from 'vitest';
import { declarationsIn, type Mutant, mutantsOf } from '../../../scripts/mutate/mutants.ts';
import { DoesNotCompile } from '../../../scripts/solidity/compiler.ts';
import { compileProgram, PROGRAM, parseProgram, programOf } from '../solidity/program.ts';

function mutantsIn(contracts: string): Mutant[] {
  const text = programOf(contracts);
  const ast = parseProgram(text);
  return mutantsOf(PROGRAM, text, { ast, declarations: declarationsIn({ [PROGRAM]: { ast } }) });
}

/** What the mutants make of a function's only line, in the order of their text. */
function changesOf(line: string, before = ''): string[] {
  const contract = `contract C {\n${before}\nfunction f(uint256 a, uint256 b, bool c) public returns (uint256 r) {\n${line}\n}\n}`;
  return mutantsIn(contract)
    .filter(({ original }) => original === line)
    .map(({ mutated }) => mutated)
    .toSorted();
}

test.each([
  [
    'r = a < b ? 1 : a;',
    ['r = a <= b ? 1 : a;', 'r = a < b ? 0 : a;', 'r = a < b ? 2 : a;', 'r = a < b ? a : 1;', '{}'],
  ],
  ['r = a % b;', ['r = a / b;', '{}']],
  ['r += a & b;', ['r -= a & b;', 'r += a | b;', '{}']],
  [
    'if (c || !c) return a;',
    ['if (c && !c) return a;', 'if (c || c) return a;', 'if (!(c || !c)) return a;', '{}'],
  ],
  ['if (c) r = a;', ['if (!(c)) r = a;', '{}']],
  [
    'if (c) r = a; else r = b;',
    ['if (!(c)) r = a; else r = b;', 'if (c) {} else r = b;', 'if (c) r = a; else {}'],
  ],
  ['while (c) r = a;', ['while (c) {}']],
  [
    'for (uint256 i = a; i > b; ) r = a;',
    ['for (uint256 i = a; i >= b; ) r = a;', 'for (uint256 i = a; i > b; ) {}'],
  ],
  ['uint256 d = a;', ['uint256 d;']],
  ['c = true;', ['c = false;', '{}']],
  ['f(b, a, c);', ['f(a, b, c);', '{}']],
  ['delete r;', ['{}']],
  ['(r, a) = (a, b);', ['(r, a) = (b, a);', '{}']],
  ['r = uint256(1_000 days);', ['r = uint256(999 days);', 'r = uint256(1_001 days);', '{}']],
])('%s', (line, expected) => {
  expect(changesOf(line)).toEqual(expected.toSorted());
});

test('errors, events and structs have their arguments swapped where the types are the same', () => {
  const before =
    'error E(uint256 a, uint256 b);\nevent V(uint256 a, bool c, bool d);\nstruct S { uint256 a; uint256 b; }';
  expect(changesOf('revert E(a, b);', before)).toEqual(['revert E(b, a);']);
  expect(changesOf('emit V(a, c, !c);', before)).toEqual(['emit V(a, !c, c);', 'emit V(a, c, c);', '{}']);
  expect(changesOf('r = S(a, b).a;', before)).toEqual(['r = S(b, a).a;', '{}']);
  expect(changesOf('r = S({a: a, b: b}).a;', before)).toEqual(['{}']);
});

test('members of enumerations and of tables of constants give way to their neighbours', () => {
  expect(changesOf('T t = T.Second;', 'enum T { First, Second, Third }')).toEqual([
    'T t = T.First;',
    'T t = T.Third;',
    'T t;',
  ]);
  const table = 'library K { uint8 constant ONE = 1; uint8 constant TWO = 2; }';
  const found = mutantsIn(
    `${table}\ncontract C { function f() public pure returns (uint8) {\nreturn K.ONE;\n} }`,
  );
  expect(found.filter(({ original }) => original === 'return K.ONE;').map(({ mutated }) => mutated)).toEqual([
    'return K.TWO;',
  ]);
});

test('a modifier is removed, what a base gets is not', () => {
  const found = mutantsIn(
    'contract B { constructor(bool) {} }\ncontract C is B {\nmodifier m() { _; }\nconstructor() B(true) {}\nfunction f() external m {}\n}',
  );
  expect(found.map(({ operator, mutated }) => [operator, mutated])).toEqual([
    ['boolean', 'constructor() B(false) {}'],
    ['modifier removed', 'function f() external {}'],
  ]);
});

test('a computed constant is one more and one less', () => {
  const found = mutantsIn('contract C {\nuint64 constant MOST = type(uint64).max;\n}').map(
    ({ mutated }) => mutated,
  );
  expect(found).toEqual([
    'uint64 constant MOST = (type(uint64).max) + 1;',
    'uint64 constant MOST = (type(uint64).max) - 1;',
  ]);
});

test('assembly is changed too', () => {
  const line = 'assembly { if lt(a, 64) { r := add(a, b) } mstore(0, r) }';
  expect(changesOf(line)).toEqual(
    [
      'assembly { if gt(a, 64) { r := add(a, b) } mstore(0, r) }',
      'assembly { if iszero(lt(a, 64)) { r := add(a, b) } mstore(0, r) }',
      ...['63', '65', '32', '96'].map(
        (other) => `assembly { if lt(a, ${other}) { r := add(a, b) } mstore(0, r) }`,
      ),
      'assembly { if lt(a, 64) { r := sub(a, b) } mstore(0, r) }',
      'assembly { if lt(a, 64) { r := add(a, b) } mstore(1, r) }',
      'assembly { mstore(0, r) }',
      'assembly { if lt(a, 64) { r := add(a, b) } }',
    ].toSorted(),
  );
});

test('places are told by bytes, whatever stands before them', () => {
  const [mutant] = mutantsIn(
    '// ── 鈷 🔋 ──\ncontract C { function f(bool é) public pure {} }\ncontract Ü {\nuint8 constant A = 7;\n}'
      .replace('é', 'e')
      .replace('Ü', 'D'),
  );
  expect(mutant).toMatchObject({
    file: PROGRAM,
    line: 6,
    where: 'D',
    original: 'uint8 constant A = 7;',
    mutated: 'uint8 constant A = 8;',
  });
  expect(mutant?.text).toContain('// ── 鈷 🔋 ──\n');
});

test('each mutant is another program, most of which compile', () => {
  const contract =
    'contract C {\nuint256 public r;\nfunction f(uint256 a) public {\nif (a > 3) { r = a; r += 1; }\n}\n}';
  const found = mutantsIn(contract);
  expect(new Set(found.map(({ text }) => text)).size).toBe(found.length);
  const compiled = found.filter(({ text }) => {
    try {
      return compileProgram(text).length === 1;
    } catch (error) {
      if (!(error instanceof DoesNotCompile)) throw error;
      return false;
    }
  });
  expect(compiled.length).toBe(found.length);
});
