/** Grids of unlike kinds, and places and shards on them. */
import { NO_ID, type GridPlugin, type Region } from "@zagg/core";
import fc from "fast-check";
import { rectilinear, type RectilinearParams } from "../src/index.js";

/** Longitude and latitude, degrees. */
export type LonLat = readonly [number, number];

/** A rectilinear grid with square shards. */
export function create(crs: string, resolution: number, bounds: readonly number[], tile: number): GridPlugin {
  const params = { crs, resolution, bounds, chunk_shape: [tile, tile] };
  return rectilinear.create(params as unknown as RectilinearParams, []);
}

export const world = create("EPSG:4326", 0.5, [-180, -90, 180, 90], 10);
export const antarctic = create("EPSG:3031", 5000, [-3.2e6, -3.2e6, 3.2e6, 3.2e6], 100);

/** Grids of unlike kinds with the widest angle, in degrees, across one of their shards. */
export const grids: readonly (readonly [string, GridPlugin, number])[] = [
  ["EPSG:4326, -180 to 180", world, 7.1],
  ["EPSG:4326, 0 to 360", create("EPSG:4326", 0.5, [0, -90, 360, 90], 10), 7.1],
  ["EPSG:4326, padded beyond 180 and the pole", create("EPSG:4326", 0.5, [-180, -90, 180, 90], 48), 35],
  ["EPSG:3031", antarctic, 7.5],
  ["EPSG:3413", create("EPSG:3413", 5000, [-4e6, -4e6, 4e6, 4e6], 100), 8],
  ["EPSG:3857", create("EPSG:3857", 10000, [-20037508, -20037508, 20037508, 20037508], 50), 7],
  ["EPSG:6933", create("EPSG:6933", 10000, [-17367530, -7314540, 17367530, 7314540], 50), 32],
  ["EPSG:3979", create("EPSG:3979", 10000, [-9e6, -4e6, 9e6, 9e6], 50), 8],
  ["EPSG:32618", create("EPSG:32618", 5000, [-2e6, 0, 3e6, 9e6], 50), 4],
  ["EPSG:6931", create("EPSG:6931", 25000, [-7e6, -7e6, 7e6, 7e6], 20), 14],
  [
    "an orthographic view",
    create("+proj=ortho +lat_0=20 +lon_0=170 +datum=WGS84", 25000, [-6.5e6, -6.5e6, 6.5e6, 6.5e6], 20),
    45,
  ],
];

/** Places that are biased to poles, the antimeridian and the seams of the projections above. */
export const place: fc.Arbitrary<LonLat> = fc.oneof(
  fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true })),
  fc.tuple(
    fc.constantFrom(-180, 180, 179.5, -95, 85, 0, -45, 135),
    fc.constantFrom(-90, -89, -85, -60, 0, 60, 89, 90),
  ),
);

/** The shards of points, those outside left out. */
export function shardsOf(grid: GridPlugin, points: readonly LonLat[]): bigint[] {
  const out = new BigUint64Array(points.length);
  grid.shardsOf(
    Float64Array.from(points, ([lon]) => lon),
    Float64Array.from(points, ([, lat]) => lat),
    out,
  );
  return [...out].filter((key) => key !== NO_ID);
}

/** The shards that a region touches. */
export function covered(grid: GridPlugin, region: Region): Set<bigint> {
  return new Set(grid.coverer(region).shardKeys);
}
