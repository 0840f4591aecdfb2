/** Bounding rectangles as polygons with great circles for edges. */
import { type BoundingBox } from "@zagg/core";
import { foldedLongitude, regionFromBbox } from "@zagg/sphere";

type Position = readonly [number, number];

/** Steps along a parallel; the polygons reach beyond the box by 250 m at most. */
const STEP_DEG = 1;
/** Pieces of at most this width and height fit in a hemisphere. */
const PIECE_DEG = 90;
const DEGREE = Math.PI / 180;

/**
 * Closed rings that hold every point of a box, each within a hemisphere. A great circle between two points of a parallel bulges
 * towards the pole: where that is inward, the points are put so far outward that the middle of each step touches the parallel.
 * @throws GeometryError when there is no such box
 */
export function boxRings(box: BoundingBox): readonly (readonly Position[])[] {
  const [left, south, east, north] = box;
  // Of a rectangle, unlike of a box that a user typed, it is sure that west is where it begins.
  const west = left > east ? left - 360 : left;
  regionFromBbox([west, south, east, north]);
  const widthDeg = east - west;
  const bands =
    north - south > PIECE_DEG ? [[south, 0] as const, [0, north] as const] : [[south, north] as const];
  const columns = Math.ceil(widthDeg / PIECE_DEG);
  return bands.flatMap(([bottom, top]) =>
    Array.from({ length: columns }, (_, column) =>
      pieceRing(west + (widthDeg * column) / columns, widthDeg / columns, bottom, top),
    ),
  );
}

/** Counter-clockwise from the south-west corner. */
function pieceRing(west: number, widthDeg: number, south: number, north: number): Position[] {
  const steps = Math.ceil(widthDeg / STEP_DEG);
  const lons = Array.from({ length: steps + 1 }, (_, i) => foldedLongitude(west + (widthDeg * i) / steps));
  const lower = south > 0 ? outward(south, widthDeg / steps) : south;
  const upper = north < 0 ? outward(north, widthDeg / steps) : north;
  const ring = [
    ...lons.map((lon): Position => [lon, lower]),
    ...lons.toReversed().map((lon): Position => [lon, upper]),
  ];
  return [...ring, ring[0]!];
}

/** Latitude of the ends of a great circle of which the middle lies on a parallel. */
function outward(latDeg: number, stepDeg: number): number {
  return Math.atan(Math.tan(latDeg * DEGREE) * Math.cos((stepDeg / 2) * DEGREE)) / DEGREE;
}
