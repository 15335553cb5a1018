import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { MerklePatriciaTrie, updateMPTFromMerkleProof } from '@ethereumjs/mpt';
import { decodeRlp } from 'ethers/utils';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Hex, hex } from '../../../src/protocol/hex.ts';
import type { Bundle } from '../../../src/verification/bundle/format.ts';
import { readHeader } from '../../../src/verification/bundle/header.ts';
import type { Slot } from '../../../src/verification/bundle/slots.ts';
import { openState } from '../../../src/verification/bundle/state.ts';

// The state proofs of a bundle by a Merkle-Patricia trie that is not ours, with OpenSSL's Keccak and ethers' RLP, neither of
// which the verifier uses.

/** One node in so many is taken away, or changed. */
const STEP = 9;

type Vector = { readonly bundle: Bundle; readonly words: readonly (Slot & { readonly word: Hex })[] };
const { bundle, words } = JSON.parse(await readFile('test/vectors/bundle.json', 'utf8')) as Vector;
const header = readHeader(bundle.header);
const keccak = (bytes: Uint8Array): Uint8Array => hash('keccak-256', bytes, 'buffer');
const bytesIn = (text: Hex): Uint8Array => Buffer.from(text.slice(2), 'hex');

/** The account of the ledger, and its words, by theirs. Whatever the nodes do not prove is thrown at. */
async function theirState(nodes: readonly Hex[]) {
  const options = { useKeyHashing: true, useKeyHashingFunction: keccak };
  const open = async (root: Uint8Array) => {
    const trie = new MerklePatriciaTrie(options);
    await updateMPTFromMerkleProof(trie, nodes.map(bytesIn));
    trie.root(root);
    return trie;
  };
  const state = await open(bytesIn(header.stateRoot));
  const found = await state.get(bytesIn(bundle.ledger.address), true);
  if (!found) throw new Error('There is no such account');
  const [, , storageRoot, codeHash] = decodeRlp(found) as Hex[];
  const storage = await open(bytesIn(storageRoot as Hex));
  return {
    codeHash,
    word: async ({ slot }: Slot): Promise<Hex> => {
      const value = await storage.get(bytesIn(slot), true);
      return `0x${value ? (decodeRlp(value) as Hex).slice(2).padStart(64, '0') : '0'.repeat(64)}`;
    },
  };
}

/** What each word is by either; null = it is not proven. */
async function byBoth(nodes: readonly Hex[], wanted: readonly Slot[]) {
  const ours = orNull(() => openState(header, bundle.ledger.address, nodes));
  const theirs = await theirState(nodes).catch(() => null);
  return {
    ours: wanted.map((slot) => ours && orNull(() => ours.word(slot))),
    theirs: await Promise.all(wanted.map((slot) => theirs?.word(slot).catch(() => null) ?? null)),
  };
}

function orNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

describe('the state proofs of a bundle', () => {
  let others: Awaited<ReturnType<typeof theirState>>;
  beforeAll(async () => {
    others = await theirState(bundle.nodes);
  });

  test('hold the account of the ledger, with the same code', () => {
    expect(openState(header, bundle.ledger.address, bundle.nodes).codeHash).toBe(others.codeHash);
  });

  test('hold each word that the verifier asks for, of nothing too, as the vector has it', async () => {
    const { ours, theirs } = await byBoth(bundle.nodes, words);
    expect(ours).toEqual(words.map(({ word }) => word));
    expect(theirs).toEqual(ours);
    expect(words.filter(({ word }) => BigInt(word) === 0n).length).toBeGreaterThan(0);
  });

  test('that are broken break in both: the same words lack where a node is missing, or has another digit', async () => {
    let broken = 0;
    for (let index = 0; index < bundle.nodes.length; index += STEP) {
      const node = bundle.nodes[index] as Hex;
      const { ours, theirs } = await byBoth(bundle.nodes.toSpliced(index, 1), words);
      expect(theirs, `node ${index}`).toEqual(ours);
      const lacking = words.filter((_, at) => ours[at] === null).slice(0, 5);
      for (const place of [node.length - 1, Math.floor(node.length / 2)]) {
        const changed = hex(node.slice(0, place) + (node[place] === '0' ? '1' : '0') + node.slice(place + 1));
        const both = await byBoth(bundle.nodes.with(index, changed), lacking);
        expect([...both.ours, ...both.theirs].every((word) => word === null)).toBe(true);
      }
      broken += lacking.length;
    }
    expect(broken).toBeGreaterThan(0);
  });
});
