import type { Hex } from '../../src/protocol/hex.ts';
import { id } from '../store/ledger.ts';

/** Choices that follow from a seed. When things happen also depends on the machine. */
export class Dice {
  readonly #seed: number;
  #count = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** 32 bytes that nobody had before. */
  bytes(): Hex {
    this.#count += 1;
    return id(`chaos ${this.#seed} ${this.#count}`);
  }

  /** A whole number below `limit`. */
  below(limit: number): number {
    return Number(BigInt(this.bytes()) % BigInt(limit));
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}
