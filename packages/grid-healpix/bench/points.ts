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

/** Points along four orbits of 88 degrees inclination, scattered by a metre across. */
export function trackPoints(count: number): Points {
  const next = generator(42);
  const lonDeg = new Float64Array(count);
  const latDeg = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const angle = (8 * Math.PI * k) / count;
    const tilt = (88 * Math.PI) / 180;
    const node = Math.atan2(Math.cos(tilt) * Math.sin(angle), Math.cos(angle));
    latDeg[k] = (Math.asin(Math.sin(tilt) * Math.sin(angle)) * 180) / Math.PI + 1e-5 * next();
    lonDeg[k] = (node * 180) / Math.PI - (23.6 * angle) / (2 * Math.PI) + 1e-5 * next();
  }
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
