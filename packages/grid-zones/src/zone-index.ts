/** Which zone holds a point: a raster of longitude and latitude says which polygons to ask, and mostly the answer. */
import { vectorOf } from "@zagg/sphere";
import { cellAt, createRaster, rasterize, type Raster } from "./raster.js";
import { polygonHolds, type SolidPolygon } from "./sphere/solid-polygon.js";
import { wrapLongitude } from "./sphere/longitude.js";

export interface ZoneIndex {
  readonly polygons: readonly SolidPolygon[];
  /** The zone of each polygon, ascending. */
  readonly zones: Int32Array;
  readonly raster: Raster;
  /** Entries of raster cell c are entries[starts[c]] … entries[starts[c + 1] − 1]: polygon · 2, + 1 where it holds the whole cell. */
  readonly starts: Int32Array;
  readonly entries: Int32Array;
}

/** @param solids the polygons of each zone */
export function createZoneIndex(solids: readonly (readonly SolidPolygon[])[]): ZoneIndex {
  const polygons = solids.flat();
  const raster = createRaster(polygons);
  const cells: number[] = [];
  const found: number[] = [];
  polygons.forEach((polygon, p) => {
    rasterize(polygon, raster, (cell, whole) => {
      cells.push(cell);
      found.push(2 * p + (whole ? 1 : 0));
    });
  });
  const starts = new Int32Array(raster.columns * raster.rows + 1);
  for (const cell of cells) starts[cell + 1] = starts[cell + 1]! + 1;
  for (let cell = 1; cell < starts.length; cell++) {
    starts[cell] = starts[cell]! + starts[cell - 1]!;
  }
  const ends = starts.slice();
  const entries = new Int32Array(cells.length);
  cells.forEach((cell, k) => {
    entries[ends[cell]!] = found[k]!;
    ends[cell] = ends[cell]! + 1;
  });
  const zones = Int32Array.from(solids.flatMap((parts, zone) => parts.map(() => zone)));
  return { polygons, zones, raster, starts, entries };
}

/** The first zone that holds a point, -1 when none does or when the point is not one of the sphere. */
export function zoneAt(
  { polygons, zones, raster, starts, entries }: ZoneIndex,
  lonDeg: number,
  latDeg: number,
): number {
  if (!(latDeg >= -90 && latDeg <= 90) || !Number.isFinite(lonDeg)) return -1;
  const lon = latDeg === 90 || latDeg === -90 ? 0 : wrapLongitude(lonDeg);
  const cell = cellAt(raster, lon, latDeg);
  if (cell < 0) return -1;
  const stop = starts[cell + 1]!;
  let x = NaN;
  let y = NaN;
  let z = NaN;
  for (let k = starts[cell]!; k < stop; k++) {
    const entry = entries[k]!;
    const polygon = entry >> 1;
    if ((entry & 1) === 1) return zones[polygon]!;
    if (z !== z) [x, y, z] = vectorOf(lon, latDeg);
    if (polygonHolds(polygons[polygon]!, lon, latDeg, x, y, z)) return zones[polygon]!;
  }
  return -1;
}
