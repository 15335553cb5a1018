import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EmbeddedChainError, type EmbeddedChainErrorCode } from '../../../src/chain/embedded/errors.ts';
import { decodeRecord, encodeRecord } from '../../../src/chain/embedded/records.ts';
import { genesis, walletAt } from './accounts.ts';
import { blockHashes, newJournalPath, payment, rpc, startChain } from './setup.ts';

/** A stopped chain of some blocks, one record each. */
async function chainOf(blocks: number): Promise<{ path: string; hashes: string[] }> {
  const path = await newJournalPath();
  const chain = await startChain(path);
  for (let nonce = 0; nonce < blocks; nonce++)
    await rpc(chain.url, 'eth_sendRawTransaction', [await payment(walletAt(0), nonce)]);
  const hashes = await blockHashes(chain.url);
  await chain.stop();
  return { path, hashes };
}

async function expectRefused(
  path: string,
  code: EmbeddedChainErrorCode,
  message: RegExp,
  options: Parameters<typeof startChain>[1] = {},
): Promise<void> {
  const before = await readFile(path);
  const error = await startChain(path, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EmbeddedChainError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(await readFile(path)).toEqual(before);
}

async function edit(path: string, change: (lines: string[]) => void): Promise<void> {
  const lines = (await readFile(path, 'latin1')).split('\n');
  change(lines);
  await writeFile(path, lines.join('\n'), 'latin1');
}

function flip(text: string, at: number): string {
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
}

test('a torn last record is cut off, wherever it broke, and the chain goes on', async () => {
  const { path, hashes } = await chainOf(3);
  const whole = await readFile(path);
  const lastAt = whole.lastIndexOf('\n', whole.length - 2) + 1;
  for (const length of [lastAt + 1, lastAt + 60, whole.length - 70, whole.length - 1]) {
    await writeFile(path, whole.subarray(0, length));
    const logged: unknown[] = [];
    const chain = await startChain(path, { log: (message, fields) => logged.push([message, fields]) });
    expect(await blockHashes(chain.url)).toEqual(hashes.slice(0, 3));
    expect(logged).toContainEqual([
      expect.stringContaining('unfinished'),
      expect.objectContaining({ height: 2 }),
    ]);
    expect((await stat(path)).size).toBe(lastAt);
    await rpc(chain.url, 'eth_sendRawTransaction', [await payment(walletAt(0), 2)]);
    const grown = await blockHashes(chain.url);
    await chain.stop();
    const again = await startChain(path);
    expect(await blockHashes(again.url)).toEqual(grown);
    await again.stop();
  }
});

test('a last record that fails its checksum, or that never reached the disk, is cut off', async () => {
  const { path, hashes } = await chainOf(2);
  await edit(path, (lines) => lines.splice(-2, 1, flip(lines.at(-2) as string, 40)));
  const first = await startChain(path);
  expect(await blockHashes(first.url)).toEqual(hashes.slice(0, 2));
  await first.stop();
  await appendFile(path, Buffer.alloc(500));
  const second = await startChain(path);
  expect(await blockHashes(second.url)).toEqual(hashes.slice(0, 2));
});

test('a flipped byte before the last record is refused', async () => {
  const { path } = await chainOf(3);
  const whole = await readFile(path, 'latin1');
  await edit(path, (lines) => lines.splice(2, 1, flip(lines[2] as string, 50)));
  await expectRefused(path, 'journal-damaged', /byte \d+, after block 1, fails its checksum.*backup/s);
  await writeFile(path, flip(whole, 20));
  await expectRefused(path, 'journal-damaged', /header, is damaged/);
  await writeFile(path, flip(whole, whole.lastIndexOf('\n', whole.length - 2)));
  await expectRefused(path, 'journal-damaged', /after block 1, fails its checksum/);
});

test('a missing record, an empty file and a file of something else are refused', async () => {
  const { path } = await chainOf(3);
  await edit(path, (lines) => lines.splice(2, 1));
  await expectRefused(path, 'journal-damaged', /block 3 stands at byte \d+ where block 2 belongs/);
  await truncate(path, 0);
  await expectRefused(path, 'journal-damaged', /it is empty/);
  await writeFile(path, 'something else');
  await expectRefused(path, 'journal-damaged', /header/);
});

test('another chain id, other genesis accounts and other rules are refused', async () => {
  const { path } = await chainOf(1);
  await expectRefused(path, 'journal-differs', /its chainId is 41414, and 1 was asked for/, { chainId: 1 });
  const poorer = genesis.map(({ address }) => ({ address, balance: 1n }));
  await expectRefused(path, 'journal-differs', /its genesis is/, { genesis: poorer });
  await edit(path, (lines) => {
    const header = decodeRecord(lines[0] as string) as object;
    lines[0] = encodeRecord({ ...header, hardfork: 'prague' }).trimEnd();
  });
  await expectRefused(path, 'journal-differs', /its hardfork is "prague", and "osaka" was asked for/);
});

test('genesis accounts may be given in another order and letter case', async () => {
  const { path, hashes } = await chainOf(1);
  const same = genesis
    .toReversed()
    .map(({ address, balance }) => ({ address: address.toLowerCase(), balance }));
  const chain = await startChain(path, { genesis: same });
  expect(await blockHashes(chain.url)).toEqual(hashes);
});

test('a whole journal whose blocks come out otherwise is refused', async () => {
  const { path } = await chainOf(3);
  const original = await readFile(path, 'latin1');
  const replaceIn = (line: number, change: (block: Record<string, unknown>) => object) =>
    edit(path, (lines) => {
      const { blocks } = decodeRecord(lines[line] as string) as { blocks: Record<string, unknown>[] };
      lines[line] = encodeRecord({
        blocks: blocks.map((block) => ({ ...block, ...change(block) })),
      }).trimEnd();
    });
  await replaceIn(2, ({ timestamp }) => ({ timestamp: Number(timestamp) + 5 }));
  await expectRefused(path, 'replay-differs', /block 2 is 0x\w+ there and 0x\w+ here.*hardhat 3/s);
  await writeFile(path, original);
  await replaceIn(2, () => ({ transactions: ['0x00'] }));
  await expectRefused(path, 'replay-differs', /block 2 is refused/);
});

test('a journal is open in one place at a time, in this process or another', async () => {
  const path = await newJournalPath();
  const chain = await startChain(path);
  await expectRefused(path, 'journal-locked', new RegExp(`another process \\(process ${process.pid}\\)`));
  const child = fork(join(import.meta.dirname, 'child.ts'), [path], {
    execArgv: [],
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  expect(await once(child, 'exit')).toEqual([1, null]);
  await chain.stop();
  const holder = fork(join(import.meta.dirname, 'child.ts'), [path], { execArgv: [] });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder, 'message');
  await expectRefused(path, 'journal-locked', new RegExp(`another process \\(process ${holder.pid}\\)`));
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect((await startChain(path)).height).toBe(0);
}, 60_000);
