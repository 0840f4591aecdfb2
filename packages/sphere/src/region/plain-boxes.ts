/** Boxes in longitude and latitude for those that know none across the antimeridian. */
import type { BoundingBox } from "@zagg/core";
import { foldedLongitude } from "../vector/longitude.js";

/** The box, as one or two whose west is at most their east, within ±180. */
export function plainBoxes([west, south, east, north]: BoundingBox): readonly BoundingBox[] {
  const width = west > east ? east + 360 - west : east - west;
  if (width >= 360) return [[-180, south, 180, north]];
  if (-180 <= west && west <= east && east <= 180) return [[west, south, east, north]];
  const [from, to] = [foldedLongitude(west), foldedLongitude(east)];
  if (from < to) return [[from, south, to, north]];
  const boxes: readonly BoundingBox[] = [
    [from, south, 180, north],
    [-180, south, to, north],
  ];
  return boxes.filter(([left, , right]) => left < right);
}
