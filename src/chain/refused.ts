import { Interface } from 'ethers/abi';
import { ledgerAbi } from '../protocol/abi.generated.ts';
import type { Hex } from '../protocol/hex.ts';
import { abiReader, parametersOf } from './abi-words.ts';
import type { LogContent } from './decode.ts';

/** A call of a batch that the ledger refused: its index in the batch, and the revert's data (see refusals.ts). */
export type RefusedCall = { readonly index: number; readonly reason: Hex };

const event = new Interface(ledgerAbi).getEvent('Refused');
if (event === null) throw new Error('The ABI has no event Refused');
const topic = event.topicHash;
const read = abiReader(parametersOf(event.inputs));

/**
 * What a batch's transaction says of the calls that were refused, in their order. Every other call took effect.
 * @param logs those of the transaction's receipt
 */
export function refusedCalls(
  ledger: Hex,
  logs: readonly (LogContent & { readonly address: Hex })[],
): RefusedCall[] {
  const ofLedger = logs.filter(({ address, topics }) => address === ledger && topics[0] === topic);
  return ofLedger.map(({ data }) => {
    const { index, reason } = read(data);
    return { index: Number(index), reason: reason as Hex };
  });
}
