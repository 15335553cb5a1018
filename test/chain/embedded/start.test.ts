import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Contract, keccak256, Transaction } from 'ethers';
import { expect, onTestFinished, test } from 'vitest';
import { walletAt, wallets } from './accounts.ts';
import { blockHashes, deployProbe, newJournalPath, payment, rpc, startChain } from './setup.ts';

type Sent = { wait(): Promise<{ blockNumber: number; hash: string } | null> };

function call(contract: Contract, name: string): (...args: unknown[]) => Promise<unknown> {
  return contract.getFunction(name);
}

async function bump(probe: Contract): Promise<void> {
  await ((await probe.getFunction('bump').send()) as Sent).wait();
}

test('a restart gives the same blocks, whatever was read between them', async () => {
  const path = await newJournalPath();
  const first = await startChain(path);
  const probe = await deployProbe(walletAt(0), first.provider);
  for (let round = 0; round < 5; round++) {
    await bump(probe);
    await call(probe, 'random')({ blockTag: 'pending' });
    await probe.getFunction('even').estimateGas(2);
    await first.provider.getBlock('pending');
    await rpc(first.url, 'eth_feeHistory', ['0x2', 'pending', [50]]);
    await rpc(first.url, 'eth_sendRawTransaction', [await payment(walletAt(1), 99)]);
  }
  const hashes = await blockHashes(first.url);
  await first.stop();

  const replayed: [number, number][] = [];
  const second = await startChain(path, { onReplay: (...progress) => replayed.push(progress) });
  expect(hashes).toHaveLength(7);
  expect(second.height).toBe(6);
  expect(replayed.at(-1)).toEqual([6, 6]);
  expect(await blockHashes(second.url)).toEqual(hashes);

  const again = probe.connect(walletAt(0).connect(second.provider)) as Contract;
  await bump(again);
  expect(await call(again, 'count')()).toBe(6n);
  const grown = await blockHashes(second.url);
  await second.stop();
  expect(await blockHashes((await startChain(path)).url)).toEqual(grown);
});

