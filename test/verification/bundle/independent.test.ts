import { getHashes, hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { keccak256 } from 'ethers/crypto';
import { TypedDataEncoder } from 'ethers/hash';
import { createHardhatRuntimeEnvironment } from 'hardhat/hre';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NetworkChain } from '../../../bench/network/chain.ts';
import { type Hex, hex } from '../../../src/protocol/hex.ts';
import { ledgerDomain, typesOf } from '../../../src/protocol/statements.ts';
import { openBook } from '../../../src/verification/bundle/book.ts';
import { type Bundle, bundleJson, type StatementRecord } from '../../../src/verification/bundle/format.ts';
import { recover } from '../../../src/verification/bundle/recover.ts';
import { account } from '../../support/accounts.ts';

// What the verifier computes by our own code and by ethers' hashing and recovery, by others: EDR, which is written in Rust,
// with its EIP-712 encoder and its EVM's ecrecover; OpenSSL's Keccak; and ethers' EIP-712 encoder, which the verifier leaves
// alone but for the domain.

const vector = JSON.parse(await readFile('test/vectors/bundle.json', 'utf8')) as { bundle: Bundle };
const bundle = bundleJson.parse(vector.bundle) as Bundle;
const { said } = openBook(bundle);
let chain: NetworkChain;

beforeAll(async () => {
  chain = await NetworkChain.open();
}, 60_000);
afterAll(() => chain?.close());

function statementsIn({ records }: Bundle): StatementRecord[] {
  return records.filter((record): record is StatementRecord => 'message' in record);
}

/** As the domain of a ledger has it. */
const EIP712Domain = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
];

test("every statement's id is what ethers' EIP-712 encoder gives", () => {
  const domain = ledgerDomain(bundle.ledger.chainId, bundle.ledger.address);
  const ids = statementsIn(vector.bundle).map(({ type, message }) =>
    TypedDataEncoder.hash(domain, typesOf(type), message),
  );
  expect(ids).toEqual(said.map(({ id }) => id));
});

test("every statement's id is the EIP-712 digest that EDR signs, whose encoder is written in Rust", async () => {
  const hardhat = await createHardhatRuntimeEnvironment({
    networks: { signing: { type: 'edr-simulated', chainType: 'l1' } },
  });
  const { provider, close } = await hardhat.network.create({ network: 'signing' });
  try {
    const [signer] = (await provider.request({ method: 'eth_accounts' })) as Hex[];
    const domain = ledgerDomain(bundle.ledger.chainId, bundle.ledger.address);
    for (const [index, { type, message }] of statementsIn(vector.bundle).entries()) {
      const typed = { domain, types: { EIP712Domain, ...typesOf(type) }, primaryType: type, message };
      const params = [signer, typed];
      const signature = (await provider.request({ method: 'eth_signTypedData_v4', params })) as Hex;
      expect(await ecrecover(said[index]?.id as Hex, signature)).toBe(signer);
    }
  } finally {
    await close();
  }
});

test("every node and the header hash as by OpenSSL's Keccak", () => {
  expect(getHashes()).toContain('keccak-256');
  for (const bytes of [bundle.header, ...bundle.nodes])
    expect(`0x${hash('keccak-256', Buffer.from(bytes.slice(2), 'hex'), 'hex')}`).toBe(keccak256(bytes));
});

/** What the EVM's precompiled contract 1 answers; null where it answers nothing. */
async function ecrecover(digest: Hex, signature: Hex): Promise<Hex | null> {
  const [r, s, v] = [signature.slice(2, 66), signature.slice(66, 130), signature.slice(130)];
  const data = `${digest}${v.padStart(64, '0')}${r}${s}`;
  const to = `0x${'1'.padStart(40, '0')}`;
  const answer = (await chain.request('eth_call', [{ to, data }, 'latest'])) as Hex;
  return answer === '0x' ? null : hex(`0x${answer.slice(26)}`);
}

test("every signature recovers to what the EVM's ecrecover says, as do those with a bit changed", async () => {
  expect(said.length).toBeGreaterThan(50);
  for (const { id, signature, signer } of said) {
    expect(await ecrecover(id, signature)).toBe(signer);
    expect(recover(id, signature)).toBe(signer);
    // Of r, of the digest: another key, or none.
    const other = hex(`${signature.slice(0, 20)}${signature[20] === '0' ? '1' : '0'}${signature.slice(21)}`);
    expect(recover(id, other)).toBe(await ecrecover(id, other));
    const digest = hex(`${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`);
    expect(recover(digest, signature)).toBe(await ecrecover(digest, signature));
  }
});

test('a signature that the ledger does not take is none: short, long, mirrored, of another v', () => {
  const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const { wallet, address } = account('signer');
  const digest = hex(keccak256('0x01'));
  const { r, s, v, serialized } = wallet.signingKey.sign(digest);
  expect(recover(digest, hex(serialized))).toBe(address);
  const mirrored = hex(`${r}${(N - BigInt(s)).toString(16).padStart(64, '0')}${v === 27 ? '1c' : '1b'}`);
  const others = [
    hex(`${r}${s.slice(2)}`),
    hex(`${serialized}00`),
    mirrored,
    hex(`${r}${s.slice(2)}00`),
    '0x',
  ] as const;
  for (const signature of [...others, hex(`0x${'00'.repeat(64)}1b`), hex(`0x${'ff'.repeat(64)}1b`)])
    expect(recover(digest, signature as Hex), signature).toBeNull();
});
