import type { Hex } from '../src/protocol/hex.ts';
import { type Birth, birthsOf } from '../src/protocol/lots.ts';
import type { Dispatch, Production } from '../src/protocol/statements.ts';
import type { Signed } from './ledger.ts';
import { drum, drums, type Party, type Story } from './story.ts';

/** A lot as its holder knows it: what is presented to spend it. */
export type Lot = Birth & { readonly lot: Hex; readonly head: Hex };

/** A signed production, with what a correction presents, and the lots that it makes. */
export type Made = Signed & {
  readonly message: Production;
  readonly spent: readonly Lot[];
  readonly lots: Lot[];
};

/** Lots mined and not sent yet. */
export function registering(story: Story, number: number, party: Party = story.miner): Promise<Made> {
  return producing(story, party, story.production(party, 'extract', [], drums('mined', number)));
}

/** Spends lots, all of them, into so many equal ones. */
export function transforming(story: Story, spent: readonly Lot[], number: number): Promise<Made> {
  const total = spent.reduce((sum, { output }) => sum + output.milligrams, 0n);
  const outputs = Array.from({ length: number }, (_, index) =>
    drum(total / BigInt(number), spent[index]?.lot ?? '0x'),
  );
  return producing(story, story.refiner, story.production(story.refiner, 'refine', spent, outputs), spent);
}

export async function producing(
  { ledger }: Story,
  party: Party,
  statement: ReturnType<Story['production']>,
  spent: readonly Lot[] = [],
): Promise<Made> {
  const signed = await ledger.sign(statement, party, spent.map(birthOf));
  const made = birthsOf(signed.id, statement.message.outputs);
  return {
    ...signed,
    message: statement.message,
    spent,
    lots: made.map((birth) => ({ ...birth, head: birth.lot })),
  };
}

export async function dispatching(
  story: Story,
  lots: readonly Lot[],
): Promise<Signed & { message: Dispatch }> {
  const statement = story.dispatch(lots);
  return { ...(await story.ledger.sign(statement, story.miner)), message: statement.message };
}

export function receiving(
  story: Story,
  lots: readonly Lot[],
  dispatch: Pick<Signed, 'id'> & { message: Dispatch },
): Promise<Signed> {
  return story.ledger.sign(story.receipt(dispatch.id, lots), story.refiner, dispatch.message);
}

/** Presents the production and the births of its inputs again. */
export function correcting(story: Story, { id, message, spent }: Made): Promise<Signed> {
  return story.ledger.sign(story.correction(id), story.refiner, message, spent.map(birthOf));
}

/** Lots that the miner holds. */
export async function registered(story: Story, number: number): Promise<Lot[]> {
  const made = await registering(story, number);
  await story.ledger.send(made);
  return made.lots;
}

/** Lots that the refiner holds, received from the miner. */
export async function delivered(story: Story, number: number): Promise<Lot[]> {
  const lots = await registered(story, number);
  const dispatch = await dispatching(story, lots);
  await story.ledger.send(dispatch);
  const receipt = await receiving(story, lots, dispatch);
  await story.ledger.send(receipt);
  return lots.map((lot) => ({ ...lot, head: receipt.id }));
}

function birthOf({ production, index, output }: Lot): Birth {
  return { production, index, output };
}
