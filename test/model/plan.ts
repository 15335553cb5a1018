import type { Hex } from '../../src/protocol/hex.ts';
import type { Call } from './acts.ts';
import { copied } from './book.ts';
import { accreditor, registrar, stranger } from './cast.ts';
import { type Dice, rollDice } from './draw/dice.ts';
import { finish } from './draw/draft.ts';
import { grant, schemes } from './draw/offices.ts';
import { registration } from './draw/others.ts';
import { dirty, drawCall, drawDraft, drawKind, misencoded, nonsense, pause, senderOf } from './draw/steps.ts';
import { type Judge, judge } from './model.ts';
import type { Tally } from './tally.ts';
import {
  judged,
  openWorld,
  play,
  playForbidden,
  playStarved,
  stageOf,
  sweep,
  type Trace,
  type World,
} from './world.ts';

/** A world and what happens in it: every step is drawn from its own seed and the state that it meets. */
export type Plan = { readonly world: number; readonly steps: readonly number[] };

const SWEEP_EVERY = 60;
/** Around the end of a year, a leap day, the turn of a century that has none. */
const STARTS = ['2024-02-20', '2026-12-25', '2028-12-31', '2100-02-25'] as const;

export type PlayOptions = {
  readonly tally: Tally;
  /** The model, unless told otherwise. */
  readonly rules?: Judge;
  readonly onStep?: () => void;
  readonly trace?: Trace;
};

/** Plays a plan from an empty ledger on. @throws Difference at the first step where contract and model part */
export async function playPlan(plan: Plan, options: PlayOptions): Promise<void> {
  const { tally, rules = judge, onStep = () => {}, trace = () => {} } = options;
  const dice = rollDice(plan.world);
  const start = Date.parse(`${dice.pick(STARTS)}T12:00:00Z`) / 1000 + dice.int(0, 86_400);
  const world = await openWorld(start, { tally, judge: rules, trace });
  try {
    await settle(world, dice);
    for (const [index, seed] of plan.steps.entries()) {
      await playStep(world, seed);
      if (index % SWEEP_EVERY === SWEEP_EVERY - 1) await sweep(world);
      onStep();
    }
    await sweep(world);
  } finally {
    await world.chain.close();
  }
}

/** Parties, sites, quotas and accreditations, so that there is something to trade with. */
async function settle(world: World, dice: Dice): Promise<void> {
  const single = async (sender: Hex, draw: () => Call): Promise<void> => {
    world.now += dice.int(0, 30);
    const call = draw();
    await play(world, { sender, calls: [call], isBatch: false, verdicts: [judged(world, sender, call)] });
  };
  for (const party of world.cast.candidates.slice(0, 7))
    await single(registrar, () => ({ method: 'admit', args: [party, dice.bytes32()] }));
  const staged = (sender: Hex) => stageOf(world, dice, sender);
  for (let index = 0; index < 16; index += 1)
    await single(stranger, () => finish(staged(stranger), registration(staged(stranger)) as never));
  for (let index = 0; index < 24; index += 1) await single(registrar, () => grant(staged(registrar)));
  for (const auditor of [...world.book.parties.keys()].slice(0, 3))
    await single(accreditor, () => ({
      method: 'accredit',
      args: [auditor, dice.pick(schemes), dice.bytes32()],
    }));
}

type Way = (world: World, dice: Dice) => Promise<void>;

async function playStep(world: World, seed: number): Promise<void> {
  const dice = rollDice(seed);
  world.now += pause(dice);
  await dice.weighted<Way>([
    [86, single],
    [8, batch],
    [2, starved],
    [2, withEncoding],
    [2, withDirt],
  ])(world, dice);
}

async function single(world: World, dice: Dice): Promise<void> {
  const kind = drawKind(dice);
  const sender = senderOf({ book: world.book, dice }, kind);
  const call = drawCall(stageOf(world, dice, sender), kind);
  await play(world, { sender, calls: [call], isBatch: false, verdicts: [judged(world, sender, call)] });
}

async function batch(world: World, dice: Dice): Promise<void> {
  await play(world, drawBatch(world, dice));
}

/** Calls that follow from each other, that were drafted side by side, or of which two want the same. */
function drawBatch(world: World, dice: Dice) {
  const sender = dice.pick([registrar, accreditor, stranger, stranger]);
  const way = dice.pick(['one after the other', 'side by side', 'twins'] as const);
  const draw = (): (Call | Hex)[] => {
    const stage = stageOf(world, dice, sender);
    if (dice.chance(0.03)) return [nonsense(stage)];
    const drawn = way === 'twins' ? drawDraft(stage) : null;
    if (!drawn) return [drawCall(stage, drawKind(dice))];
    const twin = { ...drawn, message: { ...drawn.message, recordBy: world.now + dice.int(0, 9) } };
    return [finish(stage, drawn), finish(stage, twin)];
  };
  const count = dice.int(0, 5);
  const drafted = way === 'side by side' ? Array.from({ length: count }, draw).flat() : null;
  const calls: (Call | Hex)[] = [];
  const verdicts = [];
  for (let index = 0; index < count; index += 1) {
    for (const call of drafted ? drafted.slice(index, index + 1) : draw()) {
      calls.push(call);
      verdicts.push(judged(world, sender, call));
    }
  }
  return { sender, calls, isBatch: true, verdicts };
}

/** With gas that may not reach: a single call, or a batch. */
async function starved(world: World, dice: Dice): Promise<void> {
  const before = { book: copied(world.book), archive: structuredClone(world.archive) };
  const gas = Math.round(10 ** (4.8 + dice.int(0, 1000) / 800));
  if (dice.chance(0.5)) return playStarved(world, { ...drawBatch(world, dice), gas }, before);
  const call = drawCall(stageOf(world, dice, stranger), 'statement');
  const verdicts = [judged(world, stranger, call)];
  await playStarved(world, { sender: stranger, calls: [call], isBatch: false, verdicts, gas }, before);
}

async function withEncoding(world: World, dice: Dice): Promise<void> {
  const call = misencoded(stageOf(world, dice, stranger));
  if (!call) return single(world, dice);
  const verdicts = [judged(world, stranger, call)];
  await play(world, { sender: stranger, calls: [call], isBatch: false, verdicts });
}

async function withDirt(world: World, dice: Dice): Promise<void> {
  const data = dirty(stageOf(world, dice, stranger));
  if (data === null) return single(world, dice);
  await playForbidden(world, data, 'A word with dirty upper bits');
}
