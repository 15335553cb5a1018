import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { isError } from 'ethers';
import { expect, test } from 'vitest';
import { isOwnHost, isOwnOrigin, urlOf } from '../../../src/chain/embedded/guard.ts';
import { listen } from '../../../src/chain/embedded/server.ts';
import { walletAt } from './accounts.ts';
import { deployProbe, newJournalPath, payment, post, type RpcReply, rpc, startChain } from './setup.ts';

test('methods that an ordinary node would not offer do not exist', async () => {
  const { url } = await startChain(await newJournalPath());
  const forbidden = [
    'evm_mine',
    'evm_increaseTime',
    'evm_setNextBlockTimestamp',
    'evm_snapshot',
    'hardhat_setBalance',
    'hardhat_impersonateAccount',
    'hardhat_reset',
    'eth_accounts',
    'eth_sendTransaction',
    'eth_sign',
    'eth_signTypedData_v4',
    'personal_unlockAccount',
    'debug_traceTransaction',
    'constructor',
    '',
  ];
  for (const method of forbidden) expect((await rpc(url, method)).error?.code, method).toBe(-32601);
});

test('every standard method answers', async () => {
  const { url, provider } = await startChain(await newJournalPath());
  const probe = await deployProbe(walletAt(0), provider);
  const address = await probe.getAddress();
  const hash = probe.deploymentTransaction()?.hash ?? (await provider.getBlock(1))?.transactions[0];
  const block = (await provider.getBlock(1))?.hash;
  const calls: [string, unknown[], unknown][] = [
    ['web3_clientVersion', [], expect.stringContaining('Hardhat')],
    ['net_version', [], '41414'],
    ['eth_chainId', [], '0xa1c6'],
    ['eth_syncing', [], false],
    ['eth_blockNumber', [], '0x1'],
    ['eth_getBlockByNumber', ['0x1', true], expect.objectContaining({ hash: block })],
    ['eth_getBlockByHash', [block, false], expect.objectContaining({ number: '0x1' })],
    ['eth_getBlockTransactionCountByNumber', ['latest'], '0x1'],
    ['eth_getBlockTransactionCountByHash', [block], '0x1'],
    ['eth_getTransactionByHash', [hash], expect.objectContaining({ blockHash: block })],
    ['eth_getTransactionReceipt', [hash], expect.objectContaining({ status: '0x1' })],
    ['eth_getTransactionCount', [walletAt(0).address, 'latest'], '0x1'],
    ['eth_getBalance', [walletAt(1).address, 'earliest'], `0x${(10n ** 24n).toString(16)}`],
    ['eth_getCode', [address, 'latest'], expect.stringMatching(/^0x60/)],
    ['eth_getStorageAt', [address, '0x0', 'latest'], `0x${'0'.repeat(64)}`],
    ['eth_call', [{ to: address, data: '0x06661abd' }], `0x${'0'.repeat(64)}`],
    ['eth_estimateGas', [{ to: address }], undefined],
    [
      'eth_estimateGas',
      [{ from: walletAt(0).address, to: walletAt(1).address }],
      expect.stringMatching(/^0x52/),
    ],
    ['eth_getLogs', [{ fromBlock: 'earliest', toBlock: 'finalized' }], []],
    ['eth_getProof', [address, [], 'latest'], expect.objectContaining({ nonce: '0x1' })],
  ];
  for (const [method, params, result] of calls)
    expect((await rpc(url, method, params)).result, method).toEqual(result);
  for (const tag of ['latest', 'safe', 'finalized'])
    expect((await provider.getBlock(tag))?.number, tag).toBe(1);
  expect((await provider.getBlock('earliest'))?.number).toBe(0);
  expect((await provider.getBlock('pending'))?.number).toBe(2);
});

