/** The shards of a map as GeoJSON, for maps and GIS. */
import type { GridPlugin } from "@zagg/core";
import { geoJsonArea } from "@zagg/sphere";
import { statedTimeRange } from "../granule/granule-time.js";
import type { ShardMap } from "../map/shard-map.js";

/**
 * A FeatureCollection (RFC 7946) of the outlines of a map's shards, in chunks of text, one feature a line: `key` (text,
 * because keys exceed 2^53), `label`, `granules`, and `time_start` and `time_end`, null when the records state none.
 * Outlines are cut at the antimeridian, closed along ±90 around a pole, and follow great circles.
 * @throws GridError `GRID_SHARD_UNKNOWN` when the map belongs to another grid
 */
export function* shardMapGeoJson(map: ShardMap, grid: GridPlugin): Generator<string, void> {
  yield `{"type": "FeatureCollection", "features": [`;
  for (let shard = 0; shard < map.shardKeys.length; shard++) {
    const key = map.shardKeys[shard]!;
    const records = map.granules[shard]!;
    const time = statedTimeRange(records);
    const feature = {
      type: "Feature",
      id: String(key),
      properties: {
        key: String(key),
        label: grid.shardLabel(key),
        granules: records.length,
        time_start: time?.start ?? null,
        time_end: time?.end ?? null,
      },
      geometry: geoJsonArea(grid.shardFootprint(key)),
    };
    yield `${shard === 0 ? "" : ","}\n${JSON.stringify(feature)}`;
  }
  yield "\n]}\n";
}
