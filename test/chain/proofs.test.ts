import { expect, test } from 'vitest';
import { openProofs } from '../../src/chain/proofs.ts';
import { NodeError, type Rpc } from '../../src/chain/rpc.ts';
import type { Hex } from '../../src/protocol/hex.ts';

const ledger: Hex = `0x${'1e'.repeat(20)}`;
const hash: Hex = '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3';
const zero = (bytes: number): Hex => `0x${'00'.repeat(bytes)}`;

/** Ethereum's first block, from before every fork. */
const genesis = {
  number: '0x0',
  hash,
  parentHash: zero(32),
  sha3Uncles: '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347',
  miner: zero(20),
  stateRoot: '0xd7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544',
  transactionsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
  receiptsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
  logsBloom: zero(256),
  difficulty: '0x400000000',
  gasLimit: '0x1388',
  gasUsed: '0x0',
  timestamp: '0x0',
  extraData: '0x11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa',
  mixHash: zero(32),
  nonce: '0x0000000000000042',
};

function nodeThat(answers: Readonly<Record<string, (params: readonly unknown[]) => unknown>>): Rpc {
  const answer = (method: string, params: readonly unknown[]): unknown =>
    method in answers
      ? answers[method]?.(params)
      : new NodeError(-32_601, `the method ${method} does not exist`);
  return {
    send: async (method, params) => {
      const result = answer(method, params);
      if (result instanceof NodeError) throw result;
      return result as never;
    },
    batch: async (calls) => calls.map(([method, params]) => answer(method, params) as never),
  };
}

const known = { eth_getBlockByNumber: () => genesis };

test("a header is put together from what JSON-RPC tells, Ethereum's first as well", async () => {
  const proofs = await openProofs(nodeThat(known), ledger, { number: 0, hash });
  expect(proofs.header).toMatch(/^0xf90214/);
});

test('a header that does not hash to its block is refused, as another block is', async () => {
  const other = nodeThat({ eth_getBlockByNumber: () => ({ ...genesis, gasUsed: '0x1' }) });
  await expect(openProofs(other, ledger, { number: 0, hash })).rejects.toThrow(
    /in another way than Ethereum/,
  );
  await expect(openProofs(nodeThat(known), ledger, { number: 0, hash: zero(32) })).rejects.toThrow(
    /another block 0/,
  );
  const behind = nodeThat({ eth_getBlockByNumber: () => null });
  await expect(openProofs(behind, ledger, { number: 0, hash })).rejects.toThrow(/another block 0/);
});

test('a node without proofs, or without old state, says so', async () => {
  const proofs = await openProofs(nodeThat(known), ledger, { number: 0, hash });
  await expect(proofs.words([zero(32)])).rejects.toThrow(
    /does not prove the state .* eth_getProof does not exist/,
  );
  await expect(proofs.withCode([ledger])).rejects.toThrow(/which accounts have code/);
});

test('slots are asked for in parts, and nodes are kept once', async () => {
  const asked: number[] = [];
  const rpc = nodeThat({
    ...known,
    eth_getProof: ([, slots]) => {
      asked.push((slots as Hex[]).length);
      const storageProof = (slots as Hex[]).map(() => ({ value: '0x2a', proof: ['0xAA', '0xbb'] }));
      return { accountProof: ['0xcc'], storageProof };
    },
  });
  const proofs = await openProofs(rpc, ledger, { number: 0, hash });
  const words = await proofs.words(Array.from({ length: 450 }, () => zero(32)));
  expect(asked).toEqual([200, 200, 50]);
  expect(new Set(words)).toEqual(new Set([`0x${'2a'.padStart(64, '0')}`]));
  expect(proofs.nodes()).toEqual(['0xcc', '0xaa', '0xbb']);
});
