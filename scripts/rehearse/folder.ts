import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestService } from '../../test/support/service.ts';
import {
  checkRows,
  fill,
  requireRecordedOnce,
  requireWhole,
  startDeployment,
  type Variables,
  type Waiting,
} from './deployment.ts';
import { countsOf, keptIn } from './kept.ts';
import { inScratch, requireSame, type Say, stepsWith } from './steps.ts';

export type Rehearsal = { readonly story: boolean; readonly say: Say };

/** The embedded deployment: its folder is copied while it is stopped, lost, and put back. */
export async function rehearseFolder({ story, say }: Rehearsal): Promise<void> {
  const step = stepsWith(say);
  say('A deployment in one folder (embedded chain, PGlite)');
  await inScratch(async (root) => {
    const [dataDir, backup] = [join(root, 'data'), join(root, 'backup')];
    const variables = { DATA_DIR: dataDir };
    const kept = () => keptIn({ dataDir: join(dataDir, 'database') });
    const waiting = await step('filled a ledger, and left a statement waiting', () =>
      during(variables, (service) => fill(service, story)),
    );
    await step('copied the folder, with the service stopped: cp -a data backup', () =>
      cp(dataDir, backup, { recursive: true, preserveTimestamps: true }),
    );
    const before = await kept();
    await step('lost the folder: rm -r data', () => rm(dataDir, { recursive: true }));
    await step('put the copy back: cp -a backup data', () => cp(backup, dataDir, { recursive: true }));
    requireSame('every row', before, await kept());
    await step('every row follows from the chain: lodebook rebuild --check', () => checkRows(variables));
    await step('started again; what waited was recorded, once', () => goOnWith(variables, waiting));
    say(`  every row is the same before and after: ${countsOf(before)}`);
  });
}

async function goOnWith(variables: Variables, waiting: Waiting): Promise<void> {
  await during(variables, async (service) => {
    await requireWhole(service, waiting);
    await requireRecordedOnce(service, waiting);
  });
}

/** Runs the service for as long as `work` takes. */
export async function during<T>(
  variables: Variables,
  work: (service: TestService) => Promise<T>,
): Promise<T> {
  const service = await startDeployment(variables);
  try {
    return await work(service);
  } finally {
    await service.stop();
  }
}
