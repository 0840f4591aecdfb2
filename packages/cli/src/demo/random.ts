/** Small seeded random numbers: the same seed gives the same granules everywhere. */

/** Returns the next number in [0, 1). */
export type Random = () => number;

const STEP = 0x6d2b79f5;

/** Mulberry32 (Tommy Ettinger, 2017, public domain): 32 bits of state, period 2^32. */
export function createRandom(...seeds: readonly number[]): Random {
  let state = seeds.reduce((mixed, seed) => scramble(mixed ^ seed), 0x9e3779b9);
  return () => {
    state = (state + STEP) | 0;
    return scramble(state) / 2 ** 32;
  };
}

function scramble(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}

/** A number of mean 0, variance 1 and near-normal spread: the sum of four uniform ones (Irwin–Hall), within ±3.5. */
export function nearlyNormal(random: Random): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3);
}
