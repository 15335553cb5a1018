import { expect, test } from 'vitest';
import { deployLedger } from '../../src/chain/deploy.ts';
import { nodeOver } from '../../src/chain/node.ts';
import { startIndexer } from '../../src/indexer/indexer.ts';
import { registrar, relayer, startTestChain } from '../support/chain.ts';
import { recordingLog } from '../support/log.ts';
import { MemoryIndex } from '../support/memory-index.ts';

/** Deploys `PUSH1 0, PUSH1 0, REVERT`: like a contract that has none of the functions that it is asked for. */
const answersNothing = '0x6460006000fd6000526005601bf3';

test('a real node’s answer to what a contract does not know is told from a node in trouble', async () => {
  const chain = await startTestChain();
  try {
    const roles = { registrar: registrar.address, accreditor: registrar.address };
    const older = await deployLedger(chain.sender(relayer.key), { bytecode: answersNothing, ...roles });
    const { done } = startIndexer({
      node: nodeOver(chain.rpc, older.ledger),
      store: new MemoryIndex(),
      identity: { ...chain.identity, ...older },
      signal: AbortSignal.timeout(20_000),
      log: recordingLog(),
    });
    await expect(done).rejects.toMatchObject({ code: 'ledger-older' });
  } finally {
    await chain.stop();
  }
}, 60_000);
