/** Choices that the same seed makes again (mulberry32). */
export type Dice = {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** The same for masses. */
  mass(low: bigint, high: bigint): bigint;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** One of the items, or none where there is none. */
  maybe<T>(items: readonly T[]): T | undefined;
  /** Some of the items, in another order. */
  some<T>(items: readonly T[], most: number): T[];
  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T;
  bytes32(): `0x${string}`;
};

export function rollDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error('There is nothing to pick from');
    return items[int(0, items.length - 1)] as T;
  };
  return {
    int,
    mass: (low, high) => low + (BigInt(Math.floor(next() * 2 ** 32)) * (high - low + 1n)) / 2n ** 32n,
    chance: (probability) => next() < probability,
    pick,
    maybe: (items) => (items.length === 0 ? undefined : pick(items)),
    some: (items, most) => {
      const rest = [...items];
      const count = Math.min(rest.length, int(1, most));
      return Array.from({ length: count }, () => rest.splice(int(0, rest.length - 1), 1)).flat();
    },
    weighted: (items) => {
      let at = next() * items.reduce((total, [weight]) => total + weight, 0);
      for (const [weight, item] of items) {
        at -= weight;
        if (at < 0) return item;
      }
      return pick(items)[1];
    },
    bytes32: () => {
      const words = Array.from({ length: 8 }, () =>
        Math.floor(next() * 2 ** 32)
          .toString(16)
          .padStart(8, '0'),
      );
      return `0x${words.join('')}`;
    },
  };
}
