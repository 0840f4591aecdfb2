/** Points to measure with, the same in every run. */

export interface Points {
  readonly name: string;
  readonly lonDeg: Float64Array;
  readonly latDeg: Float64Array;
}

/** Points anywhere on the sphere, evenly. */
export function randomPoints(count: number): Points {
  const next = generator(20260801);
  const lonDeg = new Float64Array(count).map(() => 360 * next() - 180);
  const latDeg = new Float64Array(count).map(() => (Math.asin(2 * next() - 1) * 180) / Math.PI);
  return { name: "random", lonDeg, latDeg };
}

/** Points 20 m apart along a polar orbit, from the south pole on. */
export function trackPoints(count: number): Points {
  const lonDeg = new Float64Array(count).fill(-105.3);
  const latDeg = new Float64Array(count).map((_, k) => -88 + (k * 20) / 111_195);
  return { name: "along track", lonDeg, latDeg };
}

/** Uniform numbers in [0, 1): a linear congruential generator modulo 2^32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
