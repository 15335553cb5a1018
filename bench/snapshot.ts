import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measured } from './operations.ts';
import { count } from './words.ts';

const PATH = join(import.meta.dirname, 'gas.snapshot.json');
const RENEW = 'npm run bench:gas -- --update';

/** By how much an operation may grow before it is noticed. */
const TOLERATED_PERCENT = 2;

export async function readSnapshot(): Promise<Measured> {
  return JSON.parse(await readFile(PATH, 'utf8')) as Measured;
}

export async function writeSnapshot(measured: Measured): Promise<void> {
  await writeFile(PATH, `${JSON.stringify(measured, null, 2)}\n`);
}

/** What is wrong, a line each: operations that grew, and those that only one of the two has. */
export function differences(snapshot: Measured, measured: Measured): string[] {
  const grown = Object.entries(measured).flatMap(([name, now]) => {
    const then = snapshot[name];
    if (then === undefined)
      return [`"${name}" is not in the snapshot. Write a new one, and commit it: ${RENEW}`];
    return now * 100 > then * (100 + TOLERATED_PERCENT) ? [growth(name, then, now)] : [];
  });
  const gone = Object.keys(snapshot).filter((name) => !Object.hasOwn(measured, name));
  const left = gone.map(
    (name) =>
      `"${name}" is in the snapshot, and no longer measured. Write a new one, and commit it: ${RENEW}`,
  );
  return [...grown, ...left];
}

/** How an operation changed, such as "+1.3 %". */
export function change(then: number, now: number): string {
  const percent = (100 * (now - then)) / then;
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
}

function growth(name: string, then: number, now: number): string {
  return (
    `"${name}" used ${count(then)} gas in the snapshot and uses ${count(now)} now (${change(then, now)}; ` +
    `${TOLERATED_PERCENT} % are let pass). Make it cheaper, or, where it is worth it, write a new snapshot and ` +
    `commit it: ${RENEW}`
  );
}
