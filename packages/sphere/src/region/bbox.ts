/** Regions from bounding boxes in longitude and latitude. */
import { GeometryError, type BoundingBox, type Polygon, type Region } from "@zagg/core";
import { foldedLongitude } from "../vector/longitude.js";
import { createRing } from "./clean-ring.js";

/** Steps along a parallel; the great circle between two of its points strays from it by 1.3 m at most. */
const STEP_DEG = 0.1;
/** Pieces of at most this width and height fit in a hemisphere, whatever their place. */
const PIECE_DEG = 90;
/** Meridians or parallels that are nearer than this, 0.01 µm, have no different places between them. */
const LEAST_DEG = 1e-13;

/**
 * The box between two meridians and two parallels. Parallels are followed in steps of 0.1 degree. A box whose west is
 * greater than its east crosses the antimeridian when that makes it at most 180 degrees wide. A wide or tall box comes
 * as several polygons that share edges, each within a hemisphere.
 * @throws GeometryError `REGION_COORDINATE`, `REGION_BBOX_EMPTY`, `REGION_BBOX_REVERSED`
 */
export function regionFromBbox(bbox: BoundingBox): Region {
  const [west, south, east, north] = bbox;
  const text = `[${bbox.join(", ")}]`;
  const isInRange =
    bbox.length === 4 &&
    bbox.every(Number.isFinite) &&
    [west, east].every((lon) => Math.abs(lon) <= 360) &&
    [south, north].every((lat) => Math.abs(lat) <= 90);
  if (!isInRange || east - west > 360) {
    throw bboxError(
      "REGION_COORDINATE",
      text,
      "longitudes lie within ±360 and at most 360 apart, latitudes within ±90 degrees",
    );
  }
  const widthDeg = west > east ? east + 360 - west : east - west;
  const reversed = reversal(bbox, widthDeg);
  if (reversed !== undefined) throw bboxError("REGION_BBOX_REVERSED", text, reversed);
  if (north - south < LEAST_DEG || widthDeg < LEAST_DEG) {
    throw bboxError("REGION_BBOX_EMPTY", text, "it has no width or no height");
  }

  const isTall = north - south > PIECE_DEG;
  const bands = isTall ? [[south, 0] as const, [0, north] as const] : [[south, north] as const];
  const columns = Math.ceil(widthDeg / PIECE_DEG);
  return bands.flatMap(([bottom, top]) =>
    Array.from({ length: columns }, (_, column) => {
      const left = west + (widthDeg * column) / columns;
      const right = west + (widthDeg * (column + 1)) / columns;
      return piece(left, bottom, right, top, text);
    }),
  );
}

/** What is the wrong way round, in words; undefined when nothing is. */
function reversal([west, south, east, north]: BoundingBox, widthDeg: number): string | undefined {
  if (south > north) return `south ${south} is greater than north ${north}`;
  if (west <= east || (widthDeg >= 0 && widthDeg <= 180)) return undefined;
  return `west ${west} is greater than east ${east}, but the box is not one across the antimeridian of at most 180 degrees`;
}

/** Counter-clockwise from the south-west corner. */
function piece(west: number, south: number, east: number, north: number, text: string): Polygon {
  const steps = Math.ceil((east - west) / STEP_DEG);
  const parallel = Array.from({ length: steps + 1 }, (_, i) =>
    foldedLongitude(i === steps ? east : west + ((east - west) * i) / steps),
  );
  const lonDeg = [...parallel, ...parallel.toReversed()];
  const latDeg = lonDeg.map((_lon, i) => (i < parallel.length ? south : north));
  return [createRing(lonDeg, latDeg, `the box ${text}`)];
}

function bboxError(code: string, text: string, why: string): GeometryError {
  return new GeometryError(code, {
    what: `the bounding box is ${text}`,
    why,
    mend: "give west, south, east, north in degrees; west greater than east only to cross the antimeridian",
  });
}
