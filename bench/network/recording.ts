import { createHash } from 'node:crypto';
import { type FileHandle, glob, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeCall } from '../../src/chain/calls.ts';
import { artifactPath } from '../../src/chain/deploy.ts';
import { hashNatively } from '../../src/chain/native-keccak.ts';
import type { LedgerIdentity } from '../../src/indexer/port.ts';
import { type Hex, ZERO_ACCOUNT } from '../../src/protocol/hex.ts';
import { ledgerDomain } from '../../src/protocol/statements.ts';
import { CHAIN_ID } from '../chain.ts';
import { blocksOfSteps, type Facts, factsIn, NO_FACTS, sumFacts } from './blocks.ts';
import { NetworkChain, prepareBlock } from './chain.ts';
import { type NetworkOptions, planNetwork } from './plan.ts';
import { DAY, END } from './sites.ts';

/** Where no tool of the repository looks. */
const FOLDER = join(import.meta.dirname, '../../.cache/networks');
/** What decides on what is written. */
const SOURCES = '{blocks,chain,lots,plan,recording,sites,turns,voice}.ts';

/** The chain goes on a while, without the ledger: indexers that hold the newest blocks back have all of the network. */
const AFTERWARDS = 70;

/** What only ledgers of this version answer to: an indexer asks it first. */
export const PROPOSAL_CALL = encodeCall('keyProposal', [ZERO_ACCOUNT]);

/**
 * What a chain says of a network. `path`: a file with a WrittenBlock in each line, from block 0 on. `code` and
 * `proposal` are what an indexer asks a node besides: the ledger's code, and what PROPOSAL_CALL returns.
 */
export type Recording = {
  readonly path: string;
  readonly identity: LedgerIdentity;
  readonly facts: Facts;
  readonly blocks: number;
  readonly code: Hex;
  readonly proposal: Hex;
  /** That writing it to the chain took. */
  readonly seconds: number;
};

/**
 * Writes a network to a chain, every statement signed, and keeps what the chain then says of it in `.cache/networks`. The
 * same network, of the same sources and contract, is written once.
 *
 * @param onProgress told how many lots are born so far
 */
export async function recordNetwork(
  options: NetworkOptions,
  onProgress: (lots: number) => void = () => {},
): Promise<Recording> {
  const path = join(FOLDER, `${await nameOf(options)}.jsonl`);
  const known = await readFile(`${path}.head`, 'utf8').catch(() => null);
  if (known !== null) return { ...(JSON.parse(known) as Recording), path };
  hashNatively();
  await mkdir(FOLDER, { recursive: true });
  const file = await open(path, 'w');
  const chain = await NetworkChain.open();
  try {
    const recording = { path, ...(await write({ options, chain, file, onProgress })) };
    await writeFile(`${path}.head`, JSON.stringify(recording));
    return recording;
  } finally {
    await file.close();
    await chain.close();
  }
}

async function nameOf(options: NetworkOptions): Promise<string> {
  const { lots, seed = 1, perStatement = 'default', sites = 'default' } = options;
  const hash = createHash('sha256').update(`${perStatement} ${sites}`);
  const sources = [artifactPath];
  for await (const source of glob(SOURCES, { cwd: import.meta.dirname }))
    sources.push(join(import.meta.dirname, source));
  for (const source of sources.sort()) hash.update(await readFile(source));
  return `${lots}-lots-seed-${seed}-${hash.digest('hex').slice(0, 16)}`;
}

type Work = {
  readonly options: NetworkOptions;
  readonly chain: NetworkChain;
  readonly file: FileHandle;
  readonly onProgress: (lots: number) => void;
};

/** A block is prepared while the chain works on the one before. */
async function write({ options, chain, file, onProgress }: Work): Promise<Omit<Recording, 'path'>> {
  const began = performance.now();
  const { ledger, deployedAt } = chain;
  const domain = ledgerDomain(CHAIN_ID, ledger);
  let facts = NO_FACTS;
  let blocks = deployedAt + 1;
  for (let number = 0; number < blocks; number += 1) await keep(file, chain.block(number));
  let writing = Promise.resolve();
  for (const planned of blocksOfSteps(planNetwork(options, domain))) {
    const prepared = prepareBlock(planned);
    await writing;
    writing = keep(file, chain.write(prepared));
    facts = sumFacts(facts, factsIn(planned.steps));
    blocks += 1;
    onProgress(facts.births);
  }
  await writing;
  for (let minute = 1; minute <= AFTERWARDS; minute += 1)
    await keep(file, chain.write({ time: END + 40 * DAY + minute * 60, calls: [] }));
  const code = (await chain.request('eth_getCode', [ledger, 'latest'])) as Hex;
  const call = { to: ledger, data: PROPOSAL_CALL };
  const proposal = (await chain.request('eth_call', [call, 'latest'])) as Hex;
  const seconds = (performance.now() - began) / 1000;
  return {
    identity: { chainId: CHAIN_ID, ledger, deployedAt },
    facts,
    blocks: blocks + AFTERWARDS,
    code,
    proposal,
    seconds,
  };
}

async function keep(file: FileHandle, block: Promise<object>): Promise<void> {
  await file.write(`${JSON.stringify(await block)}\n`);
}
