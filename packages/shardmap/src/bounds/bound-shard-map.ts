/** The part of a shard map that a configuration's `bounds` takes. */
import { ShardMapError, isCodedError, type GridPlugin, type Warning, type ZaggConfig } from "@zagg/core";
import { subsetShardMap, type SubsetReport } from "../derive/subset.js";
import type { ShardMap } from "../map/shard-map.js";
import { beyondMap } from "./beyond-map.js";
import { configBounds } from "./config-bounds.js";
import { shardFilter } from "./shard-filter.js";

/**
 * The shards that `bounds.spatial` touches and the granules with data in the time of `bounds.temporal`; the map itself where
 * the configuration sets no bounds. So a run takes the same of a large map as of one that was built for its bounds.
 * Warns of what is left out, of granules that state no time, which are kept, and of bounds that the map was not built for.
 * @throws ShardMapError `SHARDMAP_OUT_OF_BOUNDS` when nothing is left
 * @throws GeometryError as {@link configBounds}
 */
export function boundShardMap(
  map: ShardMap,
  grid: Pick<GridPlugin, "coverer" | "shardFootprint">,
  config: Pick<ZaggConfig, "bounds">,
): { readonly map: ShardMap; readonly warnings: readonly Warning[] } {
  const odd: Warning[] = [];
  const bounds = configBounds(config, (warning) => odd.push(warning));
  const { region, time } = bounds;
  if (region === undefined && time === undefined) return { map, warnings: [] };
  const shardKeys = region === undefined ? undefined : shardFilter(grid, region)(map.shardKeys);
  try {
    const { map: bounded, report } = subsetShardMap({ map, shardKeys, time, asked: { by: "bounds" } });
    return { map: bounded, warnings: [...odd, ...leftOut(report), ...beyondMap(map.metadata, bounds)] };
  } catch (error) {
    throw isCodedError(error, "SHARDMAP_EMPTY") ? outOfBounds(map) : error;
  }
}

function leftOut(report: SubsetReport): readonly Warning[] {
  const { shards, shardsDropped, pairs, pairsDropped, granulesWithoutTime } = report;
  const selected: Warning = {
    code: "BOUNDS_SELECTED",
    path: "/bounds",
    what: `bounds take ${shards} of ${shards + shardsDropped} shards, and in them ${pairs} of ${pairs + pairsDropped} entries of granules`,
    why: "shards and granules are taken whole: points just outside the bounds are among theirs",
    mend: "nothing need be done; filters of data_source leave out single points",
    details: { shards, shards_dropped: shardsDropped, pairs, pairs_dropped: pairsDropped },
  };
  const undated: Warning = {
    code: "BOUNDS_UNDATED",
    path: "/bounds/temporal",
    what: `${granulesWithoutTime} granules state no time, and are taken`,
    why: "neither their records nor their names say when their data were taken",
    mend: "build the map from a catalog, whose entries have times, or remove what is not meant with zagg shardmap subset",
    details: { granules: granulesWithoutTime },
  };
  return [
    ...(shardsDropped + pairsDropped > 0 ? [selected] : []),
    ...(granulesWithoutTime > 0 ? [undated] : []),
  ];
}

function outOfBounds(map: ShardMap): ShardMapError {
  return new ShardMapError("SHARDMAP_OUT_OF_BOUNDS", {
    what: `bounds leave none of the ${map.shardKeys.length} shards of the map`,
    why: "it has no granule at the place and time that the configuration limits itself to",
    mend: "correct bounds, or build a map for them with zagg shardmap build",
  });
}
