import { keccak256 } from 'ethers/crypto';
import { concat, encodeRlp } from 'ethers/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProofs, type StateProofs } from '../../../src/chain/proofs.ts';
import { type Hex, hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import { readHeader } from '../../../src/verification/bundle/header.ts';
import { ledgerCodeHash, lotWord, partyWord, slots } from '../../../src/verification/bundle/slots.ts';
import { openState } from '../../../src/verification/bundle/state.ts';
import { openTrie } from '../../../src/verification/bundle/trie.ts';
import { account } from '../../support/accounts.ts';
import { startTestChain, type TestChain } from '../../support/chain.ts';

const [party, nobody] = [account('party').address, account('nobody').address];
let chain: TestChain;
let proofs: StateProofs;
let block: { number: number; hash: Hex };

beforeAll(async () => {
  chain = await startTestChain();
  await chain.admit(party);
  await chain.act({ act: 'suspend', party, evidence: ZERO_BYTES32 });
  block = (await chain.node.tips()).head;
  proofs = await openProofs(chain.rpc, chain.identity.ledger, block);
}, 60_000);
afterAll(() => chain?.stop());

describe("a block's header", () => {
  test('hashes to what the chain calls the block', () => {
    expect(readHeader(proofs.header)).toMatchObject({ number: block.number, hash: block.hash });
  });

  test.each([['0x'], ['0xc0'], ['0x00'], [encodeRlp(Array(16).fill('0x'))], ['0xf90200']])(
    '%s is none',
    (rlp) => {
      expect(() => readHeader(rlp as Hex)).toThrow(/header-malformed/);
    },
  );
});

describe('the state of the ledger', () => {
  test('has the words that the node tells, those of nothing too', async () => {
    const wanted = [
      slots.party(party),
      slots.party(nobody),
      slots.lot(ZERO_BYTES32),
      slots.trail(ZERO_BYTES32),
    ];
    const told = await proofs.words(wanted.map(({ slot }) => slot));
    const state = openState(readHeader(proofs.header), chain.identity.ledger, proofs.nodes());
    expect(wanted.map(state.word)).toEqual(told);
    const stored = await chain.rpc.send('eth_getStorageAt', [
      chain.identity.ledger,
      wanted[0]?.slot,
      'latest',
    ]);
    expect(told[0]).toBe(stored);
    expect(partyWord(told[0] as Hex)).toEqual({ key: party, suspended: true, keyNumber: 1 });
    expect(partyWord(told[1] as Hex)).toEqual({
      key: `0x${'00'.repeat(20)}`,
      suspended: false,
      keyNumber: 0,
    });
    expect(lotWord(told[2] as Hex)).toMatchObject({ status: 'none', trace: 'none' });
  });

  test('has the code of this version, with its chain and address in it', async () => {
    const state = openState(readHeader(proofs.header), chain.identity.ledger, proofs.nodes());
    const { chainId, ledger } = chain.identity;
    expect(state.codeHash).toBe(ledgerCodeHash(chainId, ledger));
    expect(state.codeHash).toBe(keccak256(await chain.node.code(ledger)));
    expect(ledgerCodeHash(chainId + 1, ledger)).not.toBe(state.codeHash);
    expect(ledgerCodeHash(chainId, party)).not.toBe(state.codeHash);
  });

  test('tells which accounts have code, and nothing of those that are not proven', async () => {
    expect(await proofs.withCode([party, chain.identity.ledger])).toEqual([chain.identity.ledger]);
    const state = openState(readHeader(proofs.header), chain.identity.ledger, proofs.nodes());
    expect(state.hasCode(chain.identity.ledger)).toBe(true);
    expect(() => openState(readHeader(proofs.header), chain.identity.ledger, [])).toThrow(/proof-missing/);
  });

  test('refuses a node of which a bit was changed, and one that is missing', async () => {
    const wanted = slots.party(party);
    await proofs.words([wanted.slot]);
    const nodes = proofs.nodes();
    for (const [index, node] of nodes.entries()) {
      const flipped = hex(node.slice(0, -1) + (node.endsWith('0') ? '1' : '0'));
      const open = (list: readonly Hex[]) => () =>
        openState(readHeader(proofs.header), chain.identity.ledger, list).word(wanted);
      const needed = (() => {
        try {
          open(nodes.toSpliced(index, 1))();
          return false;
        } catch {
          return true;
        }
      })();
      if (needed) expect(open(nodes.with(index, flipped))).toThrow(/proof-missing/);
    }
    expect(() => openState(readHeader(proofs.header), nobody, nodes)).toThrow(/proof-missing|ledger-absent/);
  });
});

describe('a trie', () => {
  // By hand, so that short nodes inside of others, odd paths and extensions are met.
  const key: Hex = '0x01';
  const path = keccak256(key).slice(2);
  const leaf = (digits: string, value: Hex): string[] => [compact(digits, true), value];
  const compact = (digits: string, isLeaf: boolean): Hex => {
    const flag = (isLeaf ? 2 : 0) + (digits.length % 2);
    return hex(`0x${flag}${digits.length % 2 === 1 ? '' : '0'}${digits}`);
  };
  const nodeOf = (items: unknown): Hex => hex(encodeRlp(items as never));
  const rootOf = (node: Hex): Hex => hex(keccak256(node));

  test('gives what a leaf holds, and nothing under another path', () => {
    const node = nodeOf(leaf(path, '0x2a'));
    expect(openTrie([node]).get(rootOf(node), key, 'it')).toBe('0x2a');
    expect(openTrie([node]).get(rootOf(node), '0x02', 'it')).toBeNull();
  });

  test('goes through branches, extensions and short nodes that lie inside of others', () => {
    const inner = leaf(path.slice(62), '0x2a');
    const branch = Array<unknown>(17).fill('0x');
    branch[Number.parseInt(path[61] ?? '', 16)] = inner;
    const below = nodeOf(branch);
    const node = nodeOf([compact(path.slice(0, 61), false), rootOf(below)]);
    expect(openTrie([below, node]).get(rootOf(node), key, 'it')).toBe('0x2a');
    expect(() => openTrie([node]).get(rootOf(node), key, 'it')).toThrow(/proof-missing/);
  });

  test('with the root of no entries holds nothing', () => {
    expect(openTrie([]).get(hex(keccak256(encodeRlp('0x'))), key, 'it')).toBeNull();
  });

  test.each([
    ['no list', encodeRlp('0x2a')],
    ['a list of three', encodeRlp(['0x2a', '0x2a', '0x2a'])],
    ['bytes behind its end', concat([encodeRlp(['0x2a', '0x2a']), '0x00'])],
    ['an extension of no digits to itself', encodeRlp([['0x00'], '0x'])],
    ['an empty path', encodeRlp(['0x', '0x2a'])],
  ])('does not take %s for a node', (_what, rlp) => {
    const node = hex(rlp);
    expect(() => openTrie([node]).get(rootOf(node), key, 'it')).toThrow(/node-malformed/);
  });
});
