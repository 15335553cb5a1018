import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { offencesOf } from './support/architecture.ts';

const ROOT = `${import.meta.dirname}/..`;

async function filesOf(patterns: string[]): Promise<string[]> {
  const files: string[] = [];
  // Peers of the benches have packages of their own, once a bench was run.
  const exclude = ['**/node_modules/**'];
  for await (const file of glob(patterns, { cwd: ROOT, exclude })) files.push(file.replaceAll('\\', '/'));
  return files.sort();
}

test('the repository follows the architecture', async () => {
  const files = await filesOf([
    '{src,scripts,bench,test}/**/*.{ts,tsx,mjs}',
    '{contracts,test/contracts}/**/*.sol',
  ]);
  expect(files.length).toBeGreaterThan(0);
  const offences: string[] = [];
  for (const file of files) offences.push(...offencesOf(file, await readFile(`${ROOT}/${file}`, 'utf8')));
  expect(offences).toEqual([]);
});

test('files are at most 300 lines long, unless generated', () => {
  const lines = (count: number) => 'x;\n'.repeat(count);
  expect(offencesOf('contracts/A.sol', lines(301))).toEqual([
    'contracts/A.sol:301 has 301 lines, expected at most 300',
  ]);
  expect(offencesOf('test/a.test.ts', lines(300))).toEqual([]);
  expect(offencesOf('src/api/a.generated.ts', lines(301))).toEqual([]);
});

test.each([
  ['contracts/A.sol', 'assembly ("memory-safe") {', [':1 has assembly outside of contracts/libraries']],
  ['contracts/libraries/A.sol', '\nassembly ("memory-safe") {}', []],
  ['contracts/libraries/A.sol', '\nassembly {}', [':2 has assembly that is not memory-safe']],
  ['contracts/A.sol', 'unchecked { ++i; }', [':1 is unchecked; Solidity checks arithmetic']],
  ['contracts/A.sol', '// unchecked assembly', []],
  ['src/chain/a.ts', "import { a } from '../protocol/a.ts';", []],
  ['src/store/a.ts', "import type { Port } from '../indexer/port.ts';", []],
  ['src/main.ts', "import { a } from './web/a.ts';\nprocess.on('exit', a);", []],
  ['src/protocol/a.ts', 'export const of = (process: { name: string }) => process.name;', []],
  ['src/protocol/a.ts', "const text = `import { a } from '../api/a.ts'`; // import '../api/a.ts'", []],
  [
    'src/indexer/a.ts',
    "\nimport type { A } from '../store/a.ts';",
    [':2 imports store, which comes after indexer'],
  ],
  ['src/chain/a.ts', "await import('../api/a.ts');", [':1 imports api, which comes after chain']],
  ['src/chain/a.ts', "let a: import('../api/a.ts').A;", [':1 imports api, which comes after chain']],
  ['src/api/a.ts', "import { a } from '../config.ts';", [':1 imports the composition root src/config.ts']],
  [
    'src/api/a.ts',
    "import a from '../../scripts/a.ts';",
    [':1 imports ../../scripts/a.ts, which lies outside of src'],
  ],
  ['src/other/a.ts', '', [':1 lies in a folder that the design does not name: other']],
  [
    'src/verification/a.ts',
    "import 'node:fs';\nfetch('x');\nglobalThis.fetch('x');\nDate.now();",
    [
      ':1 imports node:fs, but verification runs in browsers and does no I/O',
      ':2 calls fetch, but verification does no I/O',
      ':3 calls fetch, but verification does no I/O',
      ':4 uses Date.now, but verification is pure: pass it in',
    ],
  ],
  ['src/provenance/a.ts', 'process.cwd();', [':1 uses process.cwd, but provenance does no I/O']],
  ['src/api/a.ts', 'export default 1;', [':1 has a default export; name it']],
  ['src/api/a.ts', 'const a = 1;\nexport { a as default };', [':2 has a default export; name it']],
  ['src/api/a.ts', "export * from './b.ts';", [':1 exports again what ./b.ts exports; import it from there']],
  [
    'src/api/a.ts',
    "export type { B } from './b.ts';",
    [':1 exports again what ./b.ts exports; import it from there'],
  ],
  ['src/api/a.ts', '\n\nprocess.env.A;', [':3 reads process.env; configuration comes from src/config.ts']],
  ['src/config.ts', 'process.env.A;', []],
])('%s: %j', (path, source, offences) => {
  expect(offencesOf(path, source)).toEqual(offences.map((offence) => path + offence));
});
