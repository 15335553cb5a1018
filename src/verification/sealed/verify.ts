import { type EvidenceDocument, evidenceRoot } from '../../protocol/evidence.ts';
import { type Hex, ZERO_ACCOUNT } from '../../protocol/hex.ts';
import { trailOf } from '../../protocol/trail.ts';
import { type BlockHeader, readHeader } from '../bundle/header.ts';
import { BundleFault } from '../bundle/problems.ts';
import { recover } from '../bundle/recover.ts';
import { attestationWord, lotWord, partyWord, type Slot, slots } from '../bundle/slots.ts';
import type { ProvenState } from '../bundle/state.ts';
import { checkLedger, openLedger } from '../bundle/verify.ts';
import { isoDay } from '../finding.ts';
import { type SealConclusion, sealConclusionOf } from './conclusion.ts';
import { SEAL_OUTCOME, SEAL_SCHEME, type SealedContent, sealedContentJson } from './content.ts';
import { type OnLot, type Sealed, type SealOptions, sealedJson } from './format.ts';
import { isSealProblem, SealFault, type SealProblem, type SealProblemCode } from './problems.ts';
import { attestationsOf } from './slots.ts';

/** What the auditor sealed, with what that rests on; or what is wrong with it. */
export type SealedResult =
  | ({ readonly ok: true; readonly content: SealedContent } & SealConclusion)
  | { readonly ok: false; readonly problems: readonly SealProblem[] };

/**
 * Checks a sealed certificate: that an auditor who is accredited for it says so of this lot, and what else was said of the
 * lot. What went into the lot is in no such file: for that, the auditor is trusted. Pure.
 *
 * @param input what JSON.parse gave; it may be anything
 */
export function verifySealed(input: unknown, options: SealOptions = {}): SealedResult {
  try {
    return judge(parse(input), options);
  } catch (error) {
    if (error instanceof SealFault) return { ok: false, problems: [error.problem] };
    if (error instanceof BundleFault && isSealProblem(error.problem.code))
      return { ok: false, problems: [{ ...error.problem, code: error.problem.code }] };
    throw error;
  }
}

function parse(input: unknown): Sealed {
  try {
    const parsed = sealedJson.safeParse(input);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new SealFault('sealed-malformed', issue?.path.join('.') ?? '', issue?.message ?? '');
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SealFault('sealed-malformed', '', 'it is nested more deeply than any sealed certificate');
  }
}

function judge(sealed: Sealed, options: SealOptions): SealedResult {
  const header = readHeader(sealed.header);
  if (options.blockHash !== undefined && options.blockHash !== header.hash)
    throw new SealFault('block-unexpected', 'header', `expected ${options.blockHash}, got ${header.hash}`);
  checkLedger(sealed, options);
  const attestations = attestationsOf(sealed);
  const seal = attestations.find(({ id }) => id === sealed.seal);
  if (!seal) throw new SealFault('seal-missing', 'seal', `no attestation of the file is ${sealed.seal}`);
  const content = contentOf(sealed, seal);
  const state = openLedger(sealed, header);
  const problems: SealProblem[] = [];
  const report = (code: SealProblemCode, at: string, detail: string) => problems.push({ code, at, detail });
  const bench: Bench = { sealed, header, attestations, state, report };
  checkSeal(bench, seal);
  checkContent(bench, content, options);
  checkAuditor(bench, seal);
  checkSaid(bench);
  const lot = lotWord(wordAt(state, slots.lot(sealed.lot)));
  if (lot.status === 'none' || lot.status === 'void')
    report('lot-unproven', 'lot', `the ledger has the lot as "${lot.status}": it is no lot to rely on`);
  if (problems.length > 0) return { ok: false, problems };
  const grounds = { ...{ sealed, header, seal, content }, status: lot.status };
  const endsAt = (id: Hex) => attestationWord(wordAt(state, slots.attestation(id))).endsAt;
  const others = attestations
    .filter(({ id }) => id !== seal.id)
    .map((one) => ({ ...one, endsAt: endsAt(one.id) }));
  return { ok: true, content, ...sealConclusionOf({ ...grounds, others, options }) };
}

type Bench = {
  readonly sealed: Sealed;
  readonly header: BlockHeader;
  readonly attestations: readonly OnLot[];
  readonly state: ProvenState;
  readonly report: (code: SealProblemCode, at: string, detail: string) => void;
};

function wordAt(state: ProvenState, wanted: Slot): Hex {
  return state.word(wanted);
}

