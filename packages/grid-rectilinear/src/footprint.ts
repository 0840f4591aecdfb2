/** Outlines of shards in longitude and latitude. */
import type { Polygon, Region } from "@zagg/core";
import { blockExtent, type Extent } from "./cover/tile-probe.js";
import type { Crs } from "./crs/crs.js";
import type { Lattice } from "./lattice.js";

/** No piece of an outline is longer than this part of the longer side of the shard. */
const PIECE = 1 / 32;
/** Geographic shards wider than this, in degrees, are outlined in several polygons. */
const WIDEST = 120;

/**
 * The rectangle of a shard, densified so that no piece is longer than a 32nd of its longer side, reprojected vertex by
 * vertex, counter-clockwise. Where the CRS ends, so does the outline: at its last points. Geographic shards are cut off at the
 * poles, and more than 120 degrees of longitude become several polygons, so that an outline never meets itself; a shard
 * beyond a pole has no outline.
 */
export function shardOutline(row: number, column: number, crs: Crs, lattice: Lattice): Region {
  const block = { row0: row, row1: row + 1, column0: column, column1: column + 1 };
  const extent = blockExtent(block, crs, lattice);
  if (extent === undefined) return [];
  const width = extent.xmax - extent.xmin;
  const step = PIECE * Math.max(width, extent.ymax - extent.ymin);
  const parts = crs.geographic ? Math.ceil(width / WIDEST) : 1;
  return Array.from({ length: parts }, (_, part) => {
    const xmin = extent.xmin + (width * part) / parts;
    const xmax = part === parts - 1 ? extent.xmax : extent.xmin + (width * (part + 1)) / parts;
    return outline({ ...extent, xmin, xmax }, step, crs);
  }).filter((polygon) => (polygon[0]?.lonDeg.length ?? 0) >= 3);
}

/** A rectangle of the plane as a polygon. @param step length of a piece, in CRS units */
export function outline({ xmin, ymin, xmax, ymax }: Extent, step: number, crs: Crs): Polygon {
  const across = Math.max(1, Math.ceil((xmax - xmin) / step));
  const up = Math.max(1, Math.ceil((ymax - ymin) / step));
  const corners: (readonly [x: number, y: number])[] = [];
  for (let i = 0; i < across; i++) corners.push([xmin + ((xmax - xmin) * i) / across, ymin]);
  for (let i = 0; i < up; i++) corners.push([xmax, ymin + ((ymax - ymin) * i) / up]);
  for (let i = 0; i < across; i++) corners.push([xmax - ((xmax - xmin) * i) / across, ymax]);
  for (let i = 0; i < up; i++) corners.push([xmin, ymax - ((ymax - ymin) * i) / up]);
  const lon: number[] = [];
  const lat: number[] = [];
  const at = new Float64Array(2);
  const has = ([x, y]: readonly [number, number]): boolean => crs.inverse(x, y, at);
  for (const [i, corner] of corners.entries()) {
    const next = corners[(i + 1) % corners.length] as readonly [number, number];
    const isThere = has(corner);
    if (isThere) {
      lon.push(at[0]!);
      lat.push(at[1]!);
    }
    if (isThere === has(next)) continue;
    has(isThere ? lastBetween(corner, next, has) : lastBetween(next, corner, has));
    lon.push(at[0]!);
    lat.push(at[1]!);
  }
  return [{ lonDeg: Float64Array.from(lon), latDeg: Float64Array.from(lat) }];
}

/** Halvings that leave less than a double can tell of a piece. */
const HALVINGS = 52;

/** The last point on the way from one that the CRS has to one that it does not. */
function lastBetween(
  from: readonly [number, number],
  to: readonly [number, number],
  has: (point: readonly [number, number]) => boolean,
): readonly [number, number] {
  const between = (part: number): readonly [number, number] => [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part,
  ];
  let [low, high] = [0, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (has(between(middle))) low = middle;
    else high = middle;
  }
  return between(low);
}
