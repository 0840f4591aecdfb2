/** What is to be true of a coverage, found out point by point and cell by cell. */
import { NO_ID, type GridPlugin } from "@zagg/core";
import {
  assignNested,
  coverRegion,
  nestedCenters,
  nestedCorners,
  type LatitudeConvention,
} from "@zagg/grid-healpix";
import { createCrs } from "@zagg/grid-rectilinear";
import type { Shape } from "./shapes.js";
import { angleBetween, sphereOf, type LonLat, type Vector } from "./sphere.js";

/** What was found. */
export interface Proof {
  /** Inner points whose cell is not covered: none is the claim. */
  readonly missed: number;
  readonly points: number;
  readonly cells: number;
  /** The largest distance of a covered cell's centre from the region, in circumradii of the cell: 1 is the claim. */
  readonly farthest: number;
}

/** Compares the HEALPix coverage of a shape with its inner points and with the distances of its cells. */
export function proveHealpix(
  shape: Shape,
  points: readonly Vector[],
  order: number,
  latitude: LatitudeConvention,
): Proof {
  const sphere = sphereOf(latitude);
  const ids = coverRegion(shape.region, order, latitude);
  const places = points.map(sphere.toLonLat);
  const assigned = new BigUint64Array(points.length);
  assignNested(order, ...columns(places), latitude, assigned);
  const covered = new Set(ids);
  let missed = 0;
  for (const id of assigned) if (!covered.has(id)) missed++;
  const [lon, lat] = [new Float64Array(ids.length), new Float64Array(ids.length)];
  const [lons, lats] = [new Float64Array(4 * ids.length), new Float64Array(4 * ids.length)];
  nestedCenters(order, ids, latitude, lon, lat);
  nestedCorners(order, ids, latitude, lons, lats);
  const outlines = Array.from(ids, (_, k) => ({
    centre: sphere.toVector(lon[k]!, lat[k]!),
    outline: [0, 1, 2, 3].map((c) => sphere.toVector(lons[4 * k + c]!, lats[4 * k + c]!)),
  }));
  return { missed, points: points.length, cells: ids.length, farthest: farthestOf(shape, outlines) };
}

/** A rectilinear grid and what is needed to find its tiles without it. */
export interface TiledGrid {
  readonly name: string;
  readonly grid: GridPlugin;
  readonly crs: string;
  readonly xmin: number;
  readonly ymax: number;
  readonly columns: number;
  /** Sides of a tile in CRS units. */
  readonly width: number;
  readonly height: number;
}

/** The same for the shards of a rectilinear grid; points and tiles off the grid do not count. */
export function proveTiles(shape: Shape, points: readonly Vector[], tiled: TiledGrid): Proof {
  const sphere = sphereOf("geodetic");
  const keys = tiled.grid.coverer(shape.region).shardKeys;
  const assigned = new BigUint64Array(points.length);
  tiled.grid.shardsOf(...columns(points.map(sphere.toLonLat)), assigned);
  const covered = new Set(keys);
  let missed = 0;
  let within = 0;
  for (const key of assigned) {
    if (key === NO_ID) continue;
    within++;
    if (!covered.has(key)) missed++;
  }
  const crs = createCrs(tiled.crs);
  const place = new Float64Array(2);
  const outlines = Array.from(keys).flatMap((key): Outlined[] => {
    const column = Number(key) % tiled.columns;
    const row = Math.floor(Number(key) / tiled.columns);
    const at = (u: number, v: number): Vector | undefined => {
      const x = tiled.xmin + (column + u) * tiled.width;
      const y = tiled.ymax - (row + v) * tiled.height;
      if (!crs.inverse(x, crs.geographic ? Math.max(-90, Math.min(90, y)) : y, place)) return undefined;
      return sphere.toVector(place[0]!, place[1]!);
    };
    const steps = [0, 1 / 8, 2 / 8, 3 / 8, 4 / 8, 5 / 8, 6 / 8, 7 / 8];
    const outline = steps.flatMap((t) => [at(t, 0), at(1, t), at(1 - t, 1), at(0, 1 - t)]);
    const centre = at(0.5, 0.5);
    const known = outline.filter((v) => v !== undefined);
    return centre === undefined || known.length < outline.length ? [] : [{ centre, outline: known }];
  });
  return { missed, points: within, cells: keys.length, farthest: farthestOf(shape, outlines) };
}

interface Outlined {
  readonly centre: Vector;
  readonly outline: readonly Vector[];
}

function farthestOf(shape: Shape, cells: readonly Outlined[]): number {
  const radii = cells.map(({ centre, outline }) => Math.max(...outline.map((v) => angleBetween(centre, v))));
  const distance = shape.distances(1.1 * radii.reduce((a, b) => Math.max(a, b), 0));
  return cells.reduce((worst, { centre }, k) => Math.max(worst, distance(centre) / radii[k]!), 0);
}

function columns(places: readonly LonLat[]): [lonDeg: Float64Array, latDeg: Float64Array] {
  return [Float64Array.from(places, ([lon]) => lon), Float64Array.from(places, ([, lat]) => lat)];
}
