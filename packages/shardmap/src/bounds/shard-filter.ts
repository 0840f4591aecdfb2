/** Which of the shards that there are a region touches, however large the region is. */
import type { BoundingBox, GridPlugin, Region } from "@zagg/core";
import { boxOfRegion, regionFromBbox } from "@zagg/sphere";
import { regionSize } from "../build/region-record.js";
import { keysIn } from "../map/keys-in.js";
import { boxesApart, extentDeg, holdsBox, shareOfSphere } from "./boxes.js";

/** Shards of a region that are listed at once: some seconds, and 200 MB. */
const MOST_KEYS = 2 ** 20;
/** A region is small, whatever its grid, below this part of the sphere. */
const SMALL_SHARE = 1 / 64;
/** Shards that are looked at together. */
const GROUP = 64;
/** A box around a diamond is twice as large. */
const BOX_TO_SHARD = 2;

/** The keys among some, ascending, that the region touches. */
export type ShardFilter = (keys: BigUint64Array) => BigUint64Array;

/**
 * A filter with the answers of the grid's own coverage. A region with more shards than can be listed is asked about the shards that are there:
 * by their boxes, and where those do not tell, with coverers of their own places.
 * @param mostKeys shards that may be listed; none are for 0
 */
export function shardFilter(
  grid: Pick<GridPlugin, "coverer" | "shardFootprint">,
  region: Region,
  mostKeys = MOST_KEYS,
): ShardFilter {
  let listed: BigUint64Array | undefined;
  let byShard: ShardFilter | undefined;
  const box = boxOfRegion(region);
  return (keys) => {
    const [first] = keys;
    if (first === undefined) return keys;
    if (listed === undefined && byShard === undefined) {
      if (isListable(grid, box, first, mostKeys)) listed = grid.coverer(region).shardKeys;
      else byShard = filterByShard(grid, region, box);
    }
    return listed === undefined ? byShard!(keys) : keysIn(keys, listed);
  };
}

function isListable(
  grid: Pick<GridPlugin, "shardFootprint">,
  box: BoundingBox,
  shard: bigint,
  mostKeys: number,
): boolean {
  const share = shareOfSphere(box);
  if (share < SMALL_SHARE) return mostKeys > 0;
  const footprint = grid.shardFootprint(shard);
  return footprint.length === 0 || share < (mostKeys * shareOfSphere(boxOfRegion(footprint))) / BOX_TO_SHARD;
}

function filterByShard(
  grid: Pick<GridPlugin, "coverer" | "shardFootprint">,
  region: Region,
  box: BoundingBox,
): ShardFilter {
  const known = new Map<bigint, boolean>();
  const plain = regionSize(regionFromBbox(box));
  const { polygons, vertices } = regionSize(region);
  const isBox = plain.polygons === polygons && plain.vertices === vertices;
  if (isBox && shareOfSphere(box) === 1) return (keys) => keys;
  return (keys) => {
    const undecided: { readonly key: bigint; readonly footprint: Region }[] = [];
    for (const key of keys) {
      if (known.has(key)) continue;
      const footprint = grid.shardFootprint(key);
      const own = boxOfRegion(footprint);
      // The vertices of an outline are places of the shard; its curved sides may bulge a little beyond.
      if (isBox && holdsBox(box, own, 0)) known.set(key, true);
      else if (boxesApart(box, own, extentDeg(own) / 10)) known.set(key, false);
      else undecided.push({ key, footprint });
    }
    for (let from = 0; from < undecided.length; from += GROUP) {
      const group = undecided.slice(from, from + GROUP);
      const coverer = grid.coverer(group.flatMap(({ footprint }) => footprint));
      const met = new Set(Array.from(coverer.cover(region), (index) => coverer.shardKeys[index]!));
      for (const { key } of group) known.set(key, met.has(key));
    }
    return keys.filter((key) => known.get(key) === true);
  };
}
