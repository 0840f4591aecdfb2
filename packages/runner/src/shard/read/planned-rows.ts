/** Which base rows can lie in a shard, told by the level that says where they are. */
import type { GridPlugin } from "@zagg/core";
import { add, chord, ringVectors, unit, writeUnitVector, type Vector } from "@zagg/sphere";
import type { ReadPlan } from "../../plan/source-levels.js";
import type { LevelLink } from "./level-link.js";
import { mergedRanges, type RowRange } from "./row-range.js";

/** Where the rows of a level are. */
export interface LevelTrack {
  /** Unit vectors, three numbers for each row; NaN where a coordinate is not known. */
  readonly points: Float64Array;
  /** Chord that the base rows of each row lie within: twice the greater distance to its neighbours. */
  readonly reach: Float64Array;
}

/** A cap that holds a shard; null when it is so large that nothing is gained by one. */
export interface ShardCap {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Chord of its radius. */
  readonly radius: number;
}

/** Edges of a shard may bulge beyond its corners: curves of HEALPix and of projections do, by a few hundredths. */
const BULGE = 1.15;
/** A cap of about 60°, beyond which all rows are read. */
const LARGEST_RADIUS = 1;

/** Whole turns beyond this are no longitudes but undeclared fill values. */
const LARGEST_LONGITUDE = 720;

/**
 * A row with a coordinate that is none (NaN, infinite, out of range as fill values are) is of no known place; so its
 * neighbours are of no known reach. A row that stands where its neighbours do has at least the middle reach of all.
 * @param lonDeg degrees
 * @param latDeg degrees
 */
export function levelTrack(lonDeg: Float64Array, latDeg: Float64Array): LevelTrack {
  const n = lonDeg.length;
  const points = new Float64Array(3 * n).fill(NaN);
  for (let i = 0; i < n; i++) {
    const isPlace = Math.abs(latDeg[i]!) <= 90 && Math.abs(lonDeg[i]!) <= LARGEST_LONGITUDE;
    if (isPlace) writeUnitVector(lonDeg[i]!, latDeg[i]!, points, 3 * i);
  }
  const apart = (i: number): number =>
    i < 0 || i + 1 >= n ? 0 : chord(vectorAt(points, i), vectorAt(points, i + 1));
  const reach = Float64Array.from({ length: n }, (_, i) =>
    n === 1 ? Infinity : 2 * Math.max(apart(i - 1), apart(i)),
  );
  const known = reach.filter((one) => !Number.isNaN(one)).sort();
  const middle = known[known.length >> 1] ?? 0;
  for (let i = 0; i < n; i++) if (reach[i]! < middle) reach[i] = middle;
  return { points, reach };
}

/** A cap about the corners of a shard, with room for edges that bulge. */
export function shardCap(grid: GridPlugin, shardKey: bigint): ShardCap | null {
  const corners = grid.shardFootprint(shardKey).flatMap((polygon) =>
    polygon.flatMap((ring) => {
      const vectors = ringVectors(ring);
      return Array.from(ring.lonDeg, (_, i) => vectorAt(vectors, i));
    }),
  );
  const sum = corners.reduce((total, corner) => add(total, corner), [0, 0, 0]);
  if (corners.length === 0 || Math.hypot(...sum) < corners.length / 4) return null;
  const middle = unit(sum);
  const [x, y, z] = middle;
  const radius = BULGE * Math.max(...corners.map((corner) => chord(corner, middle)));
  return radius > LARGEST_RADIUS ? null : { x, y, z, radius };
}

/**
 * The base rows to read for a shard, in order, disjoint; null for all of them.
 *
 * Every row of the shard is among them as long as the base rows of a row of the level lie within twice the distance to its
 * farther neighbour. A row of the level whose place is not known counts as touching, and base rows that belong to none
 * are read.
 */
export function plannedRanges(
  plan: ReadPlan,
  link: LevelLink,
  track: LevelTrack,
  cap: ShardCap | null,
  baseRows: number,
): readonly RowRange[] | null {
  if (cap === null || !link.ordered) return null;
  const ranges: RowRange[] = [...link.gaps];
  for (const { start, stop } of paddedRuns(track, cap, plan.pad)) {
    let [first, last] = [start, stop - 1];
    while (first <= last && link.starts[first] === link.stops[first]) first++;
    while (last >= first && link.starts[last] === link.stops[last]) last--;
    if (first <= last) ranges.push({ start: link.starts[first]!, stop: link.stops[last]! });
  }
  const merged = mergedRanges(ranges);
  const total = merged.reduce((sum, { start, stop }) => sum + stop - start, 0);
  return total > plan.fullReadThreshold * baseRows ? null : merged;
}

/** Runs of rows of the level that can touch the cap, padded, merged where they meet. */
function paddedRuns({ points, reach }: LevelTrack, cap: ShardCap, pad: number): RowRange[] {
  const runs: RowRange[] = [];
  const n = reach.length;
  const middle: Vector = [cap.x, cap.y, cap.z];
  for (let i = 0; i < n; i++) {
    const distance = chord(vectorAt(points, i), middle);
    // Not "beyond": a NaN, of a place that is not known, or beside one, touches.
    if (distance > cap.radius + reach[i]!) continue;
    const [start, stop] = [Math.max(0, i - pad), Math.min(n, i + pad + 1)];
    const last = runs.at(-1);
    if (last !== undefined && start <= last.stop) runs[runs.length - 1] = { start: last.start, stop };
    else runs.push({ start, stop });
  }
  return runs;
}

function vectorAt(points: Float64Array, i: number): Vector {
  return [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!];
}