test("a revert carries the contract's own error, which ethers decodes", async () => {
  const { url, provider } = await startChain(await newJournalPath());
  const probe = await deployProbe(walletAt(0), provider);
  const even = probe.getFunction('even');
  for (const attempt of [
    even.staticCall(7),
    even.staticCall(7, { blockTag: 'pending' }),
    even.estimateGas(7),
  ]) {
    const error = await attempt.catch((thrown: unknown) => thrown);
    const data = isError(error, 'CALL_EXCEPTION') && error.data ? error.data : '0x';
    expect(probe.interface.parseError(data)).toMatchObject({ name: 'Odd', args: [7n] });
  }
  const call = { to: await probe.getAddress(), data: probe.interface.encodeFunctionData('even', [7]) };
  for (const method of ['eth_call', 'eth_estimateGas']) {
    const { error } = await rpc(url, method, [call]);
    expect(error?.message).toMatch(/^execution reverted/);
    expect(error).toMatchObject({ code: 3, data: probe.interface.encodeErrorResult('Odd', [7]) });
  }
  expect(await even.staticCall(8)).toBe(8n);
});

test('a failed transaction is mined as failed, with its hash answered', async () => {
  const { url, provider } = await startChain(await newJournalPath());
  const raw = await payment(walletAt(0), 0, { to: null, data: '0xfe', gasLimit: 100_000 });
  const { result } = await rpc(url, 'eth_sendRawTransaction', [raw]);
  expect((await provider.getTransactionReceipt(result as string))?.status).toBe(0);
});

test("malformed requests get JSON-RPC's errors", async () => {
  const { url } = await startChain(await newJournalPath());
  const code = async (body: unknown) => ((await post(url, body)) as RpcReply).error?.code;
  const ask = { jsonrpc: '2.0', id: 1, method: 'eth_chainId' };
  expect(await code('{')).toBe(-32700);
  expect(await code('')).toBe(-32700);
  for (const body of [
    null,
    1,
    '1',
    {},
    { ...ask, jsonrpc: '1.0' },
    { ...ask, method: 1 },
    { ...ask, params: {} },
    [],
  ])
    expect(await code(JSON.stringify(body)), JSON.stringify(body)).toBe(-32600);
  expect(await code({ ...ask, id: {} })).toBe(-32600);
  expect(await code({ ...ask, method: 'eth_getBalance', params: ['nobody', 'latest'] })).toBe(-32602);
  expect(await code(Array.from({ length: 1001 }, () => ask))).toBe(-32600);
  expect((await fetch(url)).status).toBe(405);
  expect((await fetch(url, { method: 'POST', body: ' '.repeat(4 * 1024 * 1024 + 1) })).status).toBe(413);
  expect(await code(' '.repeat(4 * 1024 * 1024 - 100) + JSON.stringify(ask))).toBeUndefined();
});

test('a batch is answered request by request, notifications not at all', async () => {
  const { url } = await startChain(await newJournalPath());
  const ask = { jsonrpc: '2.0', method: 'eth_chainId' };
  expect(
    await post(url, [{ ...ask, id: 'a' }, ask, null, { ...ask, id: 7, method: 'evm_mine' }]),
  ).toMatchObject([
    { id: 'a', result: '0xa1c6' },
    { id: null, error: { code: -32600 } },
    { id: 7, error: { code: -32601 } },
  ]);
  const silent = await fetch(url, { method: 'POST', body: JSON.stringify([ask, ask]) });
  expect([silent.status, await silent.text()]).toEqual([204, '']);
});

/** Unlike fetch, sends whatever Host and Origin it is told to. */
async function postWith(
  url: string,
  headers: Record<string, string>,
  method = 'POST',
): Promise<[number, unknown]> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId' });
  return await new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, async (response) => {
      const text = response.statusCode === 204 ? response.headers : await json(response);
      resolve([response.statusCode ?? 0, text]);
    });
    sent.on('error', reject).end(method === 'POST' ? body : undefined);
  });
}

