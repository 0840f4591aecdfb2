/** Shards that have an outline. */
import type { Region } from "../../geometry.js";
import type { GridPlugin } from "../../grid.js";
import { boundingCap } from "../sphere.js";

/** Shards with an outline, and the circle around each. */
export function outlinedShards(
  grid: GridPlugin,
  keys: BigUint64Array,
): { key: bigint; footprint: Region; radiusDeg: number }[] {
  return Array.from(keys).flatMap((key) => {
    const footprint = grid.shardFootprint(key);
    const cap = boundingCap(footprint);
    return cap === undefined ? [] : [{ key, footprint, radiusDeg: cap.radiusDeg }];
  });
}
