/** Polygons in the ways that files write them, with what they mean. */
import type { Region } from "@zagg/core";
import { away, between, pick, times, toLonLat, toVector, type Next, type Outlines } from "./random-rings.js";
import { ringKinds } from "./ring-kinds.js";
import { fractions, mix, ringOf, type LonLat } from "./sphere.js";

export interface RingCase {
  readonly kind: string;
  /** The way a file has them. */
  readonly positions: Outlines;
  /** What it means, where that is said in simpler rings than the file's. */
  readonly truth: Region;
  readonly crossesItself: boolean;
  /** Rings larger than a hemisphere that cross themselves have no side. */
  readonly hasSide: boolean;
  /** Places where a mistake would show. */
  readonly beside: readonly LonLat[];
}

/** A case of each kind in turn. */
export function* ringCases(seed: number, count: number): Generator<RingCase> {
  const next = fractions(7919 * seed + 17);
  times(7, next);
  for (let k = 0; k < count; k++) {
    const [kind, draw, crossesItself = false] = ringKinds[k % ringKinds.length]!;
    const { outlines, meaning, hasSide = true, exact = false } = draw(next);
    const positions = outlines.map((polygon) => polygon.map((ring) => spelled(next, ring, exact)));
    const truth = (meaning ?? outlines).map((polygon) => polygon.map((ring) => ringOf(...ring)));
    yield {
      kind,
      positions,
      truth,
      crossesItself,
      hasSide,
      beside: placesBeside(next, outlines),
    };
  }
}

/** Longitudes and ends of a ring as one of the ways to write them; some places twice, some beside each other by millimetres. */
function spelled(next: Next, ring: readonly LonLat[], exact: boolean): LonLat[] {
  const turn = pick(next, [0, 360, -360]);
  const spell = pick<(lon: number) => number>(next, [
    (lon) => lon - 360 * Math.round(lon / 360),
    (lon) => (lon < 0 ? lon + 360 : lon > 360 ? lon - 360 : lon),
    (lon) => (Math.abs(lon + turn) <= 540 ? lon + turn : lon),
    (lon) => lon,
  ]);
  const digits = exact ? 20 : pick(next, [20, 20, 9, 7]);
  const rounded = (x: number): number => (digits > 15 ? x : Number(x.toFixed(digits)));
  const open = ring.flatMap(([lon, lat]): LonLat[] => {
    const at: LonLat = [rounded(spell(lon)), rounded(lat)];
    return next() < 0.08 ? [at, at] : [at];
  });
  return next() < 0.6 ? [...open, open[0]!] : open;
}

/** Some degrees beside edges. */
function placesBeside(next: Next, outlines: Outlines): LonLat[] {
  const rings = outlines.flat();
  return times(24, () => {
    const ring = pick(next, rings);
    const i = Math.floor(next() * ring.length);
    const [a, b] = [toVector(...ring[i]!), toVector(...ring[(i + 1) % ring.length]!)];
    const part = next();
    const on = toLonLat(mix([1 - part, a], [part + 1e-9, b]));
    return away(on, 10 ** between(next, -1, 1.2), 360 * next());
  });
}