test('requests under a strange Host or Origin are turned away', async () => {
  const { url } = await startChain(await newJournalPath());
  const { host, port } = new URL(url);
  const ok = [200, expect.objectContaining({ result: '0xa1c6' })];
  const turnedAway = [403, expect.objectContaining({ error: expect.anything() })];
  for (const name of [host, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
    expect(await postWith(url, { host: name }), name).toEqual(ok);
  for (const name of [
    'evil.example',
    `evil.example:${port}`,
    'localhost',
    '127.0.0.1:1',
    `localhost.evil:${port}`,
  ])
    expect(await postWith(url, { host: name }), name).toEqual(turnedAway);
  for (const origin of ['http://localhost:3000', 'https://127.0.0.1', 'http://[::1]:5173'])
    expect(await postWith(url, { origin }), origin).toEqual(ok);
  for (const origin of ['https://evil.example', 'null', '', 'http://localhost.evil.example', 'file://'])
    expect(await postWith(url, { origin }), origin).toEqual(turnedAway);
  const allowed = expect.objectContaining({ 'access-control-allow-origin': 'http://localhost:3000' });
  expect(await postWith(url, { origin: 'http://localhost:3000' }, 'OPTIONS')).toEqual([204, allowed]);
});

test('the configured host is its own name, unless it stands for every address', () => {
  const named = { host: 'chain.internal', port: 8545 };
  const everywhere = { host: '0.0.0.0', port: 8545 };
  expect(isOwnHost('chain.internal:8545', named)).toBe(true);
  expect(isOwnHost('other.internal:8545', named)).toBe(false);
  expect(isOwnHost('0.0.0.0:8545', everywhere)).toBe(false);
  expect(isOwnHost('localhost:8545', everywhere)).toBe(true);
  expect(isOwnHost('localhost', { host: 'localhost', port: 80 })).toBe(true);
  expect(isOwnHost(undefined, named)).toBe(false);
  expect(isOwnHost('user@localhost:8545', named)).toBe(false);
  expect(isOwnOrigin(undefined)).toBe(true);
  expect([urlOf(everywhere), urlOf({ host: '::1', port: 1 })]).toEqual([
    'http://127.0.0.1:8545',
    'http://[::1]:1',
  ]);
});

test('stop answers what has arrived, hangs up on the rest, and may be called again', async () => {
  const chain = await startChain(await newJournalPath());
  const halfSent = request(chain.url, { method: 'POST', headers: { 'content-length': '1000' } });
  const hungUp = new Promise((resolve) => halfSent.on('error', resolve));
  halfSent.write('{');
  const arrived = await Promise.all(
    [0, 1, 2].map(async (nonce) =>
      rpc(chain.url, 'eth_sendRawTransaction', [await payment(walletAt(nonce), 0)]),
    ),
  );
  await Promise.all([chain.stop(), chain.stop()]);
  expect(arrived.map(({ result }) => result)).toEqual(arrived.map(() => expect.stringMatching(/^0x/)));
  await hungUp;
  await expect(rpc(chain.url, 'eth_chainId')).rejects.toThrow('fetch failed');
});

test("a server that closes waits for the chain's answers, also for clients that left", async () => {
  const answers: ((result: string) => void)[] = [];
  const pending = () => new Promise<string>((resolve) => answers.push(resolve));
  const server = await listen({ read: pending, send: pending }, { host: '127.0.0.1', port: 0 });
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId' });
  const leaver = request(server.url, { method: 'POST' }).on('error', () => {});
  leaver.end(body);
  while (answers.length < 1) await new Promise((wake) => setTimeout(wake, 1));
  leaver.destroy();
  const stayer = rpc(server.url, 'eth_chainId');
  while (answers.length < 2) await new Promise((wake) => setTimeout(wake, 1));
  const closed = server.close();
  await new Promise((wake) => setTimeout(wake, 20));
  for (const answer of answers) answer('0x7');
  expect((await stayer).result).toBe('0x7');
  await closed;
});
