/**
 * Loses a deployment and restores it from its backup, with the commands of docs/operating.md: once in one folder, once
 * on PostgreSQL. Fails where a row, a document or a waiting statement is not what it was.
 *
 *     npm run rehearse:restore                            the demo story's ledger
 *     npm run rehearse:restore -- --short                 a few statements
 *     npm run rehearse:restore -- --only folder           or: --only postgresql
 *     npm run rehearse:restore -- --programs /usr/lib/postgresql/17/bin
 */
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.ts';
import { findPrograms } from './rehearse/cluster.ts';
import { rehearseFolder } from './rehearse/folder.ts';
import { rehearsePostgres } from './rehearse/postgres.ts';

const { values } = parseArgs({
  options: { short: { type: 'boolean' }, programs: { type: 'string' }, only: { type: 'string' } },
});
const say = (line: string): void => console.log(line);
const rehearsal = { story: !values.short, say };

async function onPostgres(): Promise<void> {
  const programs = await findPrograms(values.programs);
  if (programs === null)
    throw new Error(
      'PostgreSQL was not rehearsed: there is no folder with its server and tools for backups. Install them ' +
        '(Debian: apt-get install postgresql), or name the folder with --programs.',
    );
  await rehearsePostgres(programs, rehearsal);
}

// Servers and folders of the rehearsal end with the process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
try {
  await ensureBuilt(say);
  if (values.only !== 'postgresql') await rehearseFolder(rehearsal);
  if (values.only !== 'folder') await onPostgres();
  say('Nothing was lost.');
} catch (error) {
  console.error(`The rehearsal failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
process.exit();
