import { sql } from 'kysely';
import { certificateOf } from '../src/api/certifying.ts';
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
const lots = Number(process.argv[2]);
const t = performance.now();
await indexNetwork(createIndexStore(db), { lots });
console.log('indexed', Math.round(performance.now() - t));
await sql`vacuum (analyze)`.execute(db);
const size =
  await sql<any>`select pg_database_size(current_database()) as s, (select count(*) from lot) as lots, (select avg(length(passages))::int8 from production_summary) as p, (select avg(length(sites))::int8 from production_summary) as si, (select avg(length(origins))::int8 from production_summary) as o, (select count(*) from production) as prods, (select count(*) from dispatch) d, (select sum(pg_column_size(passages))::int8 from production_summary) as stored`.execute(
    db,
  );
console.log(size.rows[0]);
for (const [anc, n] of [
  [10, 2],
  [lots, 2],
] as const)
  for (const { lot, ancestors } of await sampleLots(db, anc, n)) {
    for (let i = 0; i < 3; i++) {
      const a = performance.now();
      const c = await certificateOf(db, lot, policy);
      const b = performance.now();
      const d: any = await digestOf(db, lot);
      const e = performance.now();
      const told = certifyDigest(d, policy);
      console.log(
        ancestors,
        c?.told,
        c?.verdict,
        'whole',
        (b - a).toFixed(1),
        'digest',
        (e - b).toFixed(1),
        'certify',
        (performance.now() - e).toFixed(1),
        told.isExact,
        told.certificate.findings
          .map((f) => [f.rule, f.severity, f.atMost, f.title.slice(0, 50)].join('|'))
          .slice(0, 8),
        d.lot.made.passages.uses.size,
        d.lot.made.passages.runs.size,
        d.lot.made.passages.moves.size,
      );
    }
  }
await close();
await server.stop();
