import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import config from '../../hardhat.config.ts';
import { ROOT } from '../tools.ts';

/** The part of Hardhat's test runner, EDR, that is used here. It is a package of Hardhat's, and so in its version. */
type Edr = {
  EdrContext: new () => {
    registerSolidityTestRunnerFactory(chain: string, factory: unknown): Promise<void>;
    runSolidityTests(
      chain: string,
      artifacts: readonly Artifact[],
      suites: readonly ArtifactId[],
      settings: object,
      tracing: object,
      onSuite: (result: EdrSuiteResult) => void,
    ): Promise<unknown>;
  };
  L1_CHAIN_TYPE: string;
  OSAKA: string;
  l1SolidityTestRunnerFactory(): unknown;
  l1GenesisState(hardfork: unknown): unknown;
  l1HardforkFromString(name: string): unknown;
  FsAccessPermission: { ReadDirectory: unknown };
  addStatementCoverageInstrumentation(text: string, path: string, version: string): Instrumented;
  latestSupportedSolidityVersion(): string;
  COVERAGE_LIBRARY_FILE_NAME: string;
};
type EdrSuiteResult = { id: ArtifactId; testResults: { name: string; status: string; reason?: string }[] };

export type ArtifactId = { name: string; source: string; solcVersion: string };
export type Artifact = {
  id: ArtifactId;
  contract: {
    abi: string;
    bytecode: string;
    linkReferences: object;
    deployedBytecode: string;
    deployedLinkReferences: object;
  };
};
export type Failure = { test: string; reason: string };
export type SuiteResult = { suite: string; tests: number; failures: Failure[] };
export type Instrumented = {
  source: string;
  metadata: { kind: string; tag: Uint8Array; startUtf16: number; endUtf16: number }[];
};

const fromHardhat = createRequire(import.meta.resolve('hardhat'));
export const edr = fromHardhat('@nomicfoundation/edr') as Edr;

export const coverageLibrary = (): { path: string; text: string } => {
  const { getCoverageLibrary } = fromHardhat('@nomicfoundation/edr/coverage') as {
    getCoverageLibrary(): { filename: string; content: string };
  };
  const { filename, content } = getCoverageLibrary();
  return { path: filename, text: content };
};

/** Hardhat's own: "built for ethereum", hashed. The same inputs each time. */
const FUZZ_SEED = '0x7727ea51af0441c20da14dcd68a15dac8c9ebd589c5be8fa8c87c1d3720450bc';
/** What Hardhat gives a test, too; a loop that a mutant never ends comes to it within seconds. */
const TEST_GAS = 2n ** 30n;
/** What `hardhat test solidity` runs, too. */
const HARDFORK = 'Osaka';

let context: InstanceType<Edr['EdrContext']> | undefined;

async function runner(): Promise<InstanceType<Edr['EdrContext']>> {
  if (context) return context;
  context = new edr.EdrContext();
  await context.registerSolidityTestRunnerFactory(edr.L1_CHAIN_TYPE, edr.l1SolidityTestRunnerFactory());
  return context;
}

/** Contracts with tests in them. */
export function suitesIn(artifacts: readonly Artifact[]): ArtifactId[] {
  const isSuite = ({ contract: { abi, bytecode } }: Artifact): boolean =>
    bytecode.length > 2 &&
    (JSON.parse(abi) as { type: string; name?: string }[]).some(
      ({ type, name }) => type === 'function' && /^(test|invariant)/.test(name ?? ''),
    );
  return artifacts.filter(isSuite).map(({ id }) => id);
}

export type RunOptions = {
  fuzzRuns: number;
  gasLimit?: bigint;
  /** Of a test's name: which to run, and which not. */
  testPattern?: string;
  excludeTestPattern?: string;
  onHits?: (hits: Uint8Array[]) => void;
};

/** Runs the suites, all of whose code, and all that they ask for by name, is among the artifacts. */
export async function runSuites(
  artifacts: readonly Artifact[],
  suites: readonly ArtifactId[],
  { fuzzRuns, gasLimit = TEST_GAS, onHits, ...patterns }: RunOptions,
): Promise<SuiteResult[]> {
  const settings = {
    ...patterns,
    projectRoot: ROOT,
    hardfork: edr.OSAKA,
    localPredeploys: edr.l1GenesisState(edr.l1HardforkFromString(HARDFORK)),
    fsPermissions: readableFolders(),
    fuzz: { seed: FUZZ_SEED, runs: fuzzRuns },
    gasLimit,
    disableBlockGasLimit: true,
    disableTransactionGasCap: true,
    testSourcePaths: pathsOf(suites),
    ...(onHits && {
      observability: {
        codeCoverage: { onCollectedCoverageCallback: async (hits: Uint8Array[]) => onHits(hits) },
      },
    }),
  };
  const edrContext = await runner();
  const results: SuiteResult[] = [];
  // A suite's results may arrive after the run has ended.
  const { promise: reported, resolve } = Promise.withResolvers<void>();
  const tracing = { buildInfos: [] };
  await edrContext.runSolidityTests(edr.L1_CHAIN_TYPE, artifacts, suites, settings, tracing, (result) => {
    results.push(resultOf(result));
    if (results.length === suites.length) resolve();
  });
  await reported;
  return results;
}

/** Where a test's own settings stand, in comments; a program that is in no file has none. */
function pathsOf(suites: readonly ArtifactId[]): Record<string, string> {
  const paths = suites.map(({ source }) => [source, join(ROOT, source)] as const);
  return Object.fromEntries(paths.filter(([, path]) => existsSync(path)));
}

function resultOf({ id, testResults }: EdrSuiteResult): SuiteResult {
  const failures = testResults
    .filter(({ status }) => status === 'Failure')
    .map(({ name, reason }) => ({ test: name, reason: reason ?? '' }));
  return { suite: id.name, tests: testResults.length, failures };
}

function readableFolders(): object[] {
  const { fsPermissions } = (config.test?.solidity ?? {}) as { fsPermissions?: { readDirectory?: string[] } };
  const access = edr.FsAccessPermission.ReadDirectory;
  return (fsPermissions?.readDirectory ?? []).map((path) => ({ access, path }));
}
