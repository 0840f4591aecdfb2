/** The ground beside a track, as polygons none of which is larger than a hemisphere. */
import { add, cross, dot, lonLatOf, moved, perpendicular, unit, type Vector } from "@zagg/sphere";
import type { GroundTrack } from "./orbit.js";

type Position = readonly [number, number];

const EARTH_RADIUS_KM = 6371.0088;
/** Steps along the track: great circles between them stray from it by 40 m. */
const STEP_DEG = 1;
/** Longest stretch of one polygon, in steps. */
const STEPS_PER_POLYGON = 60;

/**
 * Closed rings around all points within half the width of the track, its ends included, within the width of a step. Stretches
 * overlap by a step. Where a wide swath turns so sharply that its inner edge goes backwards, each step is a polygon.
 */
export function swathRings(track: GroundTrack, widthKm: number): readonly (readonly Position[])[] {
  const half = widthKm / 2 / EARTH_RADIUS_KM;
  const steps = Math.max(1, Math.ceil((track.toDeg - track.fromDeg) / STEP_DEG));
  const at = (step: number): Vector =>
    track.at(track.fromDeg + ((track.toDeg - track.fromDeg) * step) / steps);
  const middles = Array.from({ length: steps + 1 }, (_, step) => at(step));
  const aheads = middles.map((middle, step) => {
    const back = middles[Math.max(0, step - 1)]!;
    const next = middles[Math.min(steps, step + 1)]!;
    const along = add(next, back, -1);
    return unit(add(along, middle, -dot(along, middle)));
  });
  const start = extended(middles[0]!, aheads[0]!, -half);
  const end = extended(middles[steps]!, aheads[steps]!, half);
  const line = [start, ...middles.map((middle, step) => ({ middle, ahead: aheads[step]! })), end];
  const lefts = line.map(({ middle, ahead }) => moved(middle, cross(middle, ahead), half));
  const rights = line.map(({ middle, ahead }) => moved(middle, cross(middle, ahead), -half));
  const isFolded = (i: number): boolean =>
    [lefts, rights].some((side) => dot(add(side[i + 1]!, side[i]!, -1), line[i]!.ahead) <= 0);

  const rings: Position[][] = [];
  for (let first = 0; first < line.length - 1;) {
    let last = first;
    while (last < line.length - 1 && last - first < STEPS_PER_POLYGON && !isFolded(last)) last++;
    if (last > first)
      rings.push(closed([...lefts.slice(first, last + 1), ...rights.slice(first, last + 1).reverse()]));
    if (last < line.length - 1 && isFolded(last)) {
      rings.push(closed(around([lefts[last]!, lefts[last + 1]!, rights[last]!, rights[last + 1]!])));
      first = last + 1;
    } else first = last === line.length - 1 ? last : Math.max(last - 1, first + 1);
  }
  // Left of the track first and back on its right: clockwise, so the other way round.
  return rings.map((ring) => ring.toReversed());
}

/** The track goes on straight beyond its end. */
function extended(middle: Vector, ahead: Vector, rad: number): { middle: Vector; ahead: Vector } {
  const beyond = moved(middle, ahead, rad);
  const along = add(ahead, beyond, -dot(ahead, beyond));
  return { middle: beyond, ahead: unit(along) };
}

/** Corners in the order of their direction from their middle. */
function around(corners: readonly Vector[]): Vector[] {
  const middle = unit(corners.reduce((sum, corner) => add(sum, corner)));
  const east = perpendicular(middle);
  const north = cross(middle, east);
  const angle = (corner: Vector): number => -Math.atan2(dot(corner, north), dot(corner, east));
  return [...corners].sort((a, b) => angle(a) - angle(b));
}

function closed(ring: readonly Vector[]): Position[] {
  const places = ring.map(lonLatOf);
  return [...places, places[0]!];
}
