import { bundleContents, proveBundle } from '../../src/api/views/bundle.ts';
import type { LedgerBlock } from '../../src/chain/events.ts';
import { assembleBlocks, headerOf } from '../../src/chain/ledger.ts';
import { hashNatively } from '../../src/chain/native-keccak.ts';
import { openProofs } from '../../src/chain/proofs.ts';
import { NodeError, type Rpc } from '../../src/chain/rpc.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { toJson } from '../../src/protocol/json.ts';
import { ledgerDomain } from '../../src/protocol/statements.ts';
import { openDatabase } from '../../src/store/database.ts';
import { putEvidence } from '../../src/store/evidence.ts';
import { createIndexStore } from '../../src/store/index-store.ts';
import { migrate } from '../../src/store/migrate.ts';
import { bundleRowsOf } from '../../src/store/queries/bundle.ts';
import type { Db } from '../../src/store/schema.ts';
import { MAX_RECORDS } from '../../src/verification/bundle/format.ts';
import { oecdDueDiligence } from '../../src/verification/policies/oecd-due-diligence.ts';
import { sampleLots } from '../certificate/network.ts';
import { CHAIN_ID } from '../chain.ts';
import { blocksOfSteps } from '../network/blocks.ts';
import { NetworkChain, prepareBlock } from '../network/chain.ts';
import { planNetwork } from '../network/plan.ts';
import { Papers } from './papers.ts';
import { withSayings } from './sayings.ts';

/** A lot's bundle as JSON has it, and what a node says of the blocks that hold its records. */
export type LargeBundle = {
  readonly bundle: Readonly<Record<string, unknown>>;
  readonly blocks: readonly LedgerBlock[];
  readonly blockHash: Hex;
};

/** Lots in a statement: few, so that a history has many statements. */
const PER_STATEMENT = 4;
/** Few as well: nearly all of the network is then upstream of its last lots. */
const SITES = 10;

/**
 * Writes a network of about so many lots to a chain in memory, with alerts, revocations, observations and documents, and
 * makes the bundle of the lot with the longest history.
 *
 * @param onProgress told how many blocks are written and indexed
 */
export async function largeBundle(
  lots: number,
  onProgress: (blocks: number) => void = () => {},
): Promise<LargeBundle> {
  hashNatively();
  const chain = await NetworkChain.open();
  const database = await openDatabase({ memory: true });
  try {
    await migrate(database.db);
    const blocks = await writeAll(chain, database.db, lots, onProgress);
    const [sample] = await sampleLots(database.db, lots, 1);
    if (!sample) throw new Error('The network made no lot of others');
    const rows = await bundleRowsOf(database.db, sample.lot, MAX_RECORDS);
    if (!rows) throw new Error(`The index lacks lot ${sample.lot}`);
    const block = { number: rows.asOf.block, hash: rows.asOf.hash };
    const proofs = await openProofs(rpcOf(chain), chain.ledger, block);
    const bundle = await proveBundle(bundleContents(rows, oecdDueDiligence()), proofs);
    return { bundle: toJson(bundle), blocks, blockHash: block.hash };
  } finally {
    await database.close();
    await chain.close();
  }
}

async function writeAll(
  chain: NetworkChain,
  db: Db,
  lots: number,
  onProgress: (blocks: number) => void,
): Promise<LedgerBlock[]> {
  const { ledger, deployedAt } = chain;
  const store = createIndexStore(db);
  await store.bind({ chainId: CHAIN_ID, ledger, deployedAt });
  const domain = ledgerDomain(CHAIN_ID, ledger);
  const blocks: LedgerBlock[] = [];
  const keep = async ({ header, logs }: Awaited<ReturnType<NetworkChain['block']>>): Promise<void> => {
    const made = assembleBlocks([headerOf(header)], logs);
    await store.extend(made);
    blocks.push(...made);
    onProgress(blocks.length);
  };
  await keep(await chain.block(deployedAt));
  const papers = new Papers();
  const plan = planNetwork(
    { lots, perStatement: PER_STATEMENT, sites: SITES, evidence: papers.next },
    domain,
  );
  for (const planned of blocksOfSteps(withSayings(plan, domain)))
    await keep(await chain.write(prepareBlock(planned)));
  await store.finalize(blocks.at(-1)?.number ?? deployedAt);
  for (const document of papers.documents) await putEvidence(db, document, blocks.at(-1)?.time ?? 0);
  return blocks;
}

function rpcOf(chain: NetworkChain): Rpc {
  return {
    send: async <T>(method: string, params: readonly unknown[]) => (await chain.request(method, params)) as T,
    batch: <T>(calls: Parameters<Rpc['batch']>[0]) =>
      Promise.all(
        calls.map(([method, params]) =>
          chain.request(method, params).then(
            (result) => result as T,
            (error: unknown) => new NodeError(0, String(error)),
          ),
        ),
      ),
  };
}
