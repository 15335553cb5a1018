import { SingleBar } from 'cli-progress';

/** What is counted, and up to how much; work whose end shows only on the way tells a new `total`. */
export type Progress = (done: number, total?: number) => void;

/** Shows a bar on a terminal while the work lasts. @param what such as "Filling the index"  @param units such as "lots" */
export async function withBar<T>(
  { what, units, total }: { what: string; units: string; total: number },
  work: (onProgress: Progress) => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY) return work(() => {});
  const format = `${what} {bar} {value}/{total} ${units}, {eta_formatted} left`;
  const bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true, stream: process.stderr });
  bar.start(total, 0);
  return work((done, now = total) => {
    bar.setTotal(now);
    bar.update(Math.min(done, now));
  }).finally(() => bar.stop());
}
