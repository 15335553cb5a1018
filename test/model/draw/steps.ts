import { keccak256 } from 'ethers/crypto';
import { concat, dataSlice, isError } from 'ethers/utils';
import { type Hex, hex } from '../../../src/protocol/hex.ts';
import { type StatementType, type Struct, statementTypes } from '../../../src/protocol/statements.ts';
import type { Call, Encoding } from '../acts.ts';
import { accreditor, registrar, stranger } from '../cast.ts';
import { digestOf, idOf, roles, wordsOf } from '../ids.ts';
import { addTo, encodeCall, isDynamic, startOf } from '../wire.ts';
import { broken } from './breaks.ts';
import type { Dice } from './dice.ts';
import { type Draft, finish } from './draft.ts';
import { correction, dispatch, origin, receipt, transformation } from './lots.ts';
import { accreditorAct, admission, completion, registrarAct } from './offices.ts';
import {
  attestation,
  delegation,
  keyObjection,
  keyReplacement,
  observation,
  registration,
  revocation,
} from './others.ts';
import { pairsOf, type Stage, signersFor } from './stage.ts';

/** How long after the last block the next one comes: often at once, sometimes months. */
export function pause(dice: Dice): number {
  return dice.weighted([
    [20, 0],
    [45, dice.int(1, 600)],
    [25, dice.int(600, 20_000)],
    [8, dice.int(1, 3) * 86_400],
    [1.5, 7 * 86_400 + dice.int(-1, 1)],
    [0.2, dice.int(80, 95) * 86_400],
  ]);
}

export type Kind = 'statement' | 'registrar' | 'accreditor' | 'completion' | 'replay';

export function drawKind(dice: Dice): Kind {
  return dice.weighted([
    [84, 'statement'],
    [6, 'registrar'],
    [2.5, 'accreditor'],
    [2.5, 'completion'],
    [5, 'replay'],
  ]);
}

/** Who sends: a statement anyone, an act its role's holder, and sometimes another. */
export function senderOf({ book, dice }: Pick<Stage, 'book' | 'dice'>, kind: Kind): Hex {
  const role = kind === 'registrar' ? roles.REGISTRAR : kind === 'accreditor' ? roles.ACCREDITOR : null;
  if (role === null) return dice.pick([stranger, stranger, registrar, accreditor]);
  return dice.chance(0.95)
    ? dice.pick([...(book.roles.get(role) ?? [stranger])])
    : dice.pick([stranger, accreditor, registrar]);
}

export function drawCall(stage: Stage, kind: Kind): Call {
  switch (kind) {
    case 'registrar':
      return registrarAct(stage);
    case 'accreditor':
      return accreditorAct(stage);
    case 'completion':
      return completion(stage);
    case 'replay':
      return stage.dice.maybe(stage.past) ?? admission(stage);
    case 'statement': {
      const drawn = drawDraft(stage);
      return drawn ? finish(stage, spoiled(stage, drawn)) : admission(stage);
    }
  }
}

/** Two statements in five are broken, in one way or in two. */
function spoiled(stage: Stage, drawn: Draft): Draft {
  const { dice } = stage;
  if (dice.chance(0.6)) return drawn;
  const once = spoil(stage, drawn);
  return dice.chance(0.3) ? spoil(stage, once) : once;
}

/** A break that leaves a number too large for its type cannot be said at all: the draft stays as it was. */
function spoil(stage: Stage, drawn: Draft): Draft {
  const changed = broken(stage, drawn);
  return isEncodable(stage, changed) ? changed : drawn;
}

function isEncodable({ domain }: Stage, { type, message }: Draft): boolean {
  try {
    idOf(domain, type, message as Struct<StatementType>);
    return true;
  } catch (error) {
    if (isError(error, 'INVALID_ARGUMENT')) return false;
    throw error;
  }
}

const drafts: readonly (readonly [weight: number, draft: (stage: Stage) => Draft | null])[] = [
  [14, origin],
  [16, transformation],
  [13, dispatch],
  [15, receipt],
  [9, correction],
  [9, observation],
  [6, attestation],
  [6, revocation],
  [7, delegation],
  [2, keyReplacement],
  [3, keyObjection],
  [3, registration],
];

/** A statement that the ledger takes; null where nothing that was tried fits the state. */
export function drawDraft(stage: Stage): Draft | null {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const drawn = stage.dice.weighted(drafts)(stage);
    if (drawn) return drawn;
  }
  return null;
}

// ── Calldata out of the ordinary ──

/** A statement that is in order, but for its encoding. */
export function misencoded(stage: Stage): Call | null {
  const drawn = drawDraft(stage);
  if (!drawn) return null;
  const { scheme } = drawn.message as { scheme?: string };
  const isPadded = scheme !== undefined && scheme.length % 32 > 0;
  const encodings: Encoding[] = [
    'tail',
    ...(isDynamic(drawn.type) ? (['gap', 'gap'] as const) : []),
    ...(isPadded ? (['padding', 'padding', 'padding'] as const) : []),
  ];
  return finish(stage, { ...drawn, encoding: stage.dice.pick(encodings) });
}

/**
 * A statement one of whose words says more than its field can hold, hashed and signed just so: nothing but the contract's
 * care for upper bits stands in its way.
 */
export function dirty(stage: Stage): Hex | null {
  const { dice, domain, keyring } = stage;
  const drawn = drawDraft(stage);
  const pair =
    drawn &&
    dice.maybe(
      'account' in drawn.by
        ? pairsOf(keyring, drawn.by.account)
        : signersFor(stage, drawn.by.party, drawn.by.scope),
    );
  if (!drawn || !pair) return null;
  const { type, message, witness } = drawn;
  const narrow = statementTypes[type].flatMap((field, index) => {
    const bits = widthOf(field.type);
    return bits === null ? [] : [{ index, bits }];
  });
  const { index, bits } = dice.pick(narrow);
  const more = 1n << BigInt(dice.pick([bits, 255]));
  const words = addTo(wordsOf(type, message as Struct<StatementType>), 32 * (index + 1), more);
  const signature = keyring.sign(pair, digestOf(domain, keccak256(words)));
  const data = encodeCall({
    method: `record${type}`,
    args: [message, ...witness, signature],
  } as unknown as Call);
  return addTo(data, startOf(type, data) + 32 * index, more);
}

/** How many bits a field's value has; null where it is a whole word, or none. */
function widthOf(type: string): number | null {
  if (type === 'bool') return 1;
  if (type === 'address') return 160;
  const bits = Number(/^uint(\d+)$/.exec(type)?.[1] ?? 256);
  return bits < 256 ? bits : null;
}

/** Bytes that are no call of the ledger's. */
export function nonsense({ dice }: Stage): Hex {
  return dice.pick([
    '0x',
    '0x00',
    hex(dataSlice(dice.bytes32(), 0, 4)),
    hex(concat([dice.bytes32(), dice.bytes32()])),
  ]);
}
