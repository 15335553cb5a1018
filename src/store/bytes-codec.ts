import { type PairKey, pairKey, pairOf } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';

const COUNT = 4;

const FIRST_SIZE = 4_096;

/** Writes bytes, one value after the other. */
export class Writer {
  #bytes = Buffer.allocUnsafe(FIRST_SIZE);
  #at = 0;

  number(value: number, length: number): void {
    this.#ask(length);
    this.#at = this.#bytes.writeUIntBE(value, this.#at, length);
  }

  /** A whole number in as few bytes as it needs, seven bits each, the lowest first. */
  whole(value: number | bigint): void {
    let rest = value;
    // Of what a number holds exactly, no bigint is made.
    for (; rest > Number.MAX_SAFE_INTEGER; rest = BigInt(rest) >> 7n)
      this.number(Number(BigInt(rest) & 127n) | 128, 1);
    let small = Number(rest);
    for (; small > 127; small = Math.floor(small / 128)) this.number((small % 128) | 128, 1);
    this.number(small, 1);
  }

  /** The same for one that may be below zero. */
  signed(value: number): void {
    this.whole(value < 0 ? -2 * value - 1 : 2 * value);
  }

  hex(value: Hex): void {
    const digits = value.slice(2);
    this.#ask(digits.length / 2);
    this.#at += this.#bytes.write(digits, this.#at, 'hex');
  }

  pair(key: PairKey): void {
    const { material, recycled } = pairOf(key);
    this.number(material, 1);
    this.number(recycled ? 1 : 0, 1);
  }

  units(value: bigint): void {
    const digits = value.toString(16);
    const whole = digits.length % 2 === 0 ? digits : `0${digits}`;
    this.number(whole.length / 2, 1);
    this.hex(`0x${whole}`);
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
    return `0x${this.#bytes.toString('hex', 0, this.#at)}`;
  }

  #ask(length: number): void {
    const needed = this.#at + length;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * needed);
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
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
