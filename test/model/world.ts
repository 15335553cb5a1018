import type { Hex } from '../../src/protocol/hex.ts';
import { type Domain, ledgerDomain } from '../../src/protocol/statements.ts';
import type { Call, Emitted, Verdict } from './acts.ts';
import { type Archive, emptyArchive, remember } from './archive.ts';
import { type Book, emptyBook } from './book.ts';
import { accreditor, type Cast, castOf, contractPlans, registrar, stranger } from './cast.ts';
import {
  allCells,
  answerOf,
  type Cell,
  cellText,
  namedCells,
  questionOf,
  readAnswer,
  strangeCells,
} from './cells.ts';
import { type Answer, CHAIN_ID, type Chain, openChain } from './chain.ts';
import {
  batchLogs,
  decodeLogs,
  type Expected,
  faultDifferences,
  isFault,
  logDifferences,
} from './compare.ts';
import type { Dice } from './draw/dice.ts';
import type { Stage } from './draw/stage.ts';
import { type Fold, foldEvent, openFold } from './fold.ts';
import { roles } from './ids.ts';
import { brokenInvariants } from './invariants.ts';
import type { Judge } from './model.ts';
import { count, type Tally } from './tally.ts';
import { openWatch, type Watch } from './watch.ts';
import { decodeFault, encodeBatch, encodeCall, faultText } from './wire.ts';

/** Contract and model disagree, or an invariant does not hold. */
export class Difference extends Error {}

/** One ledger on one chain, beside the model of it. */
export type World = {
  readonly chain: Chain;
  readonly domain: Domain;
  readonly cast: Cast;
  readonly tally: Tally;
  readonly judge: Judge;
  /** Is told of whatever is sent. */
  readonly trace: Trace;
  /** The model's books. */
  book: Book;
  /** The statements that the model accepted. */
  archive: Archive;
  /** The books as the chain's events alone give them. */
  readonly fold: Fold;
  readonly watch: Watch;
  readonly past: Call[];
  /** The last block's time. */
  now: number;
  /** How many answers were compared. */
  answers: number;
};

/** What is sent: a call as it is, or several in one `submit`; bytes stand for a call that the model does not know. */
export type Sending = {
  readonly sender: Hex;
  readonly calls: readonly (Call | Hex)[];
  readonly isBatch: boolean;
  readonly verdicts: readonly Verdict[];
  readonly gas?: number;
};

/** Every so many logs, their encoding is compared byte for byte as well. */
const CHECK_LOGS_EVERY = 7;

export type Trace = (line: string) => void;
export type WorldOptions = Pick<World, 'tally' | 'judge' | 'trace'>;

/** @param start the time of its first block */
export async function openWorld(start: number, options: WorldOptions): Promise<World> {
  const chain = await openChain({ start, registrar, accreditor, contracts: contractPlans });
  const cast = castOf(chain.contracts);
  return {
    chain,
    domain: ledgerDomain(CHAIN_ID, chain.ledger),
    cast,
    ...options,
    book: bookAtBirth(),
    archive: emptyArchive(),
    fold: openFold(bookAtBirth()),
    watch: openWatch(cast.keyring),
    past: [],
    now: start + 60,
    answers: 0,
  };
}

/** The constructor gives out the roles. */
function bookAtBirth(): Book {
  const book = emptyBook();
  book.roles.set(roles.REGISTRAR, new Set([registrar])).set(roles.ACCREDITOR, new Set([accreditor]));
  return book;
}

export function stageOf(world: World, dice: Dice, sender: Hex): Stage {
  const { book, domain, cast, archive, past, now } = world;
  return { book, domain, keyring: cast.keyring, now, sender, dice, cast, archive, past };
}

/** What the model says of a call; bytes that are no call revert without a reason. */
export function judged(world: World, sender: Hex, call: Call | Hex): Verdict {
  if (typeof call === 'string') return { fault: { name: 'Reverted', args: ['0x'] } };
  const { book, domain, cast, now } = world;
  const verdict = world.judge({ book, domain, keyring: cast.keyring, now, sender }, call);
  if (!isFault(verdict)) for (const event of verdict.events) remember(world.archive, event);
  world.past.push(call);
  return verdict;
}

