import { type LedgerCall, submitCall } from '../chain/calls.ts';
import { withMargin } from '../chain/perform.ts';
import { MAX_GAS } from '../chain/refusals.ts';
import type { Hex } from '../protocol/hex.ts';

/** A statement that is ready to be sent. `gas`: as estimated; `alone`: an earlier try fell short, so it risks nobody else. */
export type Cargo = {
  readonly id: Hex;
  readonly call: LedgerCall;
  readonly gas: bigint;
  readonly alone: boolean;
};

/** What one transaction carries: calldata that records these statements, in this order. */
export type Parcel = { readonly ids: readonly Hex[]; readonly data: Hex; readonly gas: bigint };

/** A chain's blocks have room for others besides us, and for the batch that misses one. */
const BATCH_GAS = (MAX_GAS * 3n) / 4n;
/** Of calldata: nodes' pools turn transactions of 128 KiB away. */
const BATCH_BYTES = 60_000;
/**
 * What the ledger lets a smart account use when it asks it for a signature, and keeps in hand before it asks. So an
 * estimate below that has none, and one above may be of an account that answers at more cost once it is in a block.
 */
const ASKING_GAS = 400_000n;

/** Gas: what a block of the chain holds, and what the account can pay for. */
export type Means = { readonly block: bigint; readonly affordable: bigint };

/**
 * Packs statements that the ledger accepts, in order: many to a transaction, so that each is sure of all the gas that it
 * may need. Those that go alone go last, with as much gas as a transaction may have: they hold up nobody.
 */
export function pack(cargo: readonly Cargo[], { block, affordable }: Means): Parcel[] {
  const most = least(MAX_GAS, block);
  const batches = batchesOf(
    cargo.filter(({ alone }) => !alone),
    least(BATCH_GAS, block / 2n, affordable),
  );
  const alone = cargo.filter((item) => item.alone);
  return [
    ...batches.map((batch) => parcelOf(batch, most)),
    ...alone.map((item) => ({ ...parcelOf([item], most), gas: ampleFor(item, least(most, affordable)) })),
  ];
}

function batchesOf(cargo: readonly Cargo[], gasLimit: bigint): Cargo[][] {
  const batches: Cargo[][] = [];
  let [gas, bytes] = [gasLimit, 0];
  for (const item of cargo) {
    gas += allowanceOf(item);
    bytes += bytesOf(item);
    const isFull = gas > gasLimit || bytes > BATCH_BYTES;
    if (isFull) [gas, bytes] = [allowanceOf(item), bytesOf(item)];
    if (isFull) batches.push([item]);
    else batches.at(-1)?.push(item);
  }
  return batches;
}

/** One statement is sent by its own function: cheaper, and plain to whoever reads the chain. */
function parcelOf(batch: readonly Cargo[], most: bigint): Parcel {
  const ids = batch.map(({ id }) => id);
  const calls = batch.map(({ call }) => call);
  const gas = batch.reduce((sum, item) => sum + allowanceOf(item), 0n);
  const [first] = calls;
  const { data } = calls.length === 1 && first ? first : submitCall(calls);
  return { ids, data, gas: least(gas, most) };
}

/**
 * What a statement gets. Each estimate holds the cost of a transaction, which a batch pays once: that and the margin
 * cover the batch's own work, and the 64th that each call leaves to its caller (EIP-150).
 */
function allowanceOf({ gas }: Cargo): bigint {
  return withMargin(gas) + (gas < ASKING_GAS ? 0n : ASKING_GAS);
}

function bytesOf({ call }: Cargo): number {
  return call.data.length / 2;
}

/** Less than it may need would be spent in vain, however little there is. */
function ampleFor(item: Cargo, gas: bigint): bigint {
  const needed = least(allowanceOf(item), MAX_GAS);
  return gas < needed ? needed : gas;
}

function least(first: bigint, ...others: readonly bigint[]): bigint {
  return others.reduce((a, b) => (a < b ? a : b), first);
}
