import { type PairKey, pairKey, pairOf } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';

const COUNT = 4;

/** Writes bytes, one value after the other. */
export class Writer {
  readonly #parts: Buffer[] = [];

  number(value: number, length: number): void {
    const part = Buffer.alloc(length);
    part.writeUIntBE(value, 0, length);
    this.#parts.push(part);
  }

  /** A whole number in as few bytes as it needs, seven bits each, the lowest first. */
  whole(value: number | bigint): void {
    const part: number[] = [];
    let rest = BigInt(value);
    for (; rest > 127n; rest >>= 7n) part.push(Number(rest & 127n) | 128);
    this.#parts.push(Buffer.of(...part, Number(rest)));
  }

  /** The same for one that may be below zero. */
  signed(value: number): void {
    this.whole(value < 0 ? -2 * value - 1 : 2 * value);
  }

  hex(value: Hex): void {
    this.#parts.push(Buffer.from(value.slice(2), 'hex'));
  }

  pair(key: PairKey): void {
    const { material, recycled } = pairOf(key);
    this.#parts.push(Buffer.of(material, recycled ? 1 : 0));
  }

  units(value: bigint): void {
    const digits = value.toString(16);
    const part = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
    this.number(part.length, 1);
    this.#parts.push(part);
  }

  list<Item>(items: readonly Item[], write: (item: Item) => void): void {
    this.number(items.length, COUNT);
    for (const item of items) write(item);
  }

  amounts(amounts: ReadonlyMap<PairKey, bigint>): void {
    this.list(inOrder(amounts), ([pair, units]) => {
      this.pair(pair);
      this.units(units);
    });
  }

  written(): Hex {
    return `0x${Buffer.concat(this.#parts).toString('hex')}`;
  }
}

/** Reads what a `Writer` wrote, in the same order. */
export class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  /** @throws RangeError where the first byte is another form's than `version` */
  constructor(bytes: Hex, version: number) {
    this.#bytes = Buffer.from(bytes.slice(2), 'hex');
    const form = this.number(1);
    if (form !== version) throw new RangeError(`A summary of form ${form}; this version reads ${version}`);
  }

  number(length: number): number {
    this.#at += length;
    return this.#bytes.readUIntBE(this.#at - length, length);
  }

  whole(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.number(1);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  }

  signed(): number {
    const value = Number(this.whole());
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  hex(length: number): Hex {
    this.#at += length;
    return `0x${this.#bytes.toString('hex', this.#at - length, this.#at)}`;
  }

  pair(): PairKey {
    const material = this.number(1);
    return pairKey(material, this.number(1) === 1);
  }

  units(): bigint {
    return BigInt(this.hex(this.number(1)));
  }

  list<Item>(read: () => Item): Item[] {
    return Array.from({ length: this.number(COUNT) }, read);
  }

  amounts(): Map<PairKey, bigint> {
    return new Map(this.list(() => [this.pair(), this.units()] as const));
  }
}

/** The entries of a map in the order of their keys. */
export function inOrder<Value>(map: ReadonlyMap<string, Value>): [Hex, Value][] {
  return ([...map] as [Hex, Value][]).sort(([a], [b]) => (a < b ? -1 : 1));
}
