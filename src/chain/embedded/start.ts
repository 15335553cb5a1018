import { access } from 'node:fs/promises';
import { createEdr, type Edr, engine, latestBlock, rules } from './edr.ts';
import { EmbeddedChainError } from './errors.ts';
import { createJournal, cutJournal, inspectJournal, openJournal } from './journal.ts';
import { lockJournal } from './lock.ts';
import { type JournalHeader, journalFormat } from './records.ts';
import { replay } from './replay.ts';
import { Sequencer } from './sequencer.ts';
import { listen } from './server.ts';

/**
 * - `journalPath`: created, with its directory, if it does not exist; `<journalPath>.lock` stands beside it.
 * - `host`, `port`: where to listen; port 0 takes a free one.
 * - `genesis`: accounts with a balance (wei) from the start. A journal keeps those that it was created with, and is
 *   refused under any others.
 * - `onReplay`: called every so many blocks, and after the last.
 * - `now`: Unix milliseconds.
 */
export type EmbeddedChainOptions = {
  journalPath: string;
  host: string;
  port: number;
  chainId: number;
  genesis: { address: string; balance: bigint }[];
  log?: (message: string, fields: Record<string, unknown>) => void;
  onReplay?: (done: number, total: number) => void;
  now?: () => number;
};

/** `height`: the last block's number when the chain started. `stop` finishes what has arrived, then lets go of all. */
export type EmbeddedChain = { url: string; height: number; stop(): Promise<void> };

type Cleanup = (() => unknown)[];

/**
 * A chain of one node inside this process, on loopback, whose blocks survive any end of the process.
 * Blocks are mined as transactions arrive, never otherwise, and are final.
 * @throws EmbeddedChainError: the journal is locked, damaged, of another chain, or does not replay
 */
export async function startEmbeddedChain(options: EmbeddedChainOptions): Promise<EmbeddedChain> {
  const cleanup: Cleanup = [];
  try {
    return await start(options, cleanup);
  } catch (error) {
    await runAll(cleanup);
    throw error;
  }
}

async function start(options: EmbeddedChainOptions, cleanup: Cleanup): Promise<EmbeddedChain> {
  const { journalPath, host, port, now = Date.now, log = () => {} } = options;
  const lock = lockJournal(journalPath);
  cleanup.push(() => lock.release());
  const exists = await isFile(journalPath);
  const edr = exists ? await resume(options, log, cleanup) : await begin(options, now, cleanup);
  const journal = await openJournal(journalPath);
  cleanup.push(() => journal.close());
  const parent = await latestBlock(edr);
  const sequencer = new Sequencer({ edr, journal, parent, now, log });
  const server = await listen(sequencer, { host, port });
  cleanup.push(() => server.close());
  log('embedded chain listens', { url: server.url, height: parent.number });
  let stopping: Promise<void> | undefined;
  return { url: server.url, height: parent.number, stop: () => (stopping ??= runAll(cleanup)) };
}

async function begin(options: EmbeddedChainOptions, now: () => number, cleanup: Cleanup): Promise<Edr> {
  const header = { ...headerOf(options), genesisTime: Math.floor(now() / 1000), engine };
  const edr = await createEdr(header);
  cleanup.push(() => edr.close());
  const { hash } = await latestBlock(edr);
  await createJournal(options.journalPath, { ...header, genesisHash: hash });
  return edr;
}

async function resume(
  options: EmbeddedChainOptions,
  log: NonNullable<EmbeddedChainOptions['log']>,
  cleanup: Cleanup,
): Promise<Edr> {
  const { journalPath, onReplay } = options;
  const journal = await inspectJournal(journalPath);
  const { header, blocks, end, torn } = journal;
  compareHeader(journalPath, header, headerOf(options));
  const edr = await createEdr(header);
  cleanup.push(() => edr.close());
  compareField(journalPath, 'genesis block', header.genesisHash, (await latestBlock(edr)).hash);
  await replay({ edr, journalPath, journal, onReplay });
  if (torn > 0) {
    await cutJournal(journalPath, end);
    log("cut an unfinished record off the chain's journal", { journalPath, bytes: torn, height: blocks });
  }
  return edr;
}

type Chain = Omit<JournalHeader, 'genesisTime' | 'genesisHash' | 'engine'>;

function headerOf({ chainId, genesis }: EmbeddedChainOptions): Chain {
  const accounts = genesis
    .map(({ address, balance }) => ({ address: address.toLowerCase(), balance: balance.toString() }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  return { format: journalFormat, chainId, ...rules, genesis: accounts };
}

function compareHeader(path: string, header: JournalHeader, wanted: Chain): void {
  for (const name of ['chainId', 'hardfork', 'gasLimit', 'baseFee', 'genesis'] as const)
    compareField(path, name, JSON.stringify(header[name]), JSON.stringify(wanted[name]));
}

function compareField(path: string, name: string, got: string, expected: string): void {
  if (got === expected) return;
  throw new EmbeddedChainError(
    'journal-differs',
    `The chain's journal ${path} is of another chain: its ${name} is ${got}, and ${expected} was asked for. ` +
      'Nothing was changed. Start with the settings and the version that created it, or give the new chain ' +
      'a journal of its own.',
  );
}

async function isFile(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** In reverse: what was opened last closes first. */
async function runAll(cleanup: Cleanup): Promise<void> {
  for (const step of cleanup.splice(0).reverse()) await step();
}
