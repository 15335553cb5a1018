import { setImmediate } from 'node:timers/promises';
import { canonicalJson } from '../../src/protocol/evidence.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { RecordedBlock } from '../../src/verification/bundle/checks/recorded.ts';
import type { BundleProblem } from '../../src/verification/bundle/problems.ts';
import { type BundleResult, verifyBundle } from '../../src/verification/bundle/verify.ts';
import { type Policy, policyHash } from '../../src/verification/policy.ts';
import { rollDice } from '../model/draw/dice.ts';
import { isNoBetter, saysTheSame, showsLess } from './meaning.ts';
import { forge } from './mutations.ts';
import { type Forger, type Mutant, type Raw, recordsIn } from './raw.ts';
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
 * - `same`: it says what the bundle says (`saysTheSame`), and gives the same certificate, to the byte
 * - `less shown`: evidence was left out, which is what not showing it is, and nothing is met that was not
 * - `stated`: it changes what the verifier says that it cannot prove, and that alone, and is refused once a node is asked
 * - `escaped`: anything else
 */
export type Fate = 'refused' | 'same' | 'less shown' | 'stated' | 'escaped';

export type Tally = {
  readonly fates: Readonly<Record<string, Partial<Record<Fate, number>>>>;
  /** By the code that was told first. */
  readonly codes: Readonly<Record<string, number>>;
  /** By the field. */
  readonly stated: Readonly<Record<string, number>>;
  readonly escaped: readonly Pick<Mutant, 'kind' | 'where'>[];
};

/** One mutant in so many is also given to the verifier without what the campaign remembers, but for who signed what. */
const CHECKED_TWICE = 100;
/** And one in so many without anything that is remembered. */
const CHECKED_PLAINLY = 5_000;

/** After so many the event loop has its turn, so that a progress bar can show. */
const AT_A_TIME = 20;

/** Changes a bundle again and again, each time anew. @throws Error where the bundle itself does not pass */
export async function runCampaign(options: CampaignOptions): Promise<Tally> {
  const { bundle, mutations, seed, onProgress } = options;
  const judge = judgeOf(options);
  const forger: Forger = { dice: rollDice(seed), keys: options.keys };
  const fates: Record<string, Partial<Record<Fate, number>>> = {};
  const codes: Record<string, number> = {};
  const unproven: Record<string, number> = {};
  const escaped: Pick<Mutant, 'kind' | 'where'>[] = [];
  for (let done = 1; done <= mutations; done += 1) {
    const mutant = forge(bundle, forger);
    const { kind, where } = mutant;
    const { fate, problems } = judge(mutant, done);
    const own = fates[kind] ?? {};
    fates[kind] = { ...own, [fate]: (own[fate] ?? 0) + 1 };
    const [first] = problems;
    if (first) codes[first.code] = (codes[first.code] ?? 0) + 1;
    const field = fieldOf(where);
    if (fate === 'stated') unproven[field] = (unproven[field] ?? 0) + 1;
    if (fate === 'escaped') escaped.push({ kind, where });
    onProgress?.(done);
    if (done % AT_A_TIME === 0) await setImmediate();
  }
  return { fates, codes, stated: unproven, escaped };
}

type Judged = { readonly fate: Fate; readonly problems: readonly BundleProblem[] };

function judgeOf({ bundle, blockHash, recorded }: CampaignOptions) {
  const memory = new Remembering();
  const known = { blockHash, policyHash: policyHash(bundle.policy as unknown as Policy) };
  const whole = memory.verify(bundle, { ...known, recorded });
  if (!whole.ok)
    throw new Error(`The bundle itself does not pass: ${JSON.stringify(whole.problems.slice(0, 3))}`);
  const meant = canonicalJson(whole.certificate as never);
  return (mutant: Mutant, number: number): Judged => {
    const result = memory.verify(mutant.bundle, known);
    if (number % CHECKED_TWICE === 0)
      requireSame(result, verifyBundle(mutant.bundle, { ...known, tools: memory.signersOnly }), mutant);
    if (number % CHECKED_PLAINLY === 0) requireSame(result, verifyBundle(mutant.bundle, known), mutant);
    if (!result.ok) return { fate: 'refused', problems: result.problems };
    if (saysTheSame(mutant.bundle, bundle)) {
      const isSame = canonicalJson(result.certificate as never) === meant;
      return { fate: isSame ? 'same' : 'escaped', problems: [] };
    }
    if (showsLess(mutant.bundle, bundle))
      return {
        fate: isNoBetter(result.certificate, whole.certificate) ? 'less shown' : 'escaped',
        problems: [],
      };
    const asked = memory.verify(mutant.bundle, { ...known, recorded });
    if (asked.ok || !isOnlyStated(mutant.where, bundle)) return { fate: 'escaped', problems: [] };
    return { fate: 'stated', problems: asked.problems };
  };
}

function requireSame(remembered: BundleResult, plain: BundleResult, { kind, where }: Mutant): void {
  const [a, b] = [remembered, plain].map((result) =>
    JSON.stringify(result.ok ? result : isMalformed(result) ? 'malformed' : result.problems),
  );
  if (a !== b) throw new Error(`The campaign's verifier differs: ${kind} ${where}`);
}

function isMalformed({ problems }: Extract<BundleResult, { ok: false }>): boolean {
  return problems[0]?.code === 'bundle-malformed';
}

/**
 * What the ledger's state does not keep, and the verifier says so: when and in which order things were recorded, which
 * of its keys a party signed with, and the documents of acts (which two acts trade where they trade whom they are about).
 */
const stated = /^records\.[\d/]+(\.(recordedAt|block|evidence|signature|signer|party|auditor))?$/;
/** Of these it keeps what the last one brought about, and not its id. */
const statedTypes = ['Delegation', 'KeyReplacement', 'Correction'];

function isOnlyStated(where: string, bundle: Raw): boolean {
  const position = /^records\.(\d+)\.message\./.exec(where)?.[1];
  if (position === undefined) return stated.test(where);
  return statedTypes.includes(recordsIn(bundle)[Number(position)]?.type ?? '');
}

/** A path without its numbers. */
function fieldOf(where: string): string {
  return where.replace(/\.[\d/]+/g, '');
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
    `In all: ${counted(totalsOf(fates))}`,
    `Told first: ${counted(codes)}`,
    `Stated, and refused once a node is asked: ${counted(stated)}`,
  ].join('\n');
}

function totalsOf(fates: Tally['fates']): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const counts of Object.values(fates))
    for (const [fate, count] of Object.entries(counts)) totals[fate] = (totals[fate] ?? 0) + count;
  return totals;
}
