/** Great circles on a flat map, where longitude and latitude are x and y: points between which straight lines follow them. */
import { lonLatOf, plainVectorOf } from "../vector/unit-vectors.js";
import { add, unit, type Vector } from "../vector/vector.js";

/** Degrees. */
export type LonLat = readonly [lon: number, lat: number];

/** An edge, the short way round, with its ends and its middle as unit vectors. */
export interface HalvedEdge {
  readonly from: LonLat;
  readonly to: LonLat;
  readonly fromVector: Vector;
  readonly toVector: Vector;
  readonly middle: Vector;
}

/** Halvings of an edge: pieces of 0.2 degrees of the longest, which is where a pole is next to it. */
const MAX_DEPTH = 10;

/**
 * Points to insert between two, by halving the edge until its pieces lie along their straight lines.
 * @param isStraight whether an edge needs no further point
 */
export function pointsBetween(
  from: LonLat,
  to: LonLat,
  isStraight: (edge: HalvedEdge) => boolean,
  depth = MAX_DEPTH,
): LonLat[] {
  if (depth === 0) return [];
  const [fromVector, toVector] = [plainVectorOf(...from), plainVectorOf(...to)];
  const middle = unit(add(fromVector, toVector));
  if (isStraight({ from, to, fromVector, toVector, middle })) return [];
  const point = lonLatOf(middle);
  return [
    ...pointsBetween(from, point, isStraight, depth - 1),
    point,
    ...pointsBetween(point, to, isStraight, depth - 1),
  ];
}
