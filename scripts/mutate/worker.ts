/** A process that tries one mutant after the other, as the parent sends them. */
import { Bench, type BenchOptions } from './bench.ts';
import type { FromWorker, ToWorker } from './pool.ts';

const bench = new Bench(JSON.parse(process.argv[2] ?? '') as BenchOptions);

process.on('message', async (message: ToWorker) => {
  try {
    if (message.kind === 'baseline') answer({ kind: 'baseline', baseline: await bench.measure() });
    else {
      bench.baseline = message.baseline;
      answer({ kind: 'outcome', outcome: await bench.try(message.mutant) });
    }
  } catch (error) {
    answer({ kind: 'error', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
process.on('disconnect', () => process.exit());

function answer(message: FromWorker): void {
  // Nobody waits for it any more where the parent was stopped.
  if (process.connected) process.send?.(message);
}
