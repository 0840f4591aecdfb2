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

/** Longitudes and ends of a ring as one of the ways to write them; some places twice, some followed by one less than a metre on. */
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
  const open = ring.flatMap((place, i): LonLat[] => {
    const at: LonLat = [rounded(spell(place[0])), rounded(place[1])];
    const kind = next();
    if (kind < 0.06) return [at, at];
    return kind < 0.12 ? [at, ...justAfter(next, at, ring[(i + 1) % ring.length]!)] : [at];
  });
  return next() < 0.6 ? [...open, open[0]!] : open;
}

/** A place less than a metre along an edge; none where it begins at a pole or is no longer than that. */
function justAfter(next: Next, from: LonLat, to: LonLat): LonLat[] {
  const [a, b] = [toVector(...from), toVector(...to)];
  const length = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  if (Math.abs(from[1]) === 90 || length < 1e-5) return [];
  const step = 10 ** between(next, -10, -7) / length;
  const [lon, lat] = toLonLat(mix([1 - step, a], [step, b]));
  const after = lon + 360 * Math.round((from[0] - lon) / 360);
  return Math.abs(after) > 540 ? [] : [[after, lat]];
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
