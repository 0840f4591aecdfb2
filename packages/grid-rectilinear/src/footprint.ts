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
 * vertex, counter-clockwise. Vertices that the CRS does not have are left out. Geographic shards are cut off at the
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

function outline({ xmin, ymin, xmax, ymax }: Extent, step: number, crs: Crs): Polygon {
  const across = Math.max(1, Math.ceil((xmax - xmin) / step));
  const up = Math.max(1, Math.ceil((ymax - ymin) / step));
  const lon: number[] = [];
  const lat: number[] = [];
  const at = new Float64Array(2);
  const add = (x: number, y: number) => {
    if (!crs.inverse(x, y, at)) return;
    lon.push(at[0] as number);
    lat.push(at[1] as number);
  };
  for (let i = 0; i < across; i++) add(xmin + ((xmax - xmin) * i) / across, ymin);
  for (let i = 0; i < up; i++) add(xmax, ymin + ((ymax - ymin) * i) / up);
  for (let i = 0; i < across; i++) add(xmax - ((xmax - xmin) * i) / across, ymax);
  for (let i = 0; i < up; i++) add(xmin, ymax - ((ymax - ymin) * i) / up);
  return [{ lonDeg: Float64Array.from(lon), latDeg: Float64Array.from(lat) }];
}
