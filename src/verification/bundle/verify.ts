import type { Hex } from '../../protocol/hex.ts';
import type { History } from '../../provenance/history.ts';
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
import { rebuildHistory } from './rebuild.ts';
import { standingOf } from './shipped.ts';
import { ledgerCodeHash } from './slots.ts';
import { openState, type ProvenState } from './state.ts';

/**
 * - `blockHash`: the block that the caller trusts; without it, the bundle's own is, and the result says so.
 * - `policy`: what to ask instead of the bundle's own policy; `policyHash`: what that has to be.
 * - `recorded`: what a node says of the blocks that hold the bundle's records (`blocksNamed`). It vouches for what the
 *   state does not keep: when statements were recorded, and with which documents parties were admitted.
 * - `onProgress`: told how much of the work is done.
 */
export type VerifyOptions = {
  readonly blockHash?: Hex | undefined;
  readonly policy?: Policy | undefined;
  readonly policyHash?: Hex | undefined;
  readonly recorded?: readonly RecordedBlock[] | undefined;
  readonly onProgress?: (done: number, total: number) => void;
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
  const parsed = bundleJson.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, MOST_PROBLEMS).map(
      (issue): BundleProblem => ({
        code: 'bundle-malformed',
        at: issue.path.join('.'),
        detail: issue.message,
      }),
    );
    return { ok: false, problems };
  }
  const problems: BundleProblem[] = [];
  try {
    const judged = judge(parsed.data as Bundle, options, (code, at, detail) => {
      if (problems.length < MOST_PROBLEMS) problems.push({ code, at, detail });
    });
    if (problems.length === 0) return conclude(judged, options);
  } catch (error) {
    if (!(error instanceof BundleFault)) throw error;
    problems.push(error.problem);
  }
  return { ok: false, problems };
}

type Judged = {
  readonly bundle: Bundle;
  readonly header: BlockHeader;
  readonly history: History;
  readonly signatures: Signatures;
};

function judge(bundle: Bundle, options: VerifyOptions, report: Report): Judged {
  const { blockHash, onProgress, recorded } = options;
  const header = readHeader(bundle.header);
  if (blockHash !== undefined && blockHash !== header.hash)
    throw new BundleFault('block-unexpected', 'header', `expected block ${blockHash}, got ${header.hash}`);
  checkPolicy(bundle.policy, options);
  const total = 2 * bundle.records.length;
  const book = openBook(bundle, (done) => onProgress?.(done, total));
  const state = openLedger(bundle, header);
  const explored = drive(explore(book), state);
  checkOrder(book, header, report);
  checkStatements(book, report);
  if (recorded) checkRecorded(book, recorded, report);
  const keys = keyBookOf(book);
  checkKeys(explored, keys, report);
  const signatures = checkSignatures({ explored, state, keys, report }, (done) =>
    onProgress?.(bundle.records.length + done, total),
  );
  checkOrigins(explored, report);
  checkConservation(explored, report);
  checkLots(explored, checkCustody(explored, report), report);
  checkSpender(explored, report);
  checkTrails(explored, report);
  checkAttestations(explored, report);
  const parties = checkParties(explored, report);
  const isAccredited = checkAccreditations(explored, report);
  const disclosed = checkDocuments(bundle.documents, report);
  const { delegates } = signatures;
  onProgress?.(total, total);
  const history = rebuildHistory(explored, { header, parties, isAccredited, delegates, disclosed });
  return { bundle, header, history, signatures };
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

/** The ledger's state at the block, once its code is known to be the ledger's. */
function openLedger({ ledger, nodes }: Bundle, header: BlockHeader): ProvenState {
  const state = openState(header, ledger.address, nodes);
  const expected = ledgerCodeHash(ledger.chainId, ledger.address);
  if (state.codeHash !== expected)
    throw new BundleFault(
      'code-unknown',
      'ledger.address',
      `the code at ${ledger.address} has the hash ${state.codeHash}; that of this version's ledger is ${expected}`,
    );
  return state;
}

function drive(exploring: ReturnType<typeof explore>, state: ProvenState): Explored {
  let step = exploring.next();
  while (!step.done) step = exploring.next(step.value.map(({ slot, what }) => state.word(slot, what)));
  return step.value;
}

function conclude({ bundle, header, history, signatures }: Judged, options: VerifyOptions): BundleResult {
  const whole = historyProblems(history);
  if (whole.length > 0) {
    const problems = whole.map(
      ({ subject, detail }): BundleProblem => ({
        code: 'history-incomplete',
        at: subject,
        detail,
      }),
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
      isPolicyGiven: (options.policy ?? options.policyHash) !== undefined,
      isConfirmed: options.recorded !== undefined,
    }),
  };
}
