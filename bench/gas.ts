/**
 * What each operation of the ledger uses, beside others' contracts and the targets.
 *
 *     npm run bench:gas                  all of it, about two minutes
 *     npm run bench:gas -- --quick       the ledger's operations alone, a few seconds
 *     npm run bench:gas -- --json        ends on one line of JSON
 *     npm run bench:gas -- --update      the ledger's operations alone; writes bench/gas.snapshot.json
 */
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../scripts/build.ts';
import { measureDepth } from './depth.ts';
import { BenchLedger } from './ledger.ts';
import { measureOperations } from './operations.ts';
import { measurePeers } from './peers.ts';
import { withBar } from './progress.ts';
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
    const bar = { what: 'Going deeper', units: 'productions', total: 1 };
    const depths = await withBar(bar, (onProgress) => measureDepth(story, onProgress));
    return { measured, peers, depths };
  } finally {
    await ledger.chain.close();
  }
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
