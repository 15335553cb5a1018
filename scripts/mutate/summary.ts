import type { Outcome } from './bench.ts';
import type { Mutant } from './mutants.ts';

/** Less than this share of killed mutants fails, whatever is said of those that survived. */
const REQUIRED_SHARE = 0.95;

/** A mutant that no test can tell from the original, and why. Matched by all but the reason. */
export type Equivalent = { file: string; where: string; original: string; mutated: string; reason: string };
export type Tried = { mutant: Mutant; outcome: Outcome };
export type Summary = {
  lines: string[];
  /** What makes the run fail; none if it passes. */
  complaints: string[];
};

/** @param isComplete all mutants were tried, so that each entry of the list must be among them. */
export function summarize(
  tried: readonly Tried[],
  equivalents: readonly Equivalent[],
  isComplete: boolean,
): Summary {
  const of = (kind: Outcome['kind']): Tried[] => tried.filter(({ outcome }) => outcome.kind === kind);
  const [killed, survived, same, broken] = [
    of('killed'),
    of('survived'),
    of('same code'),
    of('does not compile'),
  ];
  const unexplained = survived.filter(({ mutant }) => !equivalents.some((entry) => matches(entry, mutant)));
  const known = survived.length - unexplained.length;
  const compiled = killed.length + survived.length;
  const share = compiled === 0 ? 1 : killed.length / compiled;
  const lines = [
    `Mutants                        ${tried.length}`,
    `  do not compile               ${broken.length}`,
    `  same code once optimised     ${same.length}`,
    `  to be told apart             ${compiled}`,
    `    killed                     ${killed.length}`,
    `    survived, known equivalent ${known}`,
    `    survived                   ${unexplained.length}`,
    `Score                          ${percent(killed.length, compiled)} of those to be told apart`,
    `                               ${percent(killed.length, compiled - known)} without those known to be equivalent`,
  ];
  const complaints = unexplained.map(({ mutant }) => `Survived: ${describe(mutant)}`);
  if (share < REQUIRED_SHARE)
    complaints.push(
      `Less than ${REQUIRED_SHARE * 100} % were killed: write tests that tell the survivors apart.`,
    );
  return { lines, complaints: [...complaints, ...wrongEntries(tried, equivalents, isComplete)] };
}

function wrongEntries(
  tried: readonly Tried[],
  equivalents: readonly Equivalent[],
  isComplete: boolean,
): string[] {
  return equivalents.flatMap((entry) => {
    const found = tried.filter(({ mutant }) => matches(entry, mutant));
    const killed = found.find(({ outcome }) => outcome.kind === 'killed');
    if (killed?.outcome.kind === 'killed')
      return [`Listed as equivalent, but killed by ${killed.outcome.test}: ${describe(killed.mutant)}`];
    const isGone = isComplete && found.length === 0;
    return isGone
      ? [`Listed as equivalent, but there is no such mutant: ${entry.file} ${entry.mutated}`]
      : [];
  });
}

const matches = (entry: Equivalent, mutant: Mutant): boolean =>
  entry.file === mutant.file &&
  entry.where === mutant.where &&
  entry.original === mutant.original &&
  entry.mutated === mutant.mutated;

export const describe = ({ file, line, where, operator, original, mutated }: Mutant): string =>
  `${file}:${line} ${where} (${operator})\n  - ${original}\n  + ${mutated}`;

const percent = (part: number, whole: number): string =>
  whole <= 0 ? 'none' : `${((part * 100) / whole).toFixed(1)} %`;
