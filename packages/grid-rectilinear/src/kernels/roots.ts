/** Where a function of one number is zero, between bounds that hold its one root. */

/** Steps after which any bracket of doubles has closed. */
const MOST_STEPS = 200;

/** Of a rising function, by Newton's steps, and halves where they lead out. */
export function rootByNewton(
  low: number,
  high: number,
  value: (t: number) => number,
  slope: (t: number) => number,
): number {
  let t = (low + high) / 2;
  for (let i = 0; i < MOST_STEPS; i++) {
    const here = value(t);
    if (here === 0) return t;
    if (here < 0) low = t;
    else high = t;
    const next = t - here / slope(t);
    const moved = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(moved - t) < 1e-16 || moved === low || moved === high) return moved;
    t = moved;
  }
  return t;
}

/** Of a rising function, by secants and halves; undefined where it does not change its sign. */
export function rootBySecant(low: number, high: number, value: (t: number) => number): number | undefined {
  let [atLow, atHigh] = [value(low), value(high)];
  if (atLow === 0) return low;
  if (atHigh === 0) return high;
  if (!(atLow < 0 && atHigh > 0)) return undefined;
  for (let i = 0; i < MOST_STEPS && high - low > 1e-16 * high; i++) {
    /* The secant converges fast; every third step halves, so that none is stuck. */
    const secant = i % 3 === 2 ? NaN : low - (atLow * (high - low)) / (atHigh - atLow);
    const t = secant > low && secant < high ? secant : (low + high) / 2;
    const here = value(t);
    if (here === 0 || t === low || t === high) return t;
    if (here < 0) [low, atLow] = [t, here];
    else [high, atHigh] = [t, here];
  }
  return (low + high) / 2;
}
