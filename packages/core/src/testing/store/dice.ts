/** Chance that repeats: the same seed throws the same. */

export interface Dice {
  /** A number from 0 up to the bound, that one excluded. */
  below(bound: number): number;
  /** True so often, from 0 to 1. */
  isBelow(share: number): boolean;
  /** A copy in another order. */
  shuffled<T>(items: readonly T[]): T[];
}

/** Mulberry32, a generator with 32 bits of state. @param seed any whole number */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const below = (bound: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound;
  };
  return {
    below,
    isBelow: (share) => below(1) < share,
    shuffled(items) {
      const result = [...items];
      for (let last = result.length - 1; last > 0; last--) {
        const other = Math.floor(below(last + 1));
        [result[last], result[other]] = [result[other]!, result[last]!];
      }
      return result;
    },
  };
}
