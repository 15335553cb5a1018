/**
 * Everything that must hold before a change goes in, cheapest first; stops at the first step that fails. Ends with the
 * number of tests that really ran, alone on a line.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT, tool } from './tools.ts';

type Step = { title: string; command: string[] };
type Counts = { passed: number; failed: number };
type Result = { code: number; output: string };
type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
};

class StepFailed extends Error {}

const COLOUR = process.stdout.isTTY && !process.env.NO_COLOR;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const running = new Set<ChildProcess>();
const counts: Counts = { passed: 0, failed: 0 };
/** What failed and why, once more at the end: of a long output, often only the end is kept. */
const failures: string[] = [];
const done: string[] = [];

for (const signal of SIGNALS) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    process.exit(128 + constants.signals[signal]);
  });
}

const staticChecks: Step[] = [
  {
    title: 'Lint and format (biome)',
    command: [
      tool('@biomejs/biome', 'biome'),
      'ci',
      '--error-on-warnings',
      `--colors=${COLOUR ? 'force' : 'off'}`,
    ],
  },
  { title: 'Types (tsc)', command: [tool('typescript', 'tsc'), '--noEmit'] },
  {
    title: 'Lint contracts (solhint)',
    command: [tool('solhint'), '--disc', '--noPoster', '--max-warnings', '0', 'contracts/**/*.sol'],
  },
  { title: 'Unused code and packages (knip)', command: [tool('knip'), '--no-progress'] },
];

async function runAll(): Promise<void> {
  await inPairs(staticChecks);
  await step({ title: 'Compile contracts (hardhat)', command: [tool('hardhat'), 'build'] });
  await step({ title: 'Generated files are up to date', command: ['scripts/generate.ts', '--check'] });
  await solidityTests();
  await step({ title: 'Pages', command: ['scripts/build.ts'] });
  await typescriptTests();
}

/** Two cores are what a small machine has. The output waits for its turn. */
async function inPairs(steps: Step[]): Promise<void> {
  for (let at = 0; at < steps.length; at += 2) {
    const pair = steps.slice(at, at + 2).map((each) => ({ ...each, result: run(each.command, false) }));
    const failed: string[] = [];
    for (const { title, result } of pair) {
      heading(title);
      const { code, output } = await result;
      process.stdout.write(output);
      done.push(`${code === 0 ? 'passed' : 'FAILED'}  ${title}`);
      if (code !== 0) failed.push(title);
    }
    if (failed.length > 0) throw new StepFailed(failed.join(', '));
  }
}

async function step({ title, command }: Step, count?: (result: Result) => Counts): Promise<void> {
  heading(title);
  const result = await run(command, true);
  const ran = count?.(result);
  if (ran) {
    counts.passed += ran.passed;
    counts.failed += ran.failed;
  }
  const ok = result.code === 0 && !ran?.failed;
  done.push(`${ok ? 'passed' : 'FAILED'}  ${title}`);
  if (!ok) throw new StepFailed(title);
}

async function solidityTests(): Promise<void> {
  const command = [tool('hardhat'), 'test', 'solidity', '--no-compile'];
  await step({ title: 'Contract tests (hardhat test solidity)', command }, ({ code, output }) => {
    const number = (word: string) =>
      Number(new RegExp(`^\\s*(\\d+) ${word}\\s*$`, 'm').exec(output)?.[1] ?? 0);
    const ran = { passed: number('passing'), failed: number('failing') };
    if (code === 0 && ran.passed === 0) throw new StepFailed('Contract tests: none was found to have run');
    return ran;
  });
}

async function typescriptTests(): Promise<void> {
  const report = join(ROOT, '.cache/vitest.json');
  rmSync(report, { force: true });
  const command = [
    tool('vitest'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  await step({ title: 'Unit and integration tests (vitest)', command }, () => {
    if (!existsSync(report)) throw new StepFailed('Unit and integration tests: vitest wrote no report');
    const ran = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
    failures.push(...failuresIn(ran));
    return countVitest(ran);
  });
}

/** A file that failed before any of its tests began counts as one. */
function countVitest({ numPassedTests, numFailedTests, testResults }: VitestReport): Counts {
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

function failuresIn({ testResults }: VitestReport): string[] {
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      const what = failed.map(({ fullName, failureMessages: [why = ''] }) => `${fullName}\n${why}`);
      return (failed.length > 0 ? what : [message]).map((text) => `${relative(ROOT, name)}: ${text}`);
    });
}

function run([script = '', ...args]: string[], shown: boolean): Promise<Result> {
  const env = { ...process.env, ...(COLOUR && { FORCE_COLOR: '1' }), HARDHAT_DISABLE_TELEMETRY: 'true' };
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (shown) process.stdout.write(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output: shown ? stripVTControlCharacters(output) : output });
    });
  });
}

function heading(title: string): void {
  console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 90 - title.length))}`);
}

try {
  await runAll();
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(`\nFailed: ${error.message}`);
  process.exitCode = 1;
}
heading('Summary');
for (const line of [...done, ...failures]) console.log(line);
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