/** Sends, and compares error, events and what was named. @throws Difference */
export async function play(world: World, sending: Sending): Promise<void> {
  const { calls, isBatch, verdicts } = sending;
  world.trace(`${new Date(world.now * 1000).toISOString()} ${sending.sender}: ${described(sending)}`);
  const data = calls.map((call) => (typeof call === 'string' ? call : encodeCall(call)));
  const answer = await world.chain.send({
    from: sending.sender,
    data: isBatch ? encodeBatch(data) : (data[0] as Hex),
    time: world.now,
    ...(sending.gas && { gas: sending.gas }),
  });
  world.answers += 1;
  const [only] = verdicts;
  const isRefused = !isBatch && only !== undefined && isFault(only);
  const expected = isRefused ? only : batchLogs(verdicts);
  const differences = answerDifferences(world, expected, answer);
  if (differences.length > 0) throw new Difference(differences.join('\n'));
  tallyUp(world, verdicts);
  const accepted = calls.filter((_, index) => !isFault(verdicts[index] as Verdict));
  const cells = accepted.flatMap((call) => (typeof call === 'string' ? [] : namedCells(world.domain, call)));
  await compareCells(world, cells, world.book);
}

type Wanted = Parameters<typeof faultDifferences>[0] | readonly Expected[];

/** Compares an answer, and folds what it logged. */
function answerDifferences(world: World, expected: Wanted, answer: Answer): string[] {
  const mustFail = 'fault' in expected;
  if ('revert' in answer) {
    if (!mustFail) return ['expected success', `got      ${faultText(decodeFault(answer.revert))}`];
    return faultDifferences(expected, answer.revert);
  }
  const logged = decodeLogs(answer.logs, world.answers % CHECK_LOGS_EVERY === 0);
  if (mustFail)
    return [`expected ${faultText(expected.fault)}`, `got      ${logged.map(({ name }) => name).join(', ')}`];
  return [...logDifferences(expected, logged), ...logged.flatMap((event) => witnessed(world, event))];
}

function witnessed({ watch, fold, now }: World, event: Emitted): string[] {
  const offences = watch.check(fold, event, now);
  foldEvent(fold, event, now);
  return offences;
}

/**
 * Sends with little gas: the ledger does all, or nothing at all, and never takes the lack of gas for another fault.
 * @returns whether all was done
 */
export async function playStarved(
  world: World,
  sending: Sending,
  before: Pick<World, 'book' | 'archive'>,
): Promise<void> {
  try {
    await play(world, sending);
  } catch (error) {
    if (!(error instanceof Difference) || !isLackOfGas(error.message)) throw error;
    count(world.tally.refused, 'GasTooLow');
    world.tally.statements += sending.calls.length;
    Object.assign(world, before);
  }
}

const isLackOfGas = (message: string): boolean => /got {6}(GasTooLow\(\)|Reverted\(0x\))$/.test(message);

/** Sends what no state may accept. @throws Difference where it was not refused */
export async function playForbidden(world: World, data: Hex, why: string): Promise<void> {
  world.trace(`${why}: ${data}`);
  const answer = await world.chain.send({ from: stranger, data, time: world.now });
  world.tally.statements += 1;
  if (!('revert' in answer)) throw new Difference(`${why} was accepted`);
  count(world.tally.refused, faultText(decodeFault(answer.revert)).split('(')[0] as string);
}

/** Compares the whole state with the model's and with the fold's, and checks what must hold of the whole. */
export async function sweep(world: World): Promise<void> {
  const cells = [...allCells(world.book), ...strangeCells(stranger)];
  await compareCells(world, cells, world.book);
  const odd = [...allCells(world.book), ...allCells(world.fold.book)].find(
    (cell) => answerOf(world.book, cell) !== answerOf(world.fold.book, cell),
  );
  if (odd) {
    const [model, fold] = [answerOf(world.book, odd), answerOf(world.fold.book, odd)];
    throw new Difference(`I13: ${cellText(odd)} is ${model}, and the events give ${fold}`);
  }
  const offences = brokenInvariants(world.fold);
  if (offences.length > 0) throw new Difference(offences.join('\n'));
}

async function compareCells(world: World, cells: readonly Cell[], book: Book): Promise<void> {
  for (const cell of cells) {
    const got = readAnswer(cell, await world.chain.call(questionOf(cell)));
    world.tally.reads += 1;
    const expected = answerOf(book, cell);
    if (got !== expected) throw new Difference(`${cellText(cell)}\nexpected ${expected}\ngot      ${got}`);
  }
}

function tallyUp({ tally }: World, verdicts: readonly Verdict[]): void {
  for (const verdict of verdicts) {
    tally.statements += 1;
    if (isFault(verdict)) count(tally.refused, verdict.fault.name);
    else {
      tally.accepted += 1;
      for (const { name } of verdict.events) count(tally.events, name);
    }
  }
}

function described({ calls, isBatch }: Sending): string {
  const texts = calls.map((call) => (typeof call === 'string' ? call : callText(call)));
  return isBatch
    ? `submit of\n${texts.map((text, index) => `  ${index} ${text}`).join('\n')}`
    : (texts[0] ?? 'nothing');
}

export function callText({ method, args, encoding }: Call): string {
  const json = JSON.stringify(args, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  return `${method}${encoding ? ` (encoded with a ${encoding})` : ''} ${json}`;
}
