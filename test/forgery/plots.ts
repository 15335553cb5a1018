import { keccak256 } from 'ethers/crypto';
import type { Wallet } from 'ethers/wallet';
import type { Hex } from '../../src/protocol/hex.ts';
import { messageJson } from '../../src/protocol/json.ts';
import { birthsOf } from '../../src/protocol/lots.ts';
import { at, type Json, leafBelow, nudged, withAt, without } from './edits.ts';
import {
  type Forge,
  idOf,
  isSigned,
  mutant,
  type Raw,
  type RawRecord,
  recordsIn,
  signatureOf,
} from './raw.ts';

// Forgeries of several steps, each of which covers up the one before.

type Field = { readonly [key: string]: Json };
type Document = { readonly root: string; readonly fields: readonly Field[] };

/** A field goes from one document into another, or stands in both; two fields trade what they say; two documents their roots. */
const move: Forge = (bundle, { dice }) => {
  const documents = bundle.documents as unknown as readonly Document[];
  const [a, b] = dice.some([...documents.keys()], 2);
  const [from, to] = [documents[a ?? -1], documents[b ?? -1]];
  if (a === undefined || b === undefined || !from || !to) return null;
  const field = dice.int(0, from.fields.length - 1);
  const other = dice.int(0, to.fields.length - 1);
  const moved = from.fields[field] as Field;
  const [gone, come] = [without(from.fields, field), [...to.fields, moved]] as const;
  const trade = (key: string): [Json, Json] => [
    from.fields.with(field, { ...moved, [key]: to.fields[other]?.[key] as Json }),
    to.fields.with(other, { ...(to.fields[other] as Field), [key]: moved[key] as Json }),
  ];
  const [here, there] = dice.pick<[Json, Json]>([
    [gone, come],
    [from.fields, come],
    trade('value'),
    trade('path'),
    [to.fields, from.fields],
  ]);
  const first = withAt(bundle, ['documents', a, 'fields'], () => here);
  const forged = withAt(first, ['documents', b, 'fields'], () => there);
  return mutant('move between documents', ['documents', `${a}/${b}`, 'fields', field], forged);
};

/** The most nodes between a word and the header. */
const MOST_LEVELS = 14;

/** A node of the state says something else, and those above it are hashed again: some of them, or all up to the header. */
const rehash: Forge = (bundle, { dice }) => {
  let nodes = bundle.nodes as readonly string[];
  let header = bundle.header as string;
  const index = dice.int(0, nodes.length - 1);
  const node = nodes[index] as string;
  // Of a leaf, the last digit is of its word.
  const last = Number.parseInt(node.at(-1) ?? '', 16);
  const changed = dice.chance(0.5)
    ? node.slice(0, -1) + ((last + dice.int(1, 15)) % 16).toString(16)
    : (nudged(node, dice) as string);
  let renamed: [string, string][] = [[node, changed]];
  const levels = dice.int(1, MOST_LEVELS);
  nodes = nodes.with(index, changed);
  for (let level = 0; level < levels && renamed.length > 0; level += 1) {
    const hashes = renamed.map(([before, after]) => [digitsOf(before), digitsOf(after)] as const);
    const again = (text: string): string =>
      hashes.reduce((said, [before, after]) => said.replaceAll(before, after), text);
    const above = nodes.map(again);
    renamed = nodes.flatMap((before, at): [string, string][] => {
      const after = above[at] as string;
      return before === after ? [] : [[before, after]];
    });
    header = again(header);
    nodes = above;
  }
  return mutant('hash the state again', ['nodes', index], { ...bundle, nodes, header });
};

function digitsOf(node: string): string {
  return keccak256(node).slice(2);
}

/** So many statements are signed again at most, and so far from the end is the first. */
const MOST_FOLLOWERS = 60;
const REACH = 400;
const ID = /0x[0-9a-f]{64}/g;

/** A statement says something else, and its author, and all whose statements name it or what came of it, sign again. */
const follow: Forge = (bundle, { dice, keys }) => {
  const records = recordsIn(bundle);
  const first = dice.int(Math.max(0, records.length - REACH), records.length - 1);
  const record = records[first] as RawRecord;
  if (!isSigned(record)) return null;
  const field = leafBelow(record.message as Json, [], dice);
  if (at(record.message as Json, field) === record.signer) return null;
  const message = withAt(record.message as Json, field, (value) => nudged(value, dice));
  const renamed = new Map<string, string>();
  const forged = [...records];
  for (let position = first; position < records.length; position += 1) {
    const own = records[position] as RawRecord;
    const said = position === first ? message : renamedIn(own.message ?? null, renamed);
    if (said === own.message || !isSigned(own)) continue;
    const again = signedAgain(bundle, own, said, keys);
    if (!again || position - first > REACH || renamed.size > MOST_FOLLOWERS) return null;
    forged[position] = again;
    for (const [before, after] of renaming(bundle, own, again)) renamed.set(before, after);
  }
  const lot = renamed.get(bundle.lot as string) ?? (bundle.lot as string);
  const whole = { ...bundle, lot, records: forged as unknown as Json };
  return mutant('sign again with all that follows', ['records', first, 'message', ...field], whole);
};

/** The same message where it names nothing that has another id now. */
function renamedIn(message: Json, renamed: ReadonlyMap<string, string>): Json {
  const text = JSON.stringify(message);
  const said = text.replace(ID, (id) => renamed.get(id) ?? id);
  return said === text ? message : (JSON.parse(said) as Json);
}

function signedAgain(
  bundle: Raw,
  record: RawRecord,
  message: Json,
  keys: ReadonlyMap<string, Wallet>,
): RawRecord | null {
  const wallet = keys.get(record.signer as string);
  const said = { ...record, message };
  const signature = wallet && signatureOf(bundle, said, wallet);
  return signature ? { ...said, signature } : null;
}

/** The ids that a statement and what it made have now, by those that they had. */
function renaming(bundle: Raw, before: RawRecord, after: RawRecord): [string, string][] {
  const [made, remade] = [before, after].map((record) => [
    idOf(bundle, record) as Hex,
    ...lotsOf(bundle, record),
  ]);
  return (made ?? []).map((id, index) => [id, remade?.[index] ?? id]);
}

function lotsOf(bundle: Raw, record: RawRecord): Hex[] {
  if (record.type !== 'Production') return [];
  const { outputs } = messageJson.Production.parse(record.message);
  return birthsOf(idOf(bundle, record) as Hex, outputs).map(({ lot }) => lot);
}

export const plots: readonly (readonly [number, Forge])[] = [
  [6, move],
  [2, rehash],
  [3, follow],
];
