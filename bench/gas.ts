/**
 * What each operation of the ledger uses, beside others' contracts and the targets.
 *
 *     npm run bench:gas                  all of it, about two minutes
 *     npm run bench:gas -- --quick       the ledger's operations alone, a few seconds
 *     npm run bench:gas -- --json        ends on one line of JSON
 *     npm run bench:gas -- --update      the ledger's operations alone; writes bench/gas.snapshot.json
 */
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { ensureBuilt } from '../scripts/build.ts';
import { type AtDepth, measureDepth } from './depth.ts';
import { BenchLedger } from './ledger.ts';
import { measureOperations } from './operations.ts';
import { measurePeers } from './peers.ts';
import { jsonOf, type Results, tableOf } from './report.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { Story } from './story.ts';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, update: { type: 'boolean' } },
});

async function measure(): Promise<Results> {
  const ledger = await BenchLedger.open();
  try {
    const story = await Story.begin(ledger);
    const measured = await measureOperations(story);
    if (options.quick || options.update) return { measured };
    const peers = await measurePeers(ledger.chain);
    return { measured, peers, depths: await withBar((onProgress) => measureDepth(story, onProgress)) };
  } finally {
    await ledger.chain.close();
  }
}

function withBar(
  work: (onProgress: (done: number, total: number) => void) => Promise<AtDepth[]>,
): Promise<AtDepth[]> {
  if (!process.stderr.isTTY) return work(() => {});
  const format = 'Going deeper {bar} {value}/{total} productions, {eta} s left';
  const bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true, stream: process.stderr });
  bar.start(1, 0);
  return work((done, total) => {
    bar.setTotal(total);
    bar.update(done);
  }).finally(() => bar.stop());
}

await ensureBuilt((line) => console.error(line));
const results = await measure();
const snapshot = await readSnapshot();
for (const line of tableOf(results, snapshot)) console.log(line);
if (options.update) {
  await writeSnapshot(results.measured);
  console.log('\nThe snapshot was written. Commit it: bench/gas.snapshot.json');
}
if (options.json) console.log(JSON.stringify(jsonOf(results)));
