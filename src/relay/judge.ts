import { recordCall } from '../chain/calls.ts';
import type { Log } from '../chain/log.ts';
import type { LedgerNode } from '../chain/node.ts';
import { MAX_GAS, type Refusal, refusalIn } from '../chain/refusals.ts';
import { NodeError } from '../chain/rpc.ts';
import { isOutOfFunds, type Sender } from '../chain/sender.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Cargo } from './parcels.ts';
import type { Outbox, OutboxStatement } from './port.ts';
import type { Setbacks } from './setbacks.ts';

/** What judging takes. */
export type Bench = {
  readonly node: LedgerNode;
  readonly sender: Sender;
  readonly outbox: Outbox;
  readonly log: Log;
  readonly setbacks: Setbacks;
};

/** What to send; or what the ledger says against it; or that the node could not say. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly cargo: Cargo }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unclear' };

export type Judged = { readonly item: OutboxStatement; readonly verdict: Verdict };

/** How many statements are simulated at a time: nodes turn those away who ask too much at once. */
const AT_A_TIME = 16;

/**
 * Judges each statement by itself, on the present state. So those that it accepts do not build on each other, and one
 * that builds on another waits until the state has that.
 */
export async function judgeAll(items: readonly OutboxStatement[], bench: Bench): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (let start = 0; start < items.length; start += AT_A_TIME) {
    const few = items.slice(start, start + AT_A_TIME);
    judged.push(
      ...(await Promise.all(few.map(async (item) => ({ item, verdict: await judge(item, bench) })))),
    );
  }
  return judged;
}

async function judge({ id, refused, ...item }: OutboxStatement, bench: Bench): Promise<Verdict> {
  const { node, outbox, log, setbacks } = bench;
  const call = recordCall(item.statement, item.witness, item.signature);
  try {
    const gas = await gasOrRefusal(bench, { to: node.ledger, data: call.data });
    if (typeof gas !== 'bigint') return { kind: 'refused', refusal: gas };
    if (setbacks.failsForGood(id)) return { kind: 'refused', refusal: failsForGood };
    if (refused !== null) await outbox.clearRefusal(id);
    return { kind: 'accepted', cargo: { id, call, gas, alone: setbacks.goesAlone(id) } };
  } catch (error) {
    if (!(error instanceof NodeError) || isOutOfFunds(error)) throw error;
    log.error({ id, err: error }, 'the node failed on a statement; trying again later');
    setbacks.add(id, 'odd');
    return { kind: 'unclear' };
  }
}

/**
 * The gas of a call that the ledger accepts, or its refusal. An estimate that succeeds says both. One that meets a
 * refusal may have met it for want of gas: the simulation, with all the gas of a transaction, has the last word. Where
 * the two differ, the state moved in between, or the statement's author has it judged by a contract that answers as it
 * likes: what the estimate met then holds for the moment.
 */
async function gasOrRefusal(
  { sender, node }: Bench,
  call: { to: Hex; data: Hex },
): Promise<bigint | Refusal> {
  try {
    return await sender.estimate(call);
  } catch (error) {
    const met = error instanceof NodeError ? refusalIn(error) : null;
    if (met === null) throw error;
    const refusal = await node.simulate(call.data);
    if (refusal !== null) return refusal;
    // The node tried it with less gas than the simulation had: that says nothing of the statement.
    if (met.code === 'gas-too-low') return MAX_GAS;
    return { ...met, permanent: false };
  }
}

/** A later state may still accept it: sent again, it is tried again. */
const failsForGood: Refusal = {
  code: 'reverted',
  class: 'unprocessable',
  permanent: false,
  detail:
    "The statement's transaction failed in a block, time and again, although the ledger accepted it in the simulation. " +
    'Look at the contract that judges its signature.',
  args: {},
};
