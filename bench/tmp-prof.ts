import { sql } from 'kysely';
import { openDatabase } from '../src/store/database.ts';
import { createIndexStore } from '../src/store/index-store.ts';
import { migrate } from '../src/store/migrate.ts';
import { digestOf } from '../src/store/queries/digest.ts';
import { certifyDigest } from '../src/verification/certify.ts';
import { oecdDueDiligence } from '../src/verification/policies/oecd-due-diligence.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { sampleLots } from './certificate/network.ts';
import { indexNetwork } from './network/store.ts';

const policy = oecdDueDiligence();
const server = await startPostgres('none');
const { db, close } = await openDatabase({ url: server.url });
await migrate(db);
await indexNetwork(createIndexStore(db), { lots: 12000 });
await sql`vacuum (analyze)`.execute(db);
const [{ lot }] = (await sampleLots(db, 12000, 1)) as any;
const d: any = await digestOf(db, lot);
for (let k = 0; k < 3; k++) {
  const t = process.cpuUsage();
  for (let i = 0; i < 30; i++) certifyDigest(d, policy);
  console.log('certify cpu ms', process.cpuUsage(t).user / 30e3);
  const u = process.cpuUsage();
  const a = performance.now();
  for (let i = 0; i < 20; i++) await digestOf(db, lot);
  console.log('digest cpu ms', process.cpuUsage(u).user / 20e3, 'wall', (performance.now() - a) / 20);
}
await close();
await server.stop();
