import type { Dice } from '../../test/model/draw/dice.ts';
import type { Account } from '../chain.ts';
import { bags, type Lot, partsOf, recycledParts } from './lots.ts';
import { DAY, type Site, YEAR } from './sites.ts';
import type { Sent, Step, Voice } from './voice.ts';

const INGOTS = 750_110;
const CELLS = 850_760;
const PACKS = 850_760;

/** One consignment's way through the tiers, from a mine or a recycler to an assembler. */
export type Turn = {
  readonly source: Site;
  readonly smelter: Site;
  readonly maker: Site;
  readonly assembler: Site;
  readonly auditor: Account;
  /** What the stage before left for the next. */
  lots: Lot[];
  sent: Sent | null;
};

export type World = { readonly voice: Voice; readonly dice: Dice; readonly perStatement: number };

/** What happens some days after a turn began. */
export type Stage = {
  readonly after: number;
  run(world: World, turn: Turn, at: number): Step[];
};

/** In the order of time. Lots per statement and the lots born in a turn follow from `perStatement`. */
export const stages: readonly Stage[] = [
  { after: 0, run: originate },
  {
    after: DAY,
    run: (world, turn, at) => (turn.source.role === 'recycler' ? takeBack(world, turn, at) : []),
  },
  { after: 3 * DAY, run: recycle },
  { after: 4 * DAY, run: (world, turn, at) => send(world, turn, [turn.source, turn.smelter], at) },
  { after: 9 * DAY, run: (world, turn, at) => receive(world, turn, turn.smelter, at) },
  { after: 11 * DAY, run: smelt },
  { after: 12 * DAY, run: assay },
  { after: 13 * DAY, run: (world, turn, at) => send(world, turn, [turn.smelter, turn.maker], at) },
  { after: 19 * DAY, run: (world, turn, at) => receive(world, turn, turn.maker, at) },
  { after: 22 * DAY, run: make },
  { after: 23 * DAY, run: (world, turn, at) => send(world, turn, [turn.maker, turn.assembler], at) },
  { after: 27 * DAY, run: (world, turn, at) => receive(world, turn, turn.assembler, at) },
  { after: 30 * DAY, run: assemble },
];

/** The lots that are born in a turn of a mine, about. */
export function birthsInTurn(perStatement: number): number {
  const { ingots, cells, packs } = sizes(perStatement);
  return perStatement + 1 + ingots + cells + packs;
}

function sizes(perStatement: number) {
  const part = (share: number): number => Math.max(1, Math.round(perStatement * share));
  return { scrap: part(0.5), ingots: part(0.25), cells: part(0.5), packs: part(0.12) };
}

function originate({ voice, dice, perStatement }: World, turn: Turn, at: number): Step[] {
  const recycled = turn.source.role === 'recycler';
  const count = recycled ? sizes(perStatement).scrap : perStatement;
  const process = recycled ? 'collect' : 'extract';
  const outputs = bags(count, recycled, dice);
  const { step, born } = voice.production(turn.source, { process, outputs }, at);
  turn.lots = born;
  return [step];
}

/** Packs at the end of their life go from the assembler to the recycler. */
function takeBack({ voice, perStatement }: World, turn: Turn, at: number): Step[] {
  const packs = turn.assembler.stock.splice(0, sizes(perStatement).packs);
  if (packs.length === 0) return [];
  const { step, sent } = voice.dispatch(turn.assembler, turn.source, packs, at);
  const arrival = voice.receipt(turn.source, sent, at);
  turn.lots = [...turn.lots, ...arrival.received];
  return [step, arrival.step];
}

function recycle({ voice, dice, perStatement }: World, turn: Turn, at: number): Step[] {
  if (turn.source.role !== 'recycler') return [];
  const outputs = recycledParts(turn.lots, sizes(perStatement).scrap, dice);
  const { step, born } = voice.production(
    turn.source,
    { process: 'recycle', inputs: turn.lots, outputs },
    at,
  );
  turn.lots = born;
  return [step];
}

function send({ voice }: World, turn: Turn, [from, to]: readonly [Site, Site], at: number): Step[] {
  const { step, sent } = voice.dispatch(from, to, turn.lots, at);
  turn.sent = sent;
  return [step];
}

function receive({ voice }: World, turn: Turn, to: Site, at: number): Step[] {
  if (turn.sent === null) throw new Error('Nothing is on its way');
  const { step, received } = voice.receipt(to, turn.sent, at);
  turn.sent = null;
  turn.lots = received;
  return [step];
}

/** All that was delivered joins the rolling stock: from then on, each ingot has every delivery before it as ancestor. */
function smelt({ voice, dice, perStatement }: World, turn: Turn, at: number): Step[] {
  const { smelter, lots } = turn;
  const inputs = smelter.rolling === null ? lots : [smelter.rolling, ...lots];
  const ingots = { count: sizes(perStatement).ingots, share: 780n, commodity: INGOTS };
  const stock = { count: 1, share: 200n, commodity: INGOTS };
  const outputs = [...partsOf(inputs, stock, dice), ...partsOf(inputs, ingots, dice)];
  const { step, born } = voice.production(smelter, { process: 'smelt', inputs, outputs }, at);
  const [rolling, ...rest] = born;
  smelter.rolling = rolling ?? null;
  turn.lots = rest;
  return [step];
}

/** An auditor looks at one ingot in every other turn. */
function assay({ voice, dice }: World, turn: Turn, at: number): Step[] {
  const [ingot] = turn.lots;
  if (ingot === undefined || dice.int(0, 1) === 0) return [];
  return [voice.attestation({ auditor: turn.auditor, subject: ingot.lot, until: at + YEAR }, at)];
}

/** From the oldest ingots of the stock, whichever smelter they came from. */
function make({ voice, dice, perStatement }: World, turn: Turn, at: number): Step[] {
  const { maker } = turn;
  maker.stock.push(...turn.lots);
  const { ingots, cells } = sizes(perStatement);
  const inputs = maker.stock.splice(0, ingots + dice.int(-1, 1));
  if (inputs.length === 0) inputs.push(...maker.stock.splice(0));
  const outputs = partsOf(inputs, { count: cells, share: 960n, commodity: CELLS }, dice);
  const { step, born } = voice.production(maker, { process: 'manufacture', inputs, outputs }, at);
  turn.lots = born;
  return [step];
}

function assemble({ voice, dice, perStatement }: World, turn: Turn, at: number): Step[] {
  const { assembler, lots } = turn;
  const outputs = partsOf(lots, { count: sizes(perStatement).packs, share: 1_000n, commodity: PACKS }, dice);
  const { step, born } = voice.production(assembler, { process: 'assemble', inputs: lots, outputs }, at);
  assembler.stock.push(...born);
  return [step];
}
