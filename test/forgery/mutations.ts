import { type Hex, hex } from '../../src/protocol/hex.ts';
import type { Dice } from '../model/draw/dice.ts';
import { account } from '../support/accounts.ts';
import {
  at,
  exchanged,
  type Json,
  leafBelow,
  listsBelow,
  nudged,
  type Path,
  repeated,
  withAt,
  without,
} from './edits.ts';
import { plots } from './plots.ts';
import {
  type Forge,
  type Forger,
  idOf,
  isSigned,
  type Mutant,
  mutant,
  type Raw,
  type RawRecord,
  recordsIn,
  signatureOf,
} from './raw.ts';

/** Sections by how often they are changed. */
const sections: readonly (readonly [number, string])[] = [
  [3, 'header'],
  [2, 'ledger'],
  [1, 'lot'],
  [6, 'policy'],
  [10, 'documents'],
  [18, 'nodes'],
  [60, 'records'],
];

const flip: Forge = (bundle, { dice }) => {
  const path = leafBelow(bundle, [dice.weighted(sections)], dice);
  return mutant(
    'flip',
    path,
    withAt(bundle, path, (value) => nudged(value, dice)),
  );
};

const drop: Forge = (bundle, { dice }) => {
  const path = someList(bundle, dice, 1);
  if (!path) return null;
  const index = dice.int(0, lengthAt(bundle, path) - 1);
  return mutant(
    'drop',
    [...path, index],
    withAt(bundle, path, (list) => without(list, index)),
  );
};

const swap: Forge = (bundle, { dice }) => {
  const path = someList(bundle, dice, 2);
  if (!path) return null;
  const last = lengthAt(bundle, path) - 1;
  const a = dice.int(0, last - 1);
  const b = dice.chance(0.5) ? a + 1 : dice.int(a + 1, last);
  return mutant(
    'swap',
    [...path, `${a}/${b}`],
    withAt(bundle, path, (list) => exchanged(list, a, b)),
  );
};

const repeat: Forge = (bundle, { dice }) => {
  const path = someList(bundle, dice, 1);
  if (!path) return null;
  const length = lengthAt(bundle, path);
  const index = dice.int(0, length - 1);
  return mutant(
    'repeat',
    [...path, index],
    withAt(bundle, path, (list) => repeated(list, index, dice.int(0, length))),
  );
};

/** Two records of one type trade a field. */
const exchange: Forge = (bundle, { dice }) => {
  const records = recordsIn(bundle);
  const a = dice.int(0, records.length - 1);
  const alike = indexesOf(records, ({ type }) => type === records[a]?.type).filter((index) => index !== a);
  const b = dice.maybe(alike);
  const field = dice.pick(Object.keys(records[a] ?? {}).filter((key) => key !== 'type'));
  if (b === undefined) return null;
  const [here, there] = [records[a]?.[field] as Json, records[b]?.[field] as Json];
  const first = withAt(bundle, ['records', a, field], () => there);
  return mutant(
    'exchange',
    ['records', `${a}/${b}`, field],
    withAt(first, ['records', b, field], () => here),
  );
};

/** A statement says something else, and its author, or a stranger, signs that. */
const resign: Forge = (bundle, { dice, keys }) => {
  const records = recordsIn(bundle);
  const index = dice.maybe(indexesOf(records, isSigned));
  if (index === undefined) return null;
  const record = records[index] as RawRecord;
  const stranger = dice.chance(0.4);
  const wallet = stranger ? account('forger').wallet : keys.get(record.signer as string);
  const field = leafBelow(record.message as Json, [], dice);
  const message = withAt(record.message as Json, field, (value) => nudged(value, dice));
  const signature = wallet && signatureOf(bundle, { ...record, message }, wallet);
  if (!signature) return null;
  const signer = stranger && dice.chance(0.5) ? hex(wallet.address) : (record.signer as Json);
  const forged = withAt(bundle, ['records', index], () => ({ ...record, message, signer, signature }));
  return mutant(
    stranger ? 'sign as a stranger' : 'sign again',
    ['records', index, 'message', ...field],
    forged,
  );
};

