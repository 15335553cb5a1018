// Runs on any Node from 20 on, before anything is installed: plain JavaScript, no packages.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR = 26;
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NODE_PATH_FILE = join(ROOT, '.cache', 'node-path');
const PACKAGES_MARKER = join(ROOT, 'node_modules', '.lodebook-lock');
const STOP_WITH_PARENT = new URL('./stop-with-parent.mjs', import.meta.url).href;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const IS_WINDOWS = process.platform === 'win32';
/** One Ctrl-C can arrive twice, from the terminal and from npm; a later one is the user's second. */
const SAME_SIGNAL_MS = 1_000;

/** What a person must do something about: shown without a stack. */
class SetupError extends Error {}

/** A signal arrived during set-up. */
class Stopped extends Error {
  constructor(signal) {
    super(signal);
    this.signal = signal;
  }
}

const exitCodeOf = (signal) => 128 + constants.signals[signal];
const say = (line) => process.stderr.write(`lodebook: ${line}\n`);

/**
 * Makes sure of Node and packages, runs `file` (relative to the repository) and exits as it does. Children run in
 * a process group of their own, so that each signal reaches them once, from here.
 */
export async function launch(file, args, cwd = process.cwd()) {
  try {
    const node = await findNode();
    const env = environment(node.path);
    await ensurePackages(node, env);
    const target = join(ROOT, file);
    if (!existsSync(target)) throw new SetupError(`${file} is not in this checkout.`);
    const { code, signal } = await run(node.path, ['--import', STOP_WITH_PARENT, target, ...args], {
      cwd,
      env,
    });
    process.exitCode = signal === null ? code : exitCodeOf(signal);
  } catch (error) {
    if (error instanceof Stopped) process.exitCode = exitCodeOf(error.signal);
    else {
      process.exitCode = 1;
      say(error instanceof SetupError ? error.message : error.stack);
    }
  }
}

async function findNode() {
  const current = nodeFrom(process.execPath, runningNode());
  if (current) return current;
  const remembered =
    existsSync(NODE_PATH_FILE) && (await inspectNode(readFileSync(NODE_PATH_FILE, 'utf8').trim()));
  if (remembered) return remembered;

  say(`this is Node ${process.versions.node}; fetching Node ${NODE_MAJOR} from the npm registry, once …`);
  const exec = ['exec', '--yes', '--prefer-offline', `--package=node@${NODE_MAJOR}`, '--'];
  const { stdout } = await npm([...exec, 'node', '-p', 'process.execPath'], process.execPath, {
    capture: true,
  });
  const fetched = await inspectNode(stdout.trim().split('\n').at(-1) ?? '');
  if (!fetched) {
    throw new SetupError(
      `Node ${NODE_MAJOR} is needed, this is ${process.versions.node}, and it could not be fetched (see above). ` +
        `Connect to the npm registry for the first start, or install Node ${NODE_MAJOR}, and run the command again.`,
    );
  }
  mkdirSync(dirname(NODE_PATH_FILE), { recursive: true });
  writeFileSync(NODE_PATH_FILE, `${fetched.path}\n`);
  return fetched;
}

/** The binary at `path`, or undefined if it is not there or not new enough. */
async function inspectNode(path) {
  if (!existsSync(path)) return undefined;
  const { code, stdout } = await setUp(path, ['-p', `(${runningNode})()`], { capture: true });
  return code === 0 ? nodeFrom(path, stdout.trim()) : undefined;
}

/** Its version, and what packages with native parts depend on. */
function runningNode() {
  return [process.versions.node, process.platform, process.arch, process.versions.modules].join(' ');
}

function nodeFrom(path, facts) {
  if (!(Number.parseInt(facts, 10) >= NODE_MAJOR)) return undefined;
  return { path, binaryInterface: facts.split(' ').slice(1).join(' ') };
}

/** The marker is written last, so that an interrupted or foreign install is done again. */
async function ensurePackages(node, env) {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  const wanted = `${lock} ${node.binaryInterface}\n`;
  const found = existsSync(PACKAGES_MARKER) ? readFileSync(PACKAGES_MARKER, 'utf8') : undefined;
  if (found === wanted) return;

  say(found === undefined ? 'installing the packages …' : 'the package lock has changed; installing again …');
  // No package needs its install scripts. npm runs on the new Node: on an older one it leaves out native parts.
  const { code } = await npm(
    ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'],
    node.path,
    { cwd: ROOT, env },
  );
  if (code !== 0) {
    throw new SetupError(
      'the packages could not be installed (npm ci, see above). Connect to the npm registry for the first start ' +
        'and after each update, and run the command again: it starts the installation over.',
    );
  }
  writeFileSync(PACKAGES_MARKER, wanted);
}

function environment(nodePath) {
  const env = { ...process.env, HARDHAT_DISABLE_TELEMETRY: 'true' };
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[pathName] = [dirname(nodePath), env[pathName]].filter(Boolean).join(delimiter);
  return env;
}

async function npm(args, nodePath, options) {
  const cli = findNpm();
  const [command, first] = cli.endsWith('.js') ? [nodePath, [cli]] : [cli, []];
  return setUp(command, [...first, ...args], options);
}

/** npm's own script, so that it runs on the Node of our choice and needs no shell on Windows. */
function findNpm() {
  const besideNode = dirname(process.execPath);
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'npm'));
  const candidates = [
    process.env.npm_execpath ?? '',
    join(besideNode, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(besideNode, 'node_modules/npm/bin/npm-cli.js'),
    ...(IS_WINDOWS ? [] : onPath),
  ];
  const found = candidates.find((path) => /npm(-cli\.js)?$/.test(path) && existsSync(path));
  if (!found) throw new SetupError('npm was not found. Install Node with npm, and run the command again.');
  return realpathSync(found);
}

/** A step before the program itself: a signal ends it all. */
async function setUp(command, args, options) {
  const result = await run(command, args, options);
  if (result.stoppedBy) throw new Stopped(result.stoppedBy);
  return result;
}

function run(command, args, { cwd, env = process.env, capture = false } = {}) {
  const stdio = capture ? ['ignore', 'pipe', 'inherit'] : 'inherit';
  const child = spawn(command, args, { cwd, env, stdio, detached: !IS_WINDOWS });
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });

  let stop;
  const forward = (signal) => {
    if (stop && Date.now() - stop.at < SAME_SIGNAL_MS) return;
    stop = { signal, at: Date.now() };
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, forward);

  return new Promise((resolve) => {
    child.on('error', (error) => {
      say(`${command} could not be started: ${error.message}`);
      resolve({ code: 127, signal: null, stdout: '' });
    });
    child.on('close', (code, signal) => {
      if (stop) endGroup(child.pid);
      resolve({ code, signal, stdout, stoppedBy: stop?.signal });
    });
  }).finally(() => {
    for (const signal of SIGNALS) process.off(signal, forward);
  });
}

/** Ends what a stopped child left behind. */
function endGroup(pid) {
  if (IS_WINDOWS) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // Nothing was left.
  }
}
