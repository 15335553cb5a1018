import type { Hex } from '../../protocol/hex.ts';
import { historyProblems } from '../../provenance/whole.ts';
import type { Certificate } from '../certificate.ts';
import { certify } from '../certify.ts';
import { type Policy, policyHash } from '../policy.ts';
import { openBook } from './book.ts';
import { checkConservation, checkOrigins } from './checks/conservation.ts';
import { checkCustody, checkSpender } from './checks/custody.ts';
import { checkDocuments } from './checks/documents.ts';
import { checkKeys, keyBookOf } from './checks/keys.ts';
import { checkLots } from './checks/lots.ts';
import { checkOrder, checkStatements } from './checks/order.ts';
import { checkAccreditations, checkParties } from './checks/parties.ts';
import { checkRecorded, type RecordedBlock } from './checks/recorded.ts';
import { checkAttestations, checkTrails } from './checks/said.ts';
import { checkSignatures, type Signatures } from './checks/signatures.ts';
import { type Conclusion, conclusionOf } from './conclusion.ts';
import { type Explored, explore } from './explore.ts';
import { type Bundle, bundleJson } from './format.ts';
import { type BlockHeader, readHeader } from './header.ts';
import { BundleFault, type BundleProblem, type Report } from './problems.ts';
import { type Checked, rebuildHistory } from './rebuild.ts';
import { standingOf } from './shipped.ts';
import { ledgerCodeHash } from './slots.ts';
import type { ProvenState } from './state.ts';
import type { BundleStep, OnStep } from './steps.ts';
import { ownTools, type Tools } from './tools.ts';

/**
 * - `blockHash`: the block that the caller trusts; without it, the bundle's own is, and the result says so.
 * - `ledger`: the address of the ledger that the caller means: anybody can put the same code on a chain.
 * - `policy`: what to ask instead of the bundle's own policy; `policyHash`: what that has to be.
 * - `recorded`: what a node says of the blocks that hold the bundle's records (`blocksNamed`). It vouches for what the
 *   state does not keep: when statements were recorded, and with which documents parties were admitted.
 * - `tools`: other ways to do what nearly all of the time goes into: native code, or one that remembers.
 * - `onProgress`: told how much of the work is done; `onStep`: after each step, in the order of `bundleSteps`.
 */
export type VerifyOptions = {
  readonly blockHash?: Hex | undefined;
  readonly ledger?: Hex | undefined;
  readonly policy?: Policy | undefined;
  readonly policyHash?: Hex | undefined;
  readonly recorded?: readonly RecordedBlock[] | undefined;
  readonly tools?: Tools | undefined;
  readonly onProgress?: (done: number, total: number) => void;
  readonly onStep?: OnStep;
};

/** The certificate that the bundle proves, with what that rests on; or what is wrong with it. */
export type BundleResult =
  | ({ readonly ok: true; readonly certificate: Certificate } & Conclusion)
  | { readonly ok: false; readonly problems: readonly BundleProblem[] };

/** So many problems are told; there may be more. */
const MOST_PROBLEMS = 100;

/**
 * Checks a full bundle, and computes its certificate again. Pure: nothing is asked, read or trusted but the one block
 * hash, and what the result names.
 *
 * @param input what JSON.parse gave; it may be anything
 */
export function verifyBundle(input: unknown, options: VerifyOptions = {}): BundleResult {
  const parsed = parseBundle(input);
  return parsed.ok ? verifyParsed(parsed.bundle, options) : parsed;
}

/** The same for a bundle that `bundleJson` gave. */
export function verifyParsed(bundle: Bundle, options: VerifyOptions = {}): BundleResult {
  const problems: BundleProblem[] = [];
  const report: Report = (code, at, detail) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ code, at, detail });
  };
  const ended = (step: BundleStep) => options.onStep?.(step, problems.length);
  ended('form');
  try {
    const judged = judge(bundle, options, { report, ended });
    if (problems.length > 0) return { ok: false, problems };
    const result = conclude(judged, options);
    if (result.ok) ended('certificate');
    return result;
  } catch (error) {
    if (!(error instanceof BundleFault)) throw error;
    problems.push(error.problem);
  }
  return { ok: false, problems };
}

type Parsed = { readonly ok: true; readonly bundle: Bundle } | Extract<BundleResult, { ok: false }>;

function parseBundle(input: unknown): Parsed {
  const malformed = (at: string, detail: string): BundleProblem => ({ code: 'bundle-malformed', at, detail });
  try {
    const parsed = bundleJson.safeParse(input);
    if (parsed.success) return { ok: true, bundle: parsed.data as Bundle };
    const issues = parsed.error.issues.slice(0, MOST_PROBLEMS);
    return { ok: false, problems: issues.map(({ path, message }) => malformed(path.join('.'), message)) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, problems: [malformed('', 'it is nested more deeply than any bundle')] };
  }
}

