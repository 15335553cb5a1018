import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { JsonRpcProvider } from 'ethers/providers';
import { recordCall } from '../src/chain/calls.ts';
import { deployLedger, ledgerBytecode } from '../src/chain/deploy.ts';
import { performAct } from '../src/chain/roles.ts';
import { openRpc, type Rpc } from '../src/chain/rpc.ts';
import { openSender } from '../src/chain/sender.ts';
import { type Hex, hex, ZERO_BYTES32 } from '../src/protocol/hex.ts';
import { type Domain, ledgerDomain } from '../src/protocol/statements.ts';
import { type Account, account, CHAIN_ID } from './chain.ts';
import { buyer, type Life, type Ready, seller, sitesOf, tradesOf } from './trade.ts';

const PROGRAM = join(import.meta.dirname, 'chain-process.ts');
const operator = account('operator');
/** Who sends side by side: an account's transactions are in a row. */
const CROWD = Array.from({ length: 16 }, (_, index) => account(`sender ${index}`));

/**
 * Statements a second, each in a transaction of its own. `oneByOne`: ethers as it comes, which holds every request back for
 * 10 ms to send others along; `atOnce`: the same without that.
 */
export type EthersFigures = {
  readonly oneByOne: number;
  readonly atOnce: number;
  readonly sideBySide: number;
};

/** What an application does that has no relay: it sends each statement with ethers, and waits until a block has it. */
export async function measureEthers(lots: number): Promise<EthersFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'lodebook-bench-chain-'));
  const everyone = [operator, ...CROWD].map(({ address }) => address);
  const child = spawn(
    process.execPath,
    [...process.execArgv, PROGRAM, join(folder, 'journal'), ...everyone],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  try {
    const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { ledger, domain } = await openLedger(openRpc(url));
    const peer = new Peer(url, ledger);
    const [from, to] = await sitesOf(domain);
    for (const site of [from, to]) await peer.send(operator, site);
    const lives = await tradesOf(domain, lots * 6, [from.id, to.id]);
    // The first calls of a process are slow.
    await peer.rate(lives.splice(0, 2), [operator]);
    const oneByOne = await peer.rate(lives.splice(0, lots), [operator]);
    const atOnce = await new Peer(url, ledger, { batchMaxCount: 1 }).rate(lives.splice(0, lots), [operator]);
    return { oneByOne, atOnce, sideBySide: await peer.rate(lives, CROWD) };
  } finally {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

async function openLedger(rpc: Rpc): Promise<{ ledger: Hex; domain: Domain }> {
  const sender = openSender(rpc, CHAIN_ID, hex(operator.wallet.privateKey));
  const [registrar, accreditor] = [operator.address, operator.address];
  const { ledger } = await deployLedger(sender, { bytecode: await ledgerBytecode(), registrar, accreditor });
  for (const { address: party } of [seller, buyer])
    await performAct(sender, ledger, { act: 'admit', party, evidence: ZERO_BYTES32 }, { pollMs: 5 });
  return { ledger, domain: ledgerDomain(CHAIN_ID, ledger) };
}

class Peer {
  readonly #provider: JsonRpcProvider;
  readonly #ledger: Hex;

  constructor(url: string, ledger: Hex, more: { batchMaxCount?: number } = {}) {
    // Told the chain and asked often: as fast as ethers goes without changing how it sends.
    this.#provider = new JsonRpcProvider(url, CHAIN_ID, {
      staticNetwork: true,
      pollingInterval: 10,
      cacheTimeout: -1,
      ...more,
    });
    this.#ledger = ledger;
  }

  async send(from: Account, { statement, witness, signature }: Ready): Promise<void> {
    const { data } = recordCall(statement, witness, signature);
    const sent = await from.wallet.connect(this.#provider).sendTransaction({ to: this.#ledger, data });
    const receipt = await sent.wait();
    if (receipt?.status !== 1 || receipt.logs.length === 0)
      throw new Error(`Transaction ${sent.hash} did not record statement of type ${statement.type}`);
  }

  /** Statements a second. Each sender takes a lot, sends what happens to it, and takes the next. */
  async rate(lives: readonly Life[], senders: readonly Account[]): Promise<number> {
    const waiting = [...lives];
    const startedAt = performance.now();
    await Promise.all(
      senders.map(async (from) => {
        for (let life = waiting.shift(); life; life = waiting.shift())
          for (const one of life) await this.send(from, one);
      }),
    );
    const statements = lives.reduce((sum, life) => sum + life.length, 0);
    return statements / ((performance.now() - startedAt) / 1000);
  }
}
