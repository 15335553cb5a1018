import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Contract, ContractFactory, Interface, JsonRpcProvider, Network, type Wallet } from 'ethers';
import solc from 'solc';
import { onTestFinished } from 'vitest';
import {
  type EmbeddedChain,
  type EmbeddedChainOptions,
  startEmbeddedChain,
} from '../../../src/chain/embedded/start.ts';
import { chainId, genesis } from './accounts.ts';

/** A journal's path in a directory of its own, which goes with the test. */
export async function newJournalPath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'embedded-chain-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return join(directory, 'data', 'chain.journal');
}

/** Stops with the test, if the test does not stop it. */
export async function startChain(
  journalPath: string,
  options: Partial<EmbeddedChainOptions> = {},
): Promise<EmbeddedChain & { provider: JsonRpcProvider }> {
  const chain = await startEmbeddedChain({
    journalPath,
    host: '127.0.0.1',
    port: 0,
    chainId,
    genesis,
    ...options,
  });
  const provider = connect(chain.url);
  onTestFinished(async () => {
    provider.destroy();
    await chain.stop();
  });
  return { ...chain, provider };
}

export function connect(url: string): JsonRpcProvider {
  const network = Network.from(chainId);
  return new JsonRpcProvider(url, network, { staticNetwork: network, cacheTimeout: -1, pollingInterval: 50 });
}

export type RpcReply = {
  id?: unknown;
  result?: unknown;
  error?: { code: number; message: string; data?: string };
};

export async function rpc(url: string, method: string, params: unknown[] = []): Promise<RpcReply> {
  return (await post(url, { jsonrpc: '2.0', id: 1, method, params })) as RpcReply;
}

export async function post(url: string, body: unknown): Promise<unknown> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return await (await fetch(url, { method: 'POST', body: text })).json();
}

export async function blockHashes(url: string): Promise<string[]> {
  const height = Number((await rpc(url, 'eth_blockNumber')).result);
  const hashes: string[] = [];
  for (let number = 0; number <= height; number++) {
    const { result } = await rpc(url, 'eth_getBlockByNumber', [`0x${number.toString(16)}`, false]);
    hashes.push((result as { hash: string }).hash);
  }
  return hashes;
}

/** A signed payment of one wei. */
export function payment(wallet: Wallet, nonce: number, overrides: object = {}): Promise<string> {
  const to = '0x00000000000000000000000000000000000000aa';
  const fees = { maxFeePerGas: 2_000_000, maxPriorityFeePerGas: 0 };
  return wallet.signTransaction({
    type: 2,
    chainId,
    to,
    value: 1n,
    nonce,
    gasLimit: 21_000,
    ...fees,
    ...overrides,
  });
}

const source = `// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;
contract Probe {
    error Odd(uint256 got);
    event Bumped(uint256 count, uint256 at);
    uint256 public count;
    function bump() external { emit Bumped(++count, block.timestamp); }
    function even(uint256 n) external returns (uint256) { if (n % 2 == 1) revert Odd(n); return count = n; }
    function time() external view returns (uint256) { return block.timestamp; }
    function since(uint256 at) external { require(block.timestamp >= at); count = at; }
    function random() external view returns (uint256) { return block.prevrandao; }
}`;

let compiled: { abi: Interface; bytecode: string } | undefined;

export async function deployProbe(wallet: Wallet, provider: JsonRpcProvider): Promise<Contract> {
  compiled ??= compile();
  const factory = new ContractFactory(compiled.abi, compiled.bytecode, wallet.connect(provider));
  const probe = await (await factory.deploy()).waitForDeployment();
  return new Contract(await probe.getAddress(), compiled.abi, wallet.connect(provider));
}

function compile(): { abi: Interface; bytecode: string } {
  const input = {
    language: 'Solidity',
    sources: { 'Probe.sol': { content: source } },
    settings: { outputSelection: { '*': { Probe: ['abi', 'evm.bytecode.object'] } } },
  };
  const { Probe } = JSON.parse(solc.compile(JSON.stringify(input))).contracts['Probe.sol'];
  return { abi: new Interface(Probe.abi), bytecode: `0x${Probe.evm.bytecode.object}` };
}
