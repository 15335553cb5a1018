import { argv, stdout } from 'node:process';
import { openDatabase } from '../../src/store/database.ts';
import { createIndexStore } from '../../src/store/index-store.ts';
import { migrate } from '../../src/store/migrate.ts';
import { Chain, cobalt, identity, output, Story } from './ledger.ts';

// Goes on where an earlier run was killed: the chain is the same every time.
const database = await openDatabase({ dataDir: argv[2] ?? '' });
await migrate(database.db);
const store = createIndexStore(database.db);
await store.bind(identity);
const head = (await store.head())?.number ?? 0;
const [chain, story] = [new Chain(), new Story()];
const mine = story.facility(story.mine, 1);
chain.block(mine);
for (let number = 1; ; number += 1) {
  if (number > head) {
    await store.extend(chain.blocks.slice(-1));
    stdout.write(`${number}\n`);
  }
  const outputs = [output([cobalt(BigInt(number))])];
  chain.block(story.produce({ custodian: story.mine, facility: mine.id, outputs }));
}
