import type { LedgerBlock, LedgerEvent } from '../src/chain/events.ts';
import { processes } from '../src/protocol/codes.ts';
import { type Hex, hex, ZERO_BYTES32 } from '../src/protocol/hex.ts';
import { birthsOf } from '../src/protocol/lots.ts';
import type { Output, Statement } from '../src/protocol/statements.ts';
import { createIndexStore } from '../src/store/index-store.ts';
import type { Db } from '../src/store/schema.ts';
import { account } from './chain.ts';

const OUTPUTS = 5;
/** Every so many productions, two of the lots that descend are blended, not one. */
const BLENDS = 3;
const FRESH_AT_ONCE = 50;
const EVENTS_PER_BLOCK = 200;
const T0 = 1_790_000_000;
const COBALT = 27;
const identity = { chainId: 31_337, ledger: account('recall ledger').address, deployedAt: 1 };
const holders = Array.from({ length: 20 }, (_, index) => account(`holder ${index}`).address);

/**
 * Puts a network into the store, straight as blocks: one lot goes into productions that blend it with others, and so on,
 * until so many lots descend from it. Ids of statements are counted, not hashed: only the store reads them.
 *
 * @returns the lot that everything comes from
 */
export async function fillWithDescendants(
  db: Db,
  count: number,
  onProgress: (done: number) => void,
): Promise<Hex> {
  const store = createIndexStore(db);
  await store.bind(identity);
  const network = new Network();
  const [subject] = network.origin([10n ** 18n]) as [Hex];
  const waiting = [subject];
  let descendants = 0;
  while (descendants < count) {
    const first = waiting.shift() as Hex;
    const second = network.isBlend ? waiting.shift() : undefined;
    const born = network.make([first, ...(second ? [second] : []), network.fresh()]);
    descendants += born.length;
    waiting.push(...born);
    for (const block of network.fullBlocks()) {
      await store.extend([block]);
      onProgress(descendants);
    }
  }
  await store.extend([network.lastBlock()]);
  onProgress(descendants);
  return subject;
}

class Network {
  readonly #content = new Map<Hex, bigint>();
  #events: LedgerEvent[] = [];
  #spare: Hex[] = [];
  #statements = 0;
  #blocks = 0;
  readonly #facilities = new Map<Hex, Hex>();

  get isBlend(): boolean {
    return this.#statements % BLENDS === 0;
  }

  /** A lot that descends from nothing. */
  fresh(): Hex {
    if (this.#spare.length === 0)
      this.#spare = this.origin(Array.from({ length: FRESH_AT_ONCE }, () => 10n ** 15n));
    return this.#spare.pop() as Hex;
  }

  origin(masses: readonly bigint[]): Hex[] {
    return this.#produce([], masses, processes.declare);
  }

  /** Blends, and loses a thousandth: the parts do not come out even. */
  make(inputs: readonly Hex[]): Hex[] {
    const total = inputs.reduce((sum, input) => sum + (this.#content.get(input) ?? 0n), 0n);
    const kept = (total * 999n) / 1_000n;
    const masses = Array.from({ length: OUTPUTS }, (_, index) => (kept * BigInt(index + 1)) / 15n);
    return this.#produce(inputs, masses, processes.blend);
  }

  *fullBlocks(): Generator<LedgerBlock> {
    while (this.#events.length >= EVENTS_PER_BLOCK)
      yield this.#block(this.#events.splice(0, EVENTS_PER_BLOCK));
  }

  lastBlock(): LedgerBlock {
    return this.#block(this.#events.splice(0));
  }

  #produce(inputs: readonly Hex[], masses: readonly bigint[], process: number): Hex[] {
    const custodian = holders[this.#statements % holders.length] as Hex;
    const facility = this.#facilityOf(custodian);
    const outputs = masses.map((milligrams): Output => {
      const content = [{ material: COBALT, recycled: false, milligrams }];
      return { commodity: 260_500, milligrams: milligrams * 2n, content, evidence: ZERO_BYTES32 };
    });
    const id = this.#record({
      type: 'Production',
      message: {
        ...{ custodian, facility, process, custodyModel: 4, outputs },
        inputs: inputs.map((lot) => ({ lot, head: lot })),
        ...{ occurredAt: T0 + this.#blocks, evidence: ZERO_BYTES32, recordBy: T0 * 2 },
      },
    });
    return birthsOf(id, outputs).map(({ lot, output }) => {
      this.#content.set(lot, output.content[0]?.milligrams ?? 0n);
      return lot;
    });
  }

  #facilityOf(operator: Hex): Hex {
    const known = this.#facilities.get(operator);
    if (known) return known;
    const message = { operator, kind: 7, country: 180, evidence: ZERO_BYTES32, recordBy: T0 };
    const facility = this.#record({ type: 'FacilityRegistration', message });
    this.#facilities.set(operator, facility);
    return facility;
  }

  #record(statement: Statement): Hex {
    this.#statements += 1;
    const id = numbered(1, this.#statements);
    this.#events.push({ kind: 'statement', id, statement, signer: holders[0] as Hex, signature: '0x' });
    return id;
  }

  #block(events: readonly LedgerEvent[]): LedgerBlock {
    this.#blocks += 1;
    return {
      number: this.#blocks,
      hash: numbered(2, this.#blocks),
      parent: numbered(2, this.#blocks - 1),
      time: T0 + this.#blocks,
      events: events.map((event, logIndex) => ({
        logIndex,
        transaction: numbered(3, this.#blocks),
        event,
      })),
    };
  }
}

function numbered(kind: number, count: number): Hex {
  return hex(`0x${kind}${String(count).padStart(63, '0')}`);
}
