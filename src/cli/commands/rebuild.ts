import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, readConfig } from '../../config.ts';
import type { Difference } from '../../store/compare.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { migrate } from '../../store/migrate.ts';
import { Failure } from '../failure.ts';
import { type Bar, progressBar } from '../progress.ts';
import { checkIndex, type RebuildOptions, rebuildIndex } from '../rebuild.ts';
import { type AddCommands, examples } from '../runner.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { count } from '../words.ts';

type Options = { check?: true; rpc: string };

export const addRebuild: AddCommands = (program, run) => {
  const command = program
    .command('rebuild')
    .description('fold the chain into the index again, or only check that it gives the same rows')
    .option('--check', 'change nothing: compare the live index with a fresh one, row by row')
    .option('--rpc <url>', "a running service's own chain", 'http://127.0.0.1:8545');
  examples(command.action(run(rebuild)), 'rebuild --check', 'rebuild').addHelpText(
    'after',
    `
It works on the database that DATABASE_URL or DATA_DIR names, as the service does. On PostgreSQL, --check works while
services run. The database in DATA_DIR one process alone can open: stop the service first. Without --check, every
service of the database has to be stopped; what people sent (statements, evidence) stays as it is.
Exit code 1 where a row differs.`,
  );
};

async function rebuild(
  session: Session,
  _operands: readonly string[],
  { check, rpc }: Options,
): Promise<void> {
  const config = readConfig(session.environment.variables);
  const database = await openLive(config);
  const bar = progressBar(session.terminal, 'Folding the chain {bar} {value}/{total} blocks');
  try {
    if (!check) await migrate(database.db);
    const options = { config, database, rpc, signal: session.signal, onProgress: bar.show };
    await (check ? runCheck(session.terminal, options, bar) : runRebuild(session.terminal, options, bar));
  } finally {
    bar.end();
    await database.close();
  }
}

async function runCheck(terminal: Terminal, options: RebuildOptions, bar: Bar): Promise<void> {
  const found = await checkIndex(options);
  bar.end();
  if (found.count === 0)
    return terminal.result({ ...found, identical: true }, [
      `Every row is the same: the index up to block ${found.block} follows from the chain alone.`,
    ]);
  const lines = found.differences.map(differenceWords);
  const more = found.count > lines.length ? [`  … and ${found.count - lines.length} more`] : [];
  throw new Failure(
    [
      `The index differs from the chain in ${count(found.count, 'place')}, up to block ${found.block}:`,
      ...lines,
      ...more,
      'Stop the service, and run "lodebook rebuild" to fold the chain again.',
    ].join('\n'),
  );
}

async function runRebuild(terminal: Terminal, options: RebuildOptions, bar: Bar): Promise<void> {
  const block = await rebuildIndex(options);
  bar.end();
  terminal.result({ block }, [`The index was folded again from the chain, up to block ${block}.`]);
}

function differenceWords({ table, key, column, got, expected }: Difference): string {
  const where = `  ${table} ${key}`;
  if (column === null)
    return `${where}: ${got === null ? 'the row is missing' : 'there is no such row on the chain'}`;
  return `${where}: ${column} is ${got}, and the chain gives ${expected}`;
}

async function openLive({ databaseUrl, dataDir }: Config): Promise<Database> {
  if (databaseUrl !== null) return openDatabase({ url: databaseUrl });
  const folder = join(dataDir, 'database');
  if (!existsSync(folder))
    throw new Failure(
      `There is no database in ${dataDir}. Set DATA_DIR or DATABASE_URL as the service has it.`,
    );
  return openDatabase({ dataDir: folder }).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'DatabaseLocked') throw error;
    throw new Failure(
      `The service is running, and the database in ${folder} can be open in one process alone. Stop the service, and run this again. (An index on PostgreSQL, DATABASE_URL, can be checked while services run.)`,
    );
  });
}
