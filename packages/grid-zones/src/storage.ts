/** How zones are stored: one dimension in the order of the features, a shard one contiguous run. */
import type { CoordinateArray, GridStorage } from "@zagg/core";
import type { Zone } from "./feature-zones.js";
import type { SolidPolygon } from "./sphere/solid-polygon.js";
import { GRID_TYPE } from "./signature.js";
import { firstZoneOf, type ZoneShards } from "./zone-shards.js";

/** The sphere with the area of WGS84, km. */
const RADIUS_KM = 6371.0071809;
const DIMENSION = "zones";

export function createStorage(
  zones: readonly Zone[],
  solids: readonly (readonly SolidPolygon[])[],
  shards: ZoneShards,
  fingerprint: string,
): GridStorage {
  const arrayShape = Object.freeze([shards.count * shards.perShard]);
  const shardShape = Object.freeze([shards.perShard]);
  return Object.freeze<GridStorage>({
    groupPath: GRID_TYPE,
    dimensions: [DIMENSION],
    chunkDimensions: ["chunks"],
    shardShape,
    chunkShape: shardShape,
    attributes: {
      zones: zones.length,
      zones_fingerprint: fingerprint,
      zone_names: zones.map(({ name }) => name),
    },
    arrayAttributes: {},
    coordinates: [areaCoordinate(solids, arrayShape)],
    cellCoordinates: [],
    placement: () => ({
      arrayShape,
      blockIndex: (shardKey: bigint) => [firstZoneOf(shardKey, shards) / shards.perShard],
    }),
  });
}

/** Areas of the zones' polygons, overlaps counted in each; NaN past the last zone. */
function areaCoordinate(
  solids: readonly (readonly SolidPolygon[])[],
  shape: readonly number[],
): CoordinateArray {
  return Object.freeze({
    name: "zone_area",
    dtype: "float64",
    shape,
    dimensions: [DIMENSION],
    attributes: { long_name: "area of the zone on the sphere with the area of WGS84", units: "km2" },
    get values() {
      const out = new Float64Array(shape[0]!).fill(NaN);
      solids.forEach((parts, zone) => {
        out[zone] = parts.reduce((sum, { solidAngle }) => sum + solidAngle, 0) * RADIUS_KM ** 2;
      });
      return out;
    },
  });
}
