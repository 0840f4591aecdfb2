/** How zones are stored: one dimension in the order of the features, a shard one contiguous run. */
import { wholePlacement, type CoordinateArray, type StorageFacts } from "@zagg/core";
import type { Zone } from "./feature-zones.js";
import type { SolidPolygon } from "./sphere/solid-polygon.js";
import type { ZoneShards } from "./zone-shards.js";

/** The sphere with the area of WGS84, km. */
const RADIUS_KM = 6371.0071809;
const DIMENSION = "zones";

export function createStorage(
  zones: readonly Zone[],
  solids: readonly (readonly SolidPolygon[])[],
  shards: ZoneShards,
  fingerprint: string,
): StorageFacts {
  const shardShape = [shards.perShard];
  return {
    dimensions: [DIMENSION],
    shardShape,
    attributes: {
      zones: zones.length,
      zones_fingerprint: fingerprint,
      zone_names: zones.map(({ name }) => name),
    },
    coordinates: [areaCoordinate(solids, shards.count * shards.perShard)],
    placement: () => wholePlacement([shards.count], shardShape),
  };
}

/** Areas of the zones' polygons, overlaps counted in each; NaN past the last zone. */
function areaCoordinate(solids: readonly (readonly SolidPolygon[])[], length: number): CoordinateArray {
  return Object.freeze({
    name: "zone_area",
    dtype: "float64",
    shape: [length],
    dimensions: [DIMENSION],
    attributes: { long_name: "area of the zone on the sphere with the area of WGS84", units: "km2" },
    get values() {
      const out = new Float64Array(length).fill(NaN);
      solids.forEach((parts, zone) => {
        out[zone] = parts.reduce((sum, { solidAngle }) => sum + solidAngle, 0) * RADIUS_KM ** 2;
      });
      return out;
    },
  });
}
