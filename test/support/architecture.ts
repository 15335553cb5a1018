import { posix } from 'node:path';
import { parseSync } from 'vite';

/** In the order of the data's way: a folder imports from itself and from those before it. */
const FOLDERS = [
  'protocol',
  'provenance',
  'chain',
  'relay',
  'indexer',
  'store',
  'verification',
  'api',
  'client',
  'demo',
  'web',
];
/** Put the parts together, so they import any of them, and none of the parts imports them. */
const COMPOSITION_ROOTS = /^src\/(cli\/|[^/]+$)/;
const READS_ENVIRONMENT = /^src\/(config\.ts|cli\.ts|cli\/.+)$/;
const PURE = new Set(['protocol', 'provenance', 'verification']);
const MAX_LINES = 300;

type Node = { type: string; start: number; [key: string]: unknown };
type Rule = (file: SourceFile) => Iterable<[at: number, what: string]>;
type SourceFile = {
  path: string;
  /** The folder of `src` that it lies in; none for a composition root. */
  folder: string | undefined;
  imports: { from: string; start: number; again: boolean }[];
  defaultExports: number[];
  nodes: Node[];
};

/** Every offence of one file against the architecture, as "path:line what". */
export function offencesOf(path: string, source: string): string[] {
  const offences = [...tooLong(path, source), ...unsafeSolidity(path, source)];
  if (/^src\/.*\.tsx?$/.test(path)) {
    const file = parse(path, source);
    const lineAt = (start: number) => source.slice(0, start).split('\n').length;
    for (const rule of RULES) {
      for (const [at, what] of rule(file)) offences.push(`${path}:${lineAt(at)} ${what}`);
    }
  }
  return [...new Set(offences)];
}

function tooLong(path: string, source: string): string[] {
  const lines = source.trimEnd().split('\n').length;
  if (lines <= MAX_LINES || path.includes('.generated.')) return [];
  return [`${path}:${MAX_LINES + 1} has ${lines} lines, expected at most ${MAX_LINES}`];
}

/** Assembly is for libraries, which hold no state; and there, as Solidity can check it, keeps to its own memory. */
function unsafeSolidity(path: string, source: string): string[] {
  if (!/^contracts\/.*\.sol$/.test(path)) return [];
  return source.split('\n').flatMap((line, index) => {
    const at = `${path}:${index + 1}`;
    const code = line.replace(/\/\/.*/, '');
    if (/\bunchecked\b/.test(code)) return [`${at} is unchecked; Solidity checks arithmetic`];
    if (!/\bassembly\b/.test(code)) return [];
    if (!path.startsWith('contracts/libraries/'))
      return [`${at} has assembly outside of contracts/libraries`];
    return code.includes('("memory-safe")') ? [] : [`${at} has assembly that is not memory-safe`];
  });
}

function parse(path: string, source: string): SourceFile {
  const { module, program, errors } = parseSync(path, source);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const nodes = [...walk(program)];
  const reexports = module.staticExports.flatMap(({ start, entries }) =>
    entries.flatMap(({ moduleRequest }) =>
      moduleRequest ? [{ from: moduleRequest.value, start, again: true }] : [],
    ),
  );
  return {
    path,
    folder: COMPOSITION_ROOTS.test(path) ? undefined : path.split('/')[1],
    imports: [
      ...module.staticImports.map(({ moduleRequest, start }) => ({
        from: moduleRequest.value,
        start,
        again: false,
      })),
      ...reexports,
      ...nodes.flatMap(dynamicImport),
    ],
    defaultExports: module.staticExports.flatMap(({ start, entries }) =>
      entries.some(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default')
        ? [start]
        : [],
    ),
    nodes,
  };
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* walk(item);
  else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) yield value;
    for (const child of Object.values(value)) yield* walk(child);
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

function dynamicImport({ type, start, source }: Node): SourceFile['imports'] {
  if (type !== 'ImportExpression' && type !== 'TSImportType') return [];
  return isNode(source) && typeof source.value === 'string'
    ? [{ from: source.value, start, again: false }]
    : [];
}

/** The names in `object.property`, or nothing where it is not that simple. */
function member({ type, object, property }: Node): { object: string; property: string } | undefined {
  if (type !== 'MemberExpression' || !isNode(object) || !isNode(property)) return undefined;
  if (typeof object.name !== 'string' || typeof property.name !== 'string') return undefined;
  return { object: object.name, property: property.name };
}

const isNodeProcess = (name: { object: string; property: string } | undefined): boolean =>
  name?.object === 'process' && Object.keys(process).includes(name.property);

const direction: Rule = function* ({ path, folder, imports }) {
  if (folder === undefined) return;
  const place = FOLDERS.indexOf(folder);
  if (place < 0) yield [0, `lies in a folder that the design does not name: ${folder}`];
  for (const { from, start } of imports) {
    if (!from.startsWith('.')) continue;
    const target = posix.join(posix.dirname(path), from);
    const other = target.split('/')[1] ?? '';
    if (!target.startsWith('src/')) yield [start, `imports ${from}, which lies outside of src`];
    else if (COMPOSITION_ROOTS.test(target)) yield [start, `imports the composition root ${target}`];
    else if (FOLDERS.indexOf(other) > place) yield [start, `imports ${other}, which comes after ${folder}`];
  }
};

const purity: Rule = function* ({ folder, imports, nodes }) {
  if (folder === undefined || !PURE.has(folder)) return;
  for (const { from, start } of imports) {
    if (from.startsWith('node:'))
      yield [start, `imports ${from}, but ${folder} runs in browsers and does no I/O`];
  }
  for (const node of nodes) {
    const name = member(node);
    if (isNodeProcess(name)) yield [node.start, `uses process.${name?.property}, but ${folder} does no I/O`];
    const { callee } = node;
    const called =
      node.type === 'CallExpression' && isNode(callee) ? (callee.name ?? member(callee)?.property) : '';
    if (called === 'fetch') yield [node.start, `calls fetch, but ${folder} does no I/O`];
    const clock = name && ['Date.now', 'Math.random'].includes(`${name.object}.${name.property}`);
    if (clock) yield [node.start, `uses ${name.object}.${name.property}, but ${folder} is pure: pass it in`];
  }
};

const exportsByName: Rule = function* ({ imports, defaultExports }) {
  for (const start of defaultExports) yield [start, 'has a default export; name it'];
  for (const { from, start, again } of imports) {
    if (again) yield [start, `exports again what ${from} exports; import it from there`];
  }
};

const environment: Rule = function* ({ path, imports, nodes }) {
  if (READS_ENVIRONMENT.test(path)) return;
  for (const { from, start } of imports) {
    if (from === 'node:process')
      yield [start, 'imports node:process; configuration comes from src/config.ts'];
  }
  for (const node of nodes) {
    const name = member(node);
    if (name?.object === 'process' && name.property === 'env') {
      yield [node.start, 'reads process.env; configuration comes from src/config.ts'];
    }
  }
};

const RULES: readonly Rule[] = [direction, purity, exportsByName, environment];