test('what was answered before kill -9 is there after it', async () => {
  const path = await newJournalPath();
  for (let round = 0; round < 3; round++) {
    const child = fork(join(import.meta.dirname, 'child.ts'), [path], { execArgv: [] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [url] = (await once(child, 'message')) as [string];
    const gone = once(child, 'exit');
    const seen = { sent: [] as string[], blocks: new Map<string, string>() };
    const load = [...wallets.map((wallet) => spend(url, wallet, seen.sent)), watch(url, seen.blocks)];
    while (seen.sent.length < 40 || seen.blocks.size < 10) await new Promise((wake) => setTimeout(wake, 1));
    child.kill('SIGKILL');
    await Promise.all([gone, ...load]);

    const chain = await startChain(path);
    for (const hash of seen.sent)
      expect((await rpc(chain.url, 'eth_getTransactionReceipt', [hash])).result).toMatchObject({
        status: '0x1',
      });
    for (const [number, hash] of seen.blocks)
      expect((await rpc(chain.url, 'eth_getBlockByNumber', [number, false])).result).toMatchObject({ hash });
    await chain.stop();
  }
}, 60_000);

/** Sends until the chain is gone, and notes what it acknowledged. */
async function spend(url: string, wallet: (typeof wallets)[number], acknowledged: string[]): Promise<void> {
  try {
    let nonce = Number((await rpc(url, 'eth_getTransactionCount', [wallet.address, 'latest'])).result);
    for (;;) {
      const { result, error } = await rpc(url, 'eth_sendRawTransaction', [await payment(wallet, nonce++)]);
      if (error !== undefined) throw new Error(error.message);
      acknowledged.push(result as string);
    }
  } catch (error) {
    expect(String(error)).toMatch(/fetch failed|terminated|JSON/);
  }
}

async function watch(url: string, blocks: Map<string, string>): Promise<void> {
  try {
    for (;;) {
      const { result } = await rpc(url, 'eth_getBlockByNumber', ['latest', false]);
      const { number, hash } = result as { number: string; hash: string };
      blocks.set(number, hash);
    }
  } catch (error) {
    expect(String(error)).toMatch(/fetch failed|terminated|JSON/);
  }
}

test("block times are the clock's, never decrease, and do not run ahead of it", async () => {
  const path = await newJournalPath();
  let seconds = 2_000_000_000;
  const chain = await startChain(path, { now: () => seconds * 1000 + 999 });
  const times: number[] = [];
  for (const [nonce, step] of [0, 0, 0, 10, -100, 0, 200].entries()) {
    seconds += step;
    await rpc(chain.url, 'eth_sendRawTransaction', [await payment(walletAt(0), nonce)]);
    const { result } = await rpc(chain.url, 'eth_getBlockByNumber', ['latest', false]);
    times.push(Number((result as { timestamp: string }).timestamp) - 2_000_000_000);
  }
  expect(times).toEqual([0, 0, 0, 10, 10, 10, 110]);
});

test('pending calls see the present time, in an idle chain and after a restart', async () => {
  const path = await newJournalPath();
  const longAgo = 1_700_000_000;
  const first = await startChain(path, { now: () => longAgo * 1000 });
  const probe = await deployProbe(walletAt(0), first.provider);
  await expectPresent(probe, longAgo);
  await first.stop();
  const second = await startChain(path);
  await expectPresent(probe.connect(second.provider) as Contract, longAgo);
  await bump(probe.connect(walletAt(0).connect(second.provider)) as Contract);
  await expectPresent(probe.connect(second.provider) as Contract, Math.floor(Date.now() / 1000));
});

async function expectPresent(probe: Contract, latest: number): Promise<void> {
  const started = Math.floor(Date.now() / 1000);
  const pending = Number(await call(probe, 'time')({ blockTag: 'pending' }));
  expect(pending).toBeGreaterThanOrEqual(started);
  expect(pending).toBeLessThanOrEqual(Date.now() / 1000);
  await probe.getFunction('since').estimateGas(started);
  const last = Number(await call(probe, 'time')({ blockTag: 'latest' }));
  expect(last).toBeLessThanOrEqual(latest);
  expect(last).toBeGreaterThan(latest - 60);
}

test('transactions that arrive together are all mined, one to a block, in order', async () => {
  const chain = await startChain(await newJournalPath());
  const raws = await Promise.all(
    wallets.flatMap((wallet) => Array.from({ length: 10 }, (_, nonce) => payment(wallet, nonce))),
  );
  const batch = raws.map((raw, id) => ({
    jsonrpc: '2.0',
    id,
    method: 'eth_sendRawTransaction',
    params: [raw],
  }));
  const response = await fetch(chain.url, { method: 'POST', body: JSON.stringify(batch) });
  const replies = (await response.json()) as { id: number; result: string }[];
  expect(replies.map(({ id, result }) => [id, result])).toEqual(
    raws.map((raw, id) => [id, Transaction.from(raw).hash]),
  );
  for (let number = 1; number <= raws.length; number++) {
    const block = await chain.provider.getBlock(number);
    expect(block?.transactions).toEqual([Transaction.from(raws[number - 1] as string).hash]);
  }
});

test('a transaction that the next block cannot take is refused, and leaves no trace', async () => {
  const chain = await startChain(await newJournalPath());
  const send = async (overrides: object) => {
    const raw = await payment(walletAt(0), 0, overrides);
    return (await rpc(chain.url, 'eth_sendRawTransaction', [raw])).error?.message;
  };
  expect(await send({ nonce: 2 })).toMatch(/nonce too high: .* is at 0, got 2/);
  expect(await send({ maxFeePerGas: 999_999 })).toMatch(
    /max fee per gas less than block base fee.*1000000.*999999/,
  );
  expect(await send({ value: 10n ** 24n })).toMatch(/insufficient funds/);
  expect(await send({ gasLimit: 2 ** 24 + 1 })).toMatch(/gas cap of 16777216/);
  expect(await send({ chainId: 1 })).toMatch(/chainId/);
  expect((await rpc(chain.url, 'eth_sendRawTransaction', ['0x1'])).error?.code).toBe(-32602);
  expect(await send({})).toBeUndefined();
  expect(await send({})).toMatch(/nonce too low/);
  expect(await chain.provider.getBlockNumber()).toBe(1);
  expect(await chain.provider.getTransactionCount(walletAt(0).address, 'pending')).toBe(1);
});

test('the base fee stays, block after full block, and is what the fee methods say', async () => {
  const path = await newJournalPath();
  const chain = await startChain(path);
  const burn = { to: null, data: '0xfe', value: 0n, gasLimit: 2 ** 24 };
  for (let nonce = 0; nonce < 4; nonce++)
    await rpc(chain.url, 'eth_sendRawTransaction', [await payment(walletAt(0), nonce, burn)]);
  for (let number = 0; number <= 4; number++)
    expect((await chain.provider.getBlock(number))?.baseFeePerGas).toBe(1_000_000n);
  expect((await rpc(chain.url, 'eth_gasPrice')).result).toBe('0xf4240');
  expect((await rpc(chain.url, 'eth_maxPriorityFeePerGas')).result).toBe('0x0');
  const { result } = await rpc(chain.url, 'eth_feeHistory', ['0x2', 'latest', []]);
  expect(result).toMatchObject({ baseFeePerGas: ['0xf4240', '0xf4240', '0xf4240'] });
});

test("state proofs lead to the block's state root", async () => {
  const chain = await startChain(await newJournalPath());
  const probe = await deployProbe(walletAt(0), chain.provider);
  await bump(probe);
  const { result, error } = await rpc(chain.url, 'eth_getProof', [
    await probe.getAddress(),
    ['0x0'],
    'latest',
  ]);
  expect(error).toBeUndefined();
  const proof = result as { accountProof: string[]; storageProof: { value: string }[] };
  const block = (await chain.provider.send('eth_getBlockByNumber', ['latest', false])) as {
    stateRoot: string;
  };
  expect(keccak256(proof.accountProof[0] as string)).toBe(block.stateRoot);
  expect(Number(proof.storageProof[0]?.value)).toBe(1);
});