/** The whole document is there, and it is the one that the auditor signed: nothing of it can be left out. */
function contentOf({ fields }: Sealed, seal: OnLot): SealedContent {
  const root = rootOf({ fields });
  if (root !== seal.message.evidence)
    throw new SealFault(
      'content-altered',
      'fields',
      `the auditor sealed ${seal.message.evidence}, and these fields give ${root ?? 'no document'}`,
    );
  const parsed = sealedContentJson.safeParse(
    Object.fromEntries(fields.map(({ path, value }) => [path, value])),
  );
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SealFault('seal-unfit', `fields.${issue?.path.join('.')}`, issue?.message ?? '');
}

function rootOf(document: EvidenceDocument): Hex | null {
  try {
    return evidenceRoot(document);
  } catch {
    return null;
  }
}

function checkSeal(
  { sealed, header, state, report }: Bench,
  { message, signer, signature, id }: OnLot,
): void {
  const at = 'seal';
  if (message.subject !== sealed.lot)
    report('seal-unfit', at, `it is of ${message.subject}, not of this lot`);
  if (message.scheme !== SEAL_SCHEME)
    report(
      'seal-unfit',
      at,
      `its scheme is ${JSON.stringify(message.scheme)}, not ${JSON.stringify(SEAL_SCHEME)}`,
    );
  if (message.outcome !== SEAL_OUTCOME) report('seal-unfit', at, 'its outcome is not "conformant"');
  const { endsAt } = attestationWord(wordAt(state, slots.attestation(id)));
  if (endsAt < message.validUntil && endsAt <= header.time)
    report('seal-ended', at, `it was revoked: the auditor or the registrar ended it as of ${isoDay(endsAt)}`);
  else if (endsAt <= header.time) report('seal-ended', at, `it was in force until ${isoDay(endsAt)} alone`);
  if (message.validFrom > header.time)
    report('seal-ended', at, `it is not in force before ${isoDay(message.validFrom)}`);
  const isSigned = recover(id, signature) === signer || hasCode(state, signer);
  if (!isSigned) report('signature-invalid', at, `the signature is not that of ${signer}`);
}

function hasCode(state: ProvenState, account: Hex): boolean {
  try {
    return state.hasCode(account);
  } catch (error) {
    if (error instanceof BundleFault) return false;
    throw error;
  }
}

function checkContent({ sealed, header, report }: Bench, content: SealedContent, options: SealOptions): void {
  if (content.lot !== sealed.lot)
    report('seal-unfit', 'fields.lot', `the document is of lot ${content.lot}, not of ${sealed.lot}`);
  const { 'block.number': number, 'block.hash': hash, 'policy.hash': policy } = content;
  if (number > header.number || (number === header.number && hash !== header.hash))
    report('seal-unfit', 'fields.block', `block ${number} (${hash}) is none before block ${header.number}`);
  if (options.policyHash !== undefined && options.policyHash !== policy)
    report('policy-unexpected', 'fields.policy.hash', `expected ${options.policyHash}, got ${policy}`);
}

function checkAuditor({ state, header, report }: Bench, { message: { auditor } }: OnLot): void {
  const isAccredited = BigInt(wordAt(state, slots.accreditation(auditor, SEAL_SCHEME))) === 1n;
  if (!isAccredited)
    report(
      'auditor-not-accredited',
      'seal',
      `at block ${header.number} the accreditor does not have ${auditor} accredited for ${SEAL_SCHEME}`,
    );
  const { key, suspended } = partyWord(wordAt(state, slots.party(auditor)));
  if (key === ZERO_ACCOUNT || suspended)
    report('auditor-suspended', 'seal', `the registrar has ${auditor} suspended, or never admitted it`);
}

/** Every attestation on the lot is there: of each other id of its trail, the state has none. */
function checkSaid({ sealed, state, attestations, report }: Bench): void {
  const proven = wordAt(state, slots.trail(sealed.lot));
  const got = trailOf(sealed.trail);
  if (got !== proven)
    report('trail-incomplete', 'trail', `the ledger keeps the trail ${proven}, and these ids give ${got}`);
  const byId = new Map(attestations.map((one) => [one.id, one]));
  for (const id of sealed.trail) {
    const word = attestationWord(wordAt(state, slots.attestation(id)));
    const shown = byId.get(id);
    byId.delete(id);
    if (!shown && word.auditor !== ZERO_ACCOUNT)
      report('trail-incomplete', 'attestations', `attestation ${id} on the lot is left out`);
    if (shown && (word.auditor !== shown.message.auditor || shown.message.subject !== sealed.lot))
      report('attestation-unproven', 'attestations', `the ledger has ${id} otherwise`);
  }
  for (const id of byId.keys())
    report('attestation-unproven', 'attestations', `${id} is not of the lot's trail`);
}