type Judged = {
  readonly bundle: Bundle;
  readonly header: BlockHeader;
  readonly explored: Explored;
  readonly signatures: Signatures;
  readonly checked: Omit<Checked, 'header' | 'delegates'>;
};

type Telling = { readonly report: Report; readonly ended: (step: BundleStep) => void };

function judge(bundle: Bundle, options: VerifyOptions, { report, ended }: Telling): Judged {
  const { blockHash, onProgress, recorded, tools = ownTools } = options;
  const header = readHeader(bundle.header);
  if (blockHash !== undefined && blockHash !== header.hash)
    throw new BundleFault('block-unexpected', 'header', `expected block ${blockHash}, got ${header.hash}`);
  checkLedger(bundle, options);
  checkPolicy(bundle.policy, options);
  ended('block');
  const total = 2 * bundle.records.length;
  const book = openBook(bundle, tools, (done) => onProgress?.(done, total));
  ended('statements');
  const state = openLedger(bundle, header, tools);
  const explored = drive(explore(book), state);
  ended('state');
  checkOrder(book, header, report);
  checkStatements(book, report);
  if (recorded) checkRecorded(book, recorded, report);
  ended('order');
  const keys = keyBookOf(book);
  checkKeys(explored, keys, report);
  const bench = { explored, state, keys, report, recover: tools.recover };
  const signatures = checkSignatures(bench, (done) => onProgress?.(bundle.records.length + done, total));
  ended('signatures');
  checkOrigins(explored, report);
  checkConservation(explored, report);
  checkLots(explored, checkCustody(explored, report), report);
  checkSpender(explored, report);
  ended('custody');
  checkTrails(explored, report);
  checkAttestations(explored, report);
  ended('sayings');
  const parties = checkParties(explored, report);
  const isAccredited = checkAccreditations(explored, report);
  ended('parties');
  const disclosed = checkDocuments(bundle.documents, tools, report);
  ended('evidence');
  onProgress?.(total, total);
  return { bundle, header, explored, signatures, checked: { parties, isAccredited, disclosed } };
}

export function checkLedger(
  { ledger: { address } }: Pick<Bundle, 'ledger'>,
  { ledger }: Pick<VerifyOptions, 'ledger'>,
): void {
  if (ledger !== undefined && ledger !== address)
    throw new BundleFault(
      'ledger-unexpected',
      'ledger.address',
      `expected the ledger ${ledger}, got ${address}`,
    );
}

function checkPolicy(own: Policy, { policy, policyHash: expected }: VerifyOptions): void {
  const got = policyHash(policy ?? own);
  if (expected !== undefined && expected !== got)
    throw new BundleFault('policy-unexpected', 'policy', `expected the policy ${expected}, got ${got}`);
  if (standingOf(policy ?? own) === 'altered')
    throw new BundleFault(
      'policy-unexpected',
      'policy',
      `it calls itself ${own.id}, version ${own.version}, and asks something else than that`,
    );
}

/** The ledger's state at the block, once its code is known to be the ledger's. @throws BundleFault */
export function openLedger(
  { ledger, nodes }: Pick<Bundle, 'ledger' | 'nodes'>,
  header: BlockHeader,
  tools: Pick<Tools, 'openState'> = ownTools,
): ProvenState {
  const state = tools.openState(header, ledger.address, nodes);
  const expected = ledgerCodeHash(ledger.chainId, ledger.address);
  if (state.codeHash !== expected)
    throw new BundleFault(
      'code-unknown',
      'ledger.address',
      `the code at ${ledger.address} has the hash ${state.codeHash}; this verifier knows one version of the ledger's code alone, which has ${expected} there: ask the verifier that came with that ledger`,
    );
  return state;
}

function drive(exploring: ReturnType<typeof explore>, state: ProvenState): Explored {
  let step = exploring.next();
  while (!step.done) step = exploring.next(step.value.map(state.word));
  return step.value;
}

function conclude(judged: Judged, options: VerifyOptions): BundleResult {
  const { bundle, header, explored, signatures, checked } = judged;
  const { delegates } = signatures;
  const history = rebuildHistory(explored, { ...checked, header, delegates });
  const whole = historyProblems(history);
  if (whole.length > 0) {
    const problems = whole.map(
      ({ subject, detail }): BundleProblem => ({ code: 'history-incomplete', at: subject, detail }),
    );
    return { ok: false, problems };
  }
  const policy = options.policy ?? bundle.policy;
  return {
    ok: true,
    certificate: certify(history, policy),
    ...conclusionOf({
      header,
      history,
      signatures,
      policy,
      isBlockGiven: options.blockHash !== undefined,
      isLedgerGiven: options.ledger !== undefined,
      isPolicyGiven: (options.policy ?? options.policyHash) !== undefined,
      isConfirmed: options.recorded !== undefined,
    }),
  };
}
