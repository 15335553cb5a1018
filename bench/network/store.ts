import { keccak256 } from 'ethers/crypto';
import { toUtf8Bytes } from 'ethers/utils';
import type { LedgerBlock, LedgerEvent } from '../../src/chain/events.ts';
import { hashNatively } from '../../src/chain/native-keccak.ts';
import type { IndexStore, LedgerIdentity } from '../../src/indexer/port.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { ledgerDomain } from '../../src/protocol/statements.ts';
import { blocksOfSteps, type Facts, factsIn, NO_FACTS, type PlannedBlock, sumFacts } from './blocks.ts';
import { type NetworkOptions, planNetwork } from './plan.ts';
import type { Step } from './voice.ts';

/** The ledger that networks without a chain are of. */
const identity: LedgerIdentity = {
  chainId: 31_337,
  ledger: '0x1ed6e20000000000000000000000000000000001',
  deployedAt: 1,
};

/** Every statement's event carries a signature; nothing reads these. */
const NO_SIGNATURE: Hex = `0x${'00'.repeat(65)}`;
const BLOCKS_AT_ONCE = 32;

export type Indexed = { readonly identity: LedgerIdentity; readonly head: number; readonly facts: Facts };

/**
 * Indexes a network without a chain, for benches of what reads the store: the ids of statements and lots are right,
 * block hashes and transactions are made up, and signatures are zero. The whole of it is final.
 *
 *     const database = await openDatabase({ url });
 *     await migrate(database.db);
 *     const { facts } = await indexNetwork(createIndexStore(database.db), { lots: 1_000_000, seed: 1 });
 *
 * `lots` is met within some hundreds; a lot with almost all of them as ancestors is the newest of those that an
 * assembler made (the outputs of the last production with the process `assemble`).
 *
 * @param onProgress told how many lots are born so far
 */
export async function indexNetwork(
  store: IndexStore,
  options: NetworkOptions,
  onProgress: (lots: number) => void = () => {},
): Promise<Indexed> {
  hashNatively();
  await store.bind(identity);
  const domain = ledgerDomain(identity.chainId, identity.ledger);
  let facts = NO_FACTS;
  let head = 0;
  let waiting: LedgerBlock[] = [];
  const flush = async (): Promise<void> => {
    await store.extend(waiting);
    head = waiting.at(-1)?.number ?? head;
    await store.finalize(head);
    waiting = [];
    onProgress(facts.births);
  };
  for (const block of ledgerBlocks(blocksOfSteps(planNetwork(options, domain)))) {
    waiting.push(block.ledger);
    facts = sumFacts(facts, factsIn(block.steps));
    if (waiting.length === BLOCKS_AT_ONCE) await flush();
  }
  if (waiting.length > 0) await flush();
  return { identity, head, facts };
}

function* ledgerBlocks(
  blocks: Iterable<PlannedBlock>,
): Generator<{ ledger: LedgerBlock; steps: readonly Step[] }> {
  let parent = made('block 0');
  let number = identity.deployedAt;
  for (const { time, steps } of blocks) {
    const hash = made(`block ${number}`);
    const events = steps.map((step, logIndex) => ({
      logIndex,
      transaction: made(`transaction ${number} ${logIndex}`),
      event: eventOf(step),
    }));
    yield { ledger: { number, hash, parent, time, events }, steps };
    parent = hash;
    number += 1;
  }
}

function eventOf(step: Step): LedgerEvent {
  if (step.kind === 'act') return step.event;
  const { id, statement, author } = step;
  return { kind: 'statement', id, statement, signer: author.address, signature: NO_SIGNATURE };
}

function made(name: string): Hex {
  return hex(keccak256(toUtf8Bytes(name)));
}
