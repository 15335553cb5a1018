import { canonicalJson } from '../../src/protocol/evidence.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { RecordedBlock } from '../../src/verification/bundle/checks/recorded.ts';
import type { BundleProblem } from '../../src/verification/bundle/problems.ts';
import { type BundleResult, verifyBundle } from '../../src/verification/bundle/verify.ts';
import type { Certificate } from '../../src/verification/certificate.ts';
import { type Policy, policyHash } from '../../src/verification/policy.ts';
import { rollDice } from '../model/draw/dice.ts';
import { type Forger, forge, type Mutant, type Raw } from './mutations.ts';
import { Remembering } from './remembering.ts';

export type CampaignOptions = {
  readonly bundle: Raw;
  readonly blockHash: Hex;
  /** What a node says of the blocks that hold the bundle's records. */
  readonly recorded: readonly RecordedBlock[];
  readonly keys: Forger['keys'];
  readonly seed: number;
  readonly mutations: number;
  readonly onProgress?: (done: number) => void;
};

/**
 * What became of a mutant:
 * - `refused`: the verifier says what is wrong
 * - `same`: it passes, and its certificate is the same to the byte: nothing that it means was changed
 * - `less shown`: evidence was left out, which is what not showing it is; no verdict got better by it
 * - `stated`: it changes what the verifier says that it cannot prove, and is refused once a node is asked
 * - `escaped`: anything else
 */
export type Fate = 'refused' | 'same' | 'less shown' | 'stated' | 'escaped';

export type Tally = {
  readonly fates: Readonly<Record<string, Partial<Record<Fate, number>>>>;
  /** By the code that was told first. */
  readonly codes: Readonly<Record<string, number>>;
  readonly same: readonly string[];
  readonly stated: readonly string[];
  /** Stated, and nothing that the verifier says is only stated. */
  readonly unexpected: readonly string[];
  readonly escaped: readonly Pick<Mutant, 'kind' | 'where'>[];
};

/** One mutant in so many is also given to the verifier as it is, which must say the same. */
const CHECKED_TWICE = 50;

/** Changes a bundle again and again, each time anew. @throws Error where the bundle itself does not pass */
export function runCampaign(options: CampaignOptions): Tally {
  const { bundle, mutations, seed, onProgress } = options;
  const judge = judgeOf(options);
  const forger: Forger = { dice: rollDice(seed), keys: options.keys };
  const tally = {
    fates: {} as Record<string, Partial<Record<Fate, number>>>,
    codes: {} as Record<string, number>,
    same: [] as string[],
    stated: [] as string[],
    unexpected: [] as string[],
    escaped: [] as Pick<Mutant, 'kind' | 'where'>[],
  };
  for (let done = 1; done <= mutations; done += 1) {
    const { kind, where, bundle: forged } = forge(bundle, forger);
    const { fate, problems } = judge({ kind, where, bundle: forged }, done % CHECKED_TWICE === 0);
    const fates = tally.fates[kind] ?? {};
    tally.fates[kind] = { ...fates, [fate]: (fates[fate] ?? 0) + 1 };
    const [first] = problems;
    if (first) tally.codes[first.code] = (tally.codes[first.code] ?? 0) + 1;
    if (fate === 'same') tally.same.push(`${kind} ${where}`);
    if (fate === 'stated') tally.stated.push(`${kind} ${where}`);
    if (fate === 'stated' && !isOnlyStated(where)) tally.unexpected.push(`${kind} ${where}`);
    if (fate === 'escaped') tally.escaped.push({ kind, where });
    onProgress?.(done);
  }
  return tally;
}

type Judged = { readonly fate: Fate; readonly problems: readonly BundleProblem[] };

function judgeOf({ bundle, blockHash, recorded }: CampaignOptions) {
  const memory = new Remembering();
  const known = { blockHash, policyHash: policyHash(bundle.policy as unknown as Policy) };
  const whole = memory.verify(bundle, { ...known, recorded });
  if (!whole.ok)
    throw new Error(`The bundle itself does not pass: ${JSON.stringify(whole.problems.slice(0, 3))}`);
  const meant = canonicalJson(whole.certificate as never);
  return (mutant: Mutant, twice: boolean): Judged => {
    const result = memory.verify(mutant.bundle, known);
    if (twice) requireSame(result, verifyBundle(mutant.bundle, known), mutant);
    if (!result.ok) return { fate: 'refused', problems: result.problems };
    if (canonicalJson(result.certificate as never) === meant) return { fate: 'same', problems: [] };
    if (isLessShown(mutant) && isNoBetter(result.certificate, whole.certificate))
      return { fate: 'less shown', problems: [] };
    const asked = memory.verify(mutant.bundle, { ...known, recorded });
    return asked.ok ? { fate: 'escaped', problems: [] } : { fate: 'stated', problems: asked.problems };
  };
}

function requireSame(remembered: BundleResult, plain: BundleResult, { kind, where }: Mutant): void {
  const same = remembered.ok === plain.ok && JSON.stringify(remembered) === JSON.stringify(plain);
  if (!same && !(!remembered.ok && !plain.ok))
    throw new Error(`The campaign's verifier differs: ${kind} ${where}`);
}

function isLessShown({ kind, where }: Mutant): boolean {
  return kind === 'drop' && /^documents\.\d+(\.fields\.\d+)?$/.test(where);
}

/**
 * What the ledger's state does not keep, and the verifier says so: when and in which order things were recorded, which
 * of its keys a party signed with, and the documents of acts (which two acts trade where they trade whom they are about).
 */
function isOnlyStated(where: string): boolean {
  return /^records\.[\d/]+(\.(recordedAt|block|evidence|signature|signer|party|auditor))?$/.test(where);
}

const verdicts = ['does not meet', 'not enough evidence', 'meets'];

function isNoBetter(forged: Certificate, meant: Certificate): boolean {
  return verdicts.indexOf(forged.verdict) <= verdicts.indexOf(meant.verdict);
}

/** What a campaign came to see, in lines. */
export function summaryOf({ fates, codes, stated }: Tally): string {
  const counted = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  return [
    ...Object.entries(fates).map(([kind, counts]) => `${kind}: ${counted(counts as Record<string, number>)}`),
    `Told first: ${counted(codes)}`,
    `Stated, and refused once a node is asked: ${stated.length}`,
  ].join('\n');
}
