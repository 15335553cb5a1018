import { keccak256 } from 'ethers/crypto';
import { type Hex, hex } from '../../protocol/hex.ts';
import { BundleFault } from './problems.ts';
import { bytesOf, type RlpItem, readRlp } from './rlp.ts';

/** A Merkle-Patricia trie of which some nodes are known. */
export type Trie = {
  /**
   * What the trie with that root holds under a key; null where the nodes prove that it holds nothing.
   * @param at what is looked for, in words  @throws BundleFault `proof-missing`, `node-malformed`
   */
  get(root: Hex, key: Hex, at: string): Hex | null;
};

const EMPTY_ROOT = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421';
const BRANCH = 17;
const SHORT = 2;
/** keccak256 of the key, digit by digit. */
const MOST_STEPS = 64;

/** What is made of a node. `items`: of its list; null = it is no node of a trie. */
export type NodeReader = {
  hash(node: Hex): string;
  items(node: Hex): readonly RlpItem[] | null;
};

export const nodeReader: NodeReader = { hash: (node) => keccak256(bytesOf(node)), items: itemsOf };

/** Opens tries by their nodes, in any order: each is found by its hash, which is checked by finding it. */
export function openTrie(nodes: readonly Hex[], reader = nodeReader): Trie {
  const raw = new Map(nodes.map((node) => [reader.hash(node), node] as const));
  const decoded = new Map<string, readonly RlpItem[]>();
  const resolve = (reference: RlpItem, at: string): readonly RlpItem[] => {
    if (Array.isArray(reference)) return reference;
    const known = decoded.get(reference as string);
    if (known) return known;
    const node = raw.get(reference as string);
    if (node === undefined) throw new BundleFault('proof-missing', 'nodes', `no node ${reference} for ${at}`);
    const items = reader.items(node);
    if (items === null) throw malformed(at);
    decoded.set(reference as string, items);
    return items;
  };
  return {
    get: (root, key, at) => {
      if (root === EMPTY_ROOT) return null;
      return walk({ resolve, at }, root, keccak256(key).slice(2));
    },
  };
}

type Walk = {
  resolve(reference: RlpItem, at: string): readonly RlpItem[];
  readonly at: string;
};

function walk({ resolve, at }: Walk, root: Hex, path: string): Hex | null {
  let node = resolve(root, at);
  let done = 0;
  for (let step = 0; step <= MOST_STEPS; step += 1) {
    if (node.length === BRANCH) {
      const next = done === path.length ? node[BRANCH - 1] : node[Number.parseInt(path[done] ?? '', 16)];
      if (next === undefined || next === '0x') return null;
      if (done === path.length) return textOf(next, at);
      done += 1;
      node = resolve(next, at);
      continue;
    }
    const { digits, isLeaf } = pathOf(node[0], at);
    if (!path.startsWith(digits, done)) return null;
    done += digits.length;
    const next = node[1] as RlpItem;
    if (isLeaf) return done === path.length ? textOf(next, at) : null;
    node = resolve(next, at);
  }
  throw malformed(at);
}

function itemsOf(node: Hex): readonly RlpItem[] | null {
  try {
    const items = readRlp(node);
    return Array.isArray(items) && (items.length === BRANCH || items.length === SHORT) ? items : null;
  } catch {
    return null;
  }
}

/** Hex-prefix encoding: the first digit says whether the node is a leaf, and whether the number of digits is odd. */
function pathOf(item: RlpItem | undefined, at: string): { digits: string; isLeaf: boolean } {
  if (typeof item !== 'string' || item.length < 4) throw malformed(at);
  const flag = Number.parseInt(item[2] ?? '', 16);
  return { digits: item.slice(flag % 2 === 1 ? 3 : 4), isLeaf: flag >= 2 };
}

function textOf(item: RlpItem, at: string): Hex {
  if (typeof item !== 'string') throw malformed(at);
  return hex(item);
}

function malformed(at: string): BundleFault {
  return new BundleFault(
    'node-malformed',
    'nodes',
    `a node on the way to ${at} is none of a Merkle-Patricia trie`,
  );
}
