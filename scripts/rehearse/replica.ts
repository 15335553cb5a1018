import { pino } from 'pino';
import { readConfig } from '../../src/config.ts';
import { startService } from '../../src/service.ts';
import type { TestService } from '../../test/support/service.ts';
import { until } from '../../test/support/until.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { goOn } from './deployment.ts';
import { baseBackup, type Stage, variablesOn } from './stage.ts';
import { requireSame } from './steps.ts';

/** A streaming replica of a server, and a reader on it, beside the service that writes. */
export async function rehearseReplica(stage: Stage, server: Cluster, writer: TestService): Promise<void> {
  const { step, programs, place, running } = stage;
  const standby = await step('made a replica: pg_basebackup --write-recovery-conf', async () => {
    await baseBackup(stage, server, 'standby', '--write-recovery-conf');
    return startCluster(programs, place('standby'));
  });
  running.push(standby);
  const variables = { ...variablesOn(stage, standby), ROLE: 'reader', RPC_URL: writer.chainUrl, PORT: '0' };
  const config = readConfig({ ...variables, DATA_DIR: place('reader'), WRITER_URL: writer.url });
  const reader = await startService(config, pino({ level: 'silent' }));
  try {
    await step(
      'a reader on the replica shows what the service then wrote, and takes nothing itself',
      async () => {
        const { address } = await goOn(writer, 'who came to the writer');
        const shown = async () => (await fetch(`${reader.url}/v1/parties/${address}`)).status === 200;
        await until(shown, { what: 'the replica' });
        const headers = { 'content-type': 'application/json' };
        const refused = await fetch(`${reader.url}/v1/statements`, { method: 'POST', headers, body: '{}' });
        requireSame('a statement sent to a reader', 421, refused.status);
      },
    );
  } finally {
    await reader.stop();
  }
}
