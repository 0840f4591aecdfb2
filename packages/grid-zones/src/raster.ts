/** A raster of longitude and latitude over polygons: which cells their arcs touch, and which they hold whole. */
import { vectorOf } from "@zagg/sphere";
import { DEGREE_SLACK, forEachColumn } from "./sphere/arc-columns.js";
import { isSeam, latitudeAt, spanOf, type Arcs } from "./sphere/arcs.js";
import { polygonHolds, type SolidPolygon } from "./sphere/solid-polygon.js";
import { eastward, hullOf, type Span } from "./sphere/span.js";
import { wrapLongitude } from "./sphere/longitude.js";

export interface Raster {
  readonly span: Span;
  readonly south: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

const LEAST_CELLS = 4096;
const MOST_CELLS = 2 ** 18;
const CELLS_PER_POLYGON = 16;
const CELLS_PER_ARC = 4;
/** Cells that the bounds of all polygons may cover together. */
const MOST_BOUNDED_CELLS = 2 ** 24;

/** A raster around all polygons, finer the more arcs they have. */
export function createRaster(polygons: readonly SolidPolygon[]): Raster {
  const span = hullOf(polygons.map((polygon) => polygon.span));
  const south = polygons.reduce((least, polygon) => Math.min(least, polygon.south), 90) - DEGREE_SLACK;
  const north = polygons.reduce((most, polygon) => Math.max(most, polygon.north), -90) + DEGREE_SLACK;
  const height = north - south;
  const arcs = polygons.reduce((sum, polygon) => sum + polygon.arcs.count, 0);
  const bounded = polygons.reduce(
    (sum, polygon) => sum + (polygon.span.width / span.width) * ((polygon.north - polygon.south) / height),
    0,
  );
  const wanted = Math.max(LEAST_CELLS, CELLS_PER_POLYGON * polygons.length + CELLS_PER_ARC * arcs);
  const cells = Math.min(wanted, MOST_CELLS, MOST_BOUNDED_CELLS / bounded);
  const columns = Math.min(
    Math.ceil(cells),
    Math.max(1, Math.round(Math.sqrt((cells * span.width) / height))),
  );
  return { span, south, height, columns, rows: Math.max(1, Math.round(cells / columns)) };
}

/** The cell of a point, -1 outside the raster.
 * @param lon in [-180, 180) */
export function cellAt({ span, south, height, columns, rows }: Raster, lon: number, lat: number): number {
  const turned = lon - span.west;
  const column = Math.floor(((turned < 0 ? turned + 360 : turned) * columns) / span.width);
  const row = Math.floor(((lat - south) * rows) / height);
  return column < columns && row >= 0 && row < rows ? row * columns + column : -1;
}

/** Calls `visit` with the cells that a polygon reaches, and whether it holds the whole cell. */
export function rasterize(
  polygon: SolidPolygon,
  raster: Raster,
  visit: (cell: number, whole: boolean) => void,
): void {
  const { span, columns } = raster;
  const top = rowAt(raster, polygon.north);
  const bottom = rowAt(raster, polygon.south);
  const height = top - bottom + 1;
  const first = Math.min(
    columns - 1,
    Math.floor((eastward(span.west, polygon.span.west) * columns) / span.width),
  );
  const width = Math.min(columns, Math.ceil((polygon.span.width * columns) / span.width) + 1);
  const marks = new Uint8Array(width * height);
  markArcs(polygon.arcs, raster, (column, low, high) => {
    const local = (column - first + columns) % columns;
    if (local >= width) return;
    for (let row = Math.max(low, bottom); row <= Math.min(high, top); row++)
      marks[local * height + row - bottom] = 1;
  });
  for (let local = 0; local < width; local++) {
    const column = (first + local) % columns;
    let known: boolean | undefined;
    for (let row = bottom; row <= top; row++) {
      const touched = marks[local * height + row - bottom] === 1;
      known = touched ? undefined : (known ?? holdsCentre(polygon, raster, column, row));
      if (touched || known === true) visit(row * columns + column, !touched);
    }
  }
}

/** Calls `mark` with a column that an arc reaches and the rows it reaches there. */
function markArcs(
  arcs: Arcs,
  raster: Raster,
  mark: (column: number, low: number, high: number) => void,
): void {
  const { span, columns } = raster;
  const scale = columns / span.width;
  for (let arc = 0; arc < arcs.count; arc++) {
    if (isSeam(arcs, arc)) continue;
    const low = arcs.south[arc]!;
    const high = arcs.north[arc]!;
    const length = spanOf(arcs, arc);
    const from = eastward(span.west, arcs.west[arc]!);
    forEachColumn({ span, count: columns }, arcs, arc, (column) => {
      if (length * scale < 1) return mark(column, rowAt(raster, low), rowAt(raster, high));
      const columnEast = (column + 1) / scale + DEGREE_SLACK;
      // A column west of the arc's western end is one that the arc reaches past the end of the circle.
      const start = columnEast < from ? from - 360 : from;
      const west = Math.max(start, column / scale - DEGREE_SLACK);
      const east = Math.min(start + length, columnEast);
      const [south, north] = boundsBetween(arcs, arc, span.west, west, east);
      mark(column, rowAt(raster, south - DEGREE_SLACK), rowAt(raster, north + DEGREE_SLACK));
    });
  }
}

/** Bounds of the latitude of an arc between two longitudes, given as degrees east of an origin. */
function boundsBetween(
  arcs: Arcs,
  arc: number,
  origin: number,
  west: number,
  east: number,
): [number, number] {
  const a = latitudeAt(arcs, arc, origin + west);
  const b = latitudeAt(arcs, arc, origin + east);
  const lowest = (Math.atan2(arcs.normals[3 * arc + 1]!, arcs.normals[3 * arc]!) * 180) / Math.PI;
  const isBetween = (lon: number) => eastward(origin + west, lon) <= east - west;
  return [
    isBetween(lowest) ? arcs.south[arc]! : Math.min(a, b),
    isBetween(lowest + 180) ? arcs.north[arc]! : Math.max(a, b),
  ];
}

function rowAt({ south, height, rows }: Raster, lat: number): number {
  return Math.max(0, Math.min(rows - 1, Math.floor(((lat - south) * rows) / height)));
}

function holdsCentre(polygon: SolidPolygon, raster: Raster, column: number, row: number): boolean {
  const { span, south, height, columns, rows } = raster;
  const lon = wrapLongitude(span.west + ((column + 0.5) * span.width) / columns);
  const lat = Math.max(-90, Math.min(90, south + ((row + 0.5) * height) / rows));
  return polygonHolds(polygon, lon, lat, ...vectorOf(lon, lat));
}