/** Something adverse, or a reading, is left out, with all that would point to it; or acts that speak against somebody. */
const hush: Forge = (bundle, { dice }) => {
  const records = recordsIn(bundle);
  const index = dice.maybe(indexesOf(records, isAdverse));
  if (index === undefined) return null;
  const record = records[index] as RawRecord;
  const id = idOf(bundle, record);
  const gone = new Set([index, ...indexesOf(records, (other) => id !== null && mentions(other, id))]);
  if (record.type === 'Observation' && dice.chance(0.5))
    for (const other of indexesOf(records, (one) => isOfLog(one, record))) gone.add(other);
  const kept = records.filter((_, position) => !gone.has(position));
  return mutant(
    `leave out ${record.type}`,
    ['records', index],
    withAt(bundle, ['records'], () => kept),
  );
};

/** A record takes the block and time of the next one, or the one before, of another block: the order of times stays whole. */
const date: Forge = (bundle, { dice }) => {
  const records = recordsIn(bundle);
  const index = dice.int(0, records.length - 1);
  const isOther = ({ block }: RawRecord) => block !== records[index]?.block;
  const neighbour = dice.chance(0.5)
    ? records.slice(index).find(isOther)
    : records.slice(0, index).findLast(isOther);
  if (!neighbour) return null;
  const { block, recordedAt } = neighbour;
  const dated = withAt(
    bundle,
    ['records', index],
    (record) => ({ ...(record as RawRecord), block, recordedAt }) as Json,
  );
  return mutant('date', ['records', index, 'recordedAt'], dated);
};

const forges: readonly (readonly [number, Forge])[] = [
  [30, flip],
  [15, drop],
  [15, swap],
  [5, repeat],
  [8, exchange],
  [12, resign],
  [10, hush],
  [5, date],
  ...plots,
];

/** The bundle with one change, by what the dice say. */
export function forge(bundle: Raw, forger: Forger): Mutant {
  for (;;) {
    const made = forger.dice.weighted(forges)(bundle, forger);
    if (made) return made;
  }
}

function someList(bundle: Raw, dice: Dice, least: number): Path | undefined {
  const section = dice.weighted([
    [60, 'records'],
    [12, 'nodes'],
    [18, 'documents'],
    [10, 'policy'],
  ]);
  const records = recordsIn(bundle);
  if (section === 'records' && dice.chance(0.5) && records.length > 0)
    return dice.maybe(listsBelow(bundle, ['records', dice.int(0, records.length - 1)], least));
  if (section === 'policy') return dice.maybe(listsBelow(bundle, ['policy'], least));
  if (section === 'documents') return dice.maybe(listsBelow(bundle, ['documents'], least));
  return lengthAt(bundle, [section]) >= least ? [section] : undefined;
}

function lengthAt(bundle: Raw, path: Path): number {
  return (at(bundle, path) as readonly Json[]).length;
}

function indexesOf(records: readonly RawRecord[], holds: (record: RawRecord) => boolean): number[] {
  return records.flatMap((record, index) => (holds(record) ? [index] : []));
}

const speakingAgainst = [
  'Revocation',
  'Observation',
  'Correction',
  'PartySuspended',
  'AccreditationWithdrawn',
];

function isAdverse(record: RawRecord): boolean {
  if (speakingAgainst.includes(record.type)) return true;
  return record.type === 'Attestation' && (record.message as { outcome?: number }).outcome !== 1;
}

function mentions({ type, message }: RawRecord, id: Hex): boolean {
  if (type === 'Revocation') return (message as { attestation?: string }).attestation === id;
  return type === 'Observation' && (message as { previous?: string }).previous === id;
}

function isOfLog(record: RawRecord, of: RawRecord): boolean {
  if (record.type !== 'Observation') return false;
  const [a, b] = [record.message, of.message] as Record<string, Json>[];
  return ['observer', 'device', 'subject'].every((field) => a?.[field] === b?.[field]);
}
