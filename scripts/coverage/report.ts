import type { Marked } from './measure.ts';

type Share = { covered: number; total: number };
export type Report = {
  table: string[];
  /** What was never run, with its place. */
  missing: string[];
};

export function reportOf(files: readonly Marked[], marks: ReadonlySet<string>): Report {
  const rows = files.map((file) => ({
    path: file.path,
    lines: linesOf(file, marks),
    branches: shareOf(file.branches.flatMap(({ yes, no }) => [yes, no]).map((mark) => marks.has(mark))),
  }));
  const all = {
    path: 'All',
    lines: sum(rows.map(({ lines }) => lines)),
    branches: sum(rows.map(({ branches }) => branches)),
  };
  const width = Math.max(...[...rows, all].map(({ path }) => path.length));
  const cells = [...rows, all].map(
    ({ path, lines, branches }) => `${path.padEnd(width)}  ${shown(lines)}  ${shown(branches)}`,
  );
  return {
    table: [`${''.padEnd(width)}  ${'Lines'.padStart(18)}  ${'Branches'.padStart(18)}`, ...cells],
    missing: files.flatMap((file) => [...missingLines(file, marks), ...missingBranches(file, marks)]),
  };
}

/** A line is run if each statement that starts on it is. */
function linesOf({ statements }: Marked, marks: ReadonlySet<string>): Share {
  const byLine = Map.groupBy(statements, ({ line }) => line);
  return shareOf([...byLine.values()].map((each) => each.every(({ mark }) => marks.has(mark))));
}

const shareOf = (covered: boolean[]): Share => ({
  covered: covered.filter(Boolean).length,
  total: covered.length,
});

const sum = (shares: readonly Share[]): Share => ({
  covered: shares.reduce((total, { covered }) => total + covered, 0),
  total: shares.reduce((all, { total }) => all + total, 0),
});

function shown({ covered, total }: Share): string {
  // Never rounded up to 100.
  const percent = total === 0 ? 100 : Math.floor((covered * 1000) / total) / 10;
  return `${`${covered}/${total}`.padStart(9)} ${`${percent.toFixed(1)} %`.padStart(8)}`;
}

function missingLines({ path, statements }: Marked, marks: ReadonlySet<string>): string[] {
  const lines = new Set(statements.filter(({ mark }) => !marks.has(mark)).map(({ line }) => line));
  return [...lines].toSorted((a, b) => a - b).map((line) => `${path}:${line} is never run`);
}

function missingBranches({ path, branches }: Marked, marks: ReadonlySet<string>): string[] {
  return branches.flatMap(({ line, condition, yes, no }) => {
    const ways = [marks.has(yes) ? [] : ['true'], marks.has(no) ? [] : ['false']].flat();
    const text = condition.replace(/\s+/g, ' ');
    return ways.map((way) => `${path}:${line} is never ${way}: ${text}`);
  });
}
