// Contenders taken in turn, once to warm up and then round by round; medians.

/** @param {Record<string, () => number | Promise<number>>} contenders each returns its seconds */
export async function takeTurns(contenders, rounds) {
  const seconds = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) {
      const took = await run();
      if (round >= 0) seconds[name].push(took);
    }
  }
  return Object.fromEntries(Object.entries(seconds).map(([name, all]) => [name, median(all)]));
}

/** Seconds that a function takes. */
export function seconds(run) {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

/**
 * `ours 12.3 M/s; 1.8x healpy, 9.5x plain`. `scale` is how many of the points a contender was given, if not all; with `cells`
 * the rate of those is told too.
 */
export function ratios(label, points, medians, { cells, ...scale } = {}) {
  const rate = (name) => (points * (scale[name] ?? 1)) / medians[name];
  const rivals = Object.keys(medians).filter((name) => name !== "ours");
  const compared = rivals.map((name) => `${(rate("ours") / rate(name)).toFixed(2)}x ${name}`).join(", ");
  const perCell = cells === undefined ? "" : ` (${thousands(cells / medians.ours)} cells/s)`;
  const speed = `${(rate("ours") / 1e6).toFixed(1).padStart(5)} M/s${perCell}`;
  console.log(`${label.padEnd(44)} ours ${speed}; ${compared}`);
}

function thousands(number) {
  return Math.round(number).toLocaleString("en-US");
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
