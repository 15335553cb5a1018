import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from '../../test/support/accounts.ts';
import { type Cluster, ownFolder, startCluster } from './cluster.ts';
import {
  checkRows,
  fill,
  goOn,
  requireAdmitted,
  requireRecordedOnce,
  requireSettled,
  requireWhole,
  type Waiting,
} from './deployment.ts';
import { during, type Rehearsal } from './folder.ts';
import { countsOf, type Kept, keptIn, notOnChain } from './kept.ts';
import { rehearseReplica } from './replica.ts';
import { baseBackup, DATABASE, emptyServer, type Stage, variablesOn } from './stage.ts';
import { inScratch, requireSame, stepsWith } from './steps.ts';

/**
 * The database is backed up in both documented ways, lost with its server, and restored from either on a new one; the
 * chain goes on meanwhile. In between, a replica that a reader answers from.
 *
 * @param programs where PostgreSQL's programs are
 */
export async function rehearsePostgres(programs: string, { story, say }: Rehearsal): Promise<void> {
  const running: Cluster[] = [];
  const step = stepsWith(say);
  say(`A deployment on PostgreSQL (${programs})`);
  await inScratch(async (root) => {
    const stage: Stage = { programs, step, running, place: (name) => join(root, name) };
    try {
      await chmod(root, 0o755);
      await ownFolder(stage.place('backups'));
      const lost = await loseAfterBackup(stage, story);
      await restoreDump(stage, lost);
      await restoreBase(stage, lost.waiting);
      say(`  the rows of outbox and evidence are the same to the byte; in all: ${countsOf(lost.kept)}`);
    } finally {
      await Promise.all(running.map((cluster) => cluster.stop()));
    }
  });
}

/** What was there when the server was lost. `late` came to the chain after the backup. */
type Lost = { readonly waiting: Waiting; readonly late: Account; readonly kept: Kept };

async function loseAfterBackup(stage: Stage, story: boolean): Promise<Lost> {
  const { place, step, running } = stage;
  const primary = await step('started a server', () => emptyServer(stage, 'primary'));
  const lost = await during(variablesOn(stage, primary), async (service) => {
    const waiting = await step('filled a ledger, and left a statement waiting', () => fill(service, story));
    await step(
      'backed up while the service runs: pg_dump --format=custom --file=lodebook.dump lodebook',
      () =>
        primary.client('pg_dump', '--format=custom', `--file=${place('backups/lodebook.dump')}`, DATABASE),
    );
    await step('backed up while the service runs: pg_basebackup --pgdata=base --checkpoint=fast', () =>
      baseBackup(stage, primary, 'base'),
    );
    const late = await step('the chain went on: another party was admitted', () => goOn(service));
    return { waiting, late };
  });
  const kept = await keptIn({ url: primary.url(DATABASE) });
  await step('lost the server and its folder', async () => {
    await primary.stop();
    running.length = 0;
    await rm(primary.folder, { recursive: true });
  });
  return { ...lost, kept };
}

async function restoreDump(stage: Stage, { waiting, late, kept }: Lost): Promise<void> {
  const { place, step } = stage;
  const server = await step('restored on a new server: createdb lodebook; pg_restore', async () => {
    const made = await emptyServer(stage, 'restored');
    const dump = place('backups/lodebook.dump');
    await made.client('pg_restore', '--exit-on-error', '--no-owner', `--dbname=${DATABASE}`, dump);
    return made;
  });
  requireSame(
    'outbox and evidence',
    notOnChain(kept),
    notOnChain(await keptIn({ url: server.url(DATABASE) })),
  );
  const variables = variablesOn(stage, server);
  await during(variables, async (service) => {
    await step(
      'started: the index took up what came after the backup, and the evidence is there',
      async () => {
        await requireWhole(service, waiting);
        await requireAdmitted(service, late);
      },
    );
    await step('paid the relayer: what waited was recorded, once', () =>
      requireRecordedOnce(service, waiting),
    );
    const check = () => checkRows(variables, '--rpc', service.chainUrl);
    await step('every row follows from the chain: lodebook rebuild --check', check);
    await rehearseReplica(stage, server, service);
  });
  await server.stop();
}

/** This copy is older than what the chain has by now: it must not send again what it holds as waiting. */
async function restoreBase(stage: Stage, waiting: Waiting): Promise<void> {
  const { step, programs, place, running } = stage;
  const server = await step('restored the older base backup: started a server on its folder', () =>
    startCluster(programs, place('base')),
  );
  running.push(server);
  const variables = variablesOn(stage, server);
  await during(variables, async (service) => {
    await step('started: what waited in it is recorded by now, and was not sent again', () =>
      requireSettled(service, waiting),
    );
    const check = () => checkRows(variables, '--rpc', service.chainUrl);
    await step('every row follows from the chain: lodebook rebuild --check', check);
  });
}
