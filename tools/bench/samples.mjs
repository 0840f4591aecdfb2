// Points and values to measure with, from a seed.

/** A small generator of numbers in [0, 1): mulberry32. */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Points spread evenly over the sphere, degrees. */
export function randomPoints(count, seed = 1) {
  const next = generator(seed);
  const lon = Float64Array.from({ length: count }, () => next() * 360 - 180);
  const lat = Float64Array.from({ length: count }, () => (Math.asin(next() * 2 - 1) * 180) / Math.PI);
  return { lon, lat };
}

/** Points 0.7 m apart along orbits of 92° inclination, as photons of a beam come. */
export function trackPoints(count) {
  const step = 0.7 / 6_371_000;
  const inclination = (92 * Math.PI) / 180;
  const lon = new Float64Array(count);
  const lat = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const along = 1.2 + i * step;
    const drift = -0.0657 * along;
    lat[i] = (Math.asin(Math.sin(inclination) * Math.sin(along)) * 180) / Math.PI;
    const node = Math.atan2(Math.cos(inclination) * Math.sin(along), Math.cos(along)) + drift;
    lon[i] = (Math.atan2(Math.sin(node), Math.cos(node)) * 180) / Math.PI;
  }
  return { lon, lat };
}

/** Heights and the cell of each, in random order, float32. */
export function heights(count, cells, seed = 2) {
  const next = generator(seed);
  const cell = Int32Array.from({ length: count }, () => Math.floor(next() * cells));
  const h = Float32Array.from({ length: count }, () => 1500 + 400 * (next() + next() + next() - 1.5));
  return { cell, h };
}
