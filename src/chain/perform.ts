import { setTimeout as sleep } from 'node:timers/promises';
import type { Hex } from '../protocol/hex.ts';
import { MAX_GAS, type Refusal, refusalIn } from './refusals.ts';
import { NodeError } from './rpc.ts';
import type { Receipt, Sender, TransactionRequest } from './sender.ts';

/** The contract refused a transaction; nothing happened. */
export class TransactionRefused extends Error {
  override readonly name = 'TransactionRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

export type PerformOptions = { readonly timeoutMs?: number; readonly pollMs?: number };

export type Performed = Receipt & { readonly transaction: Hex };

/**
 * Sends one transaction and waits until a block holds it: for the few that people start by hand. `to` null deploys.
 * @throws TransactionRefused, ChainUnavailable, or Error where it was not mined in time (2 minutes): it may be yet
 */
export async function perform(
  sender: Sender,
  call: Pick<TransactionRequest, 'to' | 'data' | 'value'>,
  { timeoutMs = 120_000, pollMs = 200 }: PerformOptions = {},
): Promise<Performed> {
  const gas = withMargin(await estimate(sender, call));
  const [nonce, fees] = await Promise.all([sender.nonce(), sender.fees()]);
  const { raw, hash } = sender.sign({ ...call, nonce, gas, fees });
  const [outcome] = await sender.broadcast([raw]);
  if (outcome?.status !== 'sent' && outcome?.status !== 'unclear')
    throw new Error(`The chain did not take the transaction of ${sender.address}: ${outcome?.message}`);
  for (let waited = 0; waited <= timeoutMs; waited += pollMs) {
    const [receipt] = await sender.receipts([hash]);
    if (receipt?.succeeded) return { ...receipt, transaction: hash };
    if (receipt)
      throw new Error(
        `Transaction ${hash} failed in block ${receipt.block}: the state changed meanwhile. Try again.`,
      );
    await sleep(pollMs);
  }
  throw new Error(
    `Transaction ${hash} was not mined within ${timeoutMs / 1000} s. It may be later: look before trying again.`,
  );
}

/** A quarter more than estimated, for a state that moves meanwhile; never above what a transaction may use. */
export function withMargin(gas: bigint): bigint {
  const ample = (gas * 5n) / 4n;
  return ample < MAX_GAS ? ample : MAX_GAS;
}

async function estimate(sender: Sender, call: Parameters<Sender['estimate']>[0]): Promise<bigint> {
  try {
    return await sender.estimate(call);
  } catch (error) {
    const refusal = error instanceof NodeError ? refusalIn(error) : null;
    throw refusal ? new TransactionRefused(refusal) : error;
  }
}
