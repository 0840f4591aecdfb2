/** Spatial signatures: what they say, and when two grids nest. */
import type { GridPlugin, Json, JsonObject, SignatureRules, SpatialSignature } from "@zagg/core";
import type { ZoneShards } from "./zone-shards.js";

export const GRID_TYPE = "zones";

export function spatialSignatureOf(fingerprint: string, { zones, perShard }: ZoneShards): SpatialSignature {
  return { type: GRID_TYPE, zones: fingerprint, count: zones, zones_per_shard: perShard };
}

/** Every key is compared exactly. */
export const signatureRules: SignatureRules = Object.freeze({
  youngerKeys: Object.freeze({}),
  equal: (_key: string, stored: Json, own: Json) => JSON.stringify(stored) === JSON.stringify(own),
});

/** Two grids of zones nest when their zones are the same, however many a shard has, and their output fields are equal. */
export function nests(own: JsonObject, other: GridPlugin): boolean {
  if (other.type !== GRID_TYPE) return false;
  const theirs: JsonObject = other.signature();
  return (["zones", "count", "output_fields"] as const).every(
    (key) => JSON.stringify(own[key]) === JSON.stringify(theirs[key]),
  );
}
