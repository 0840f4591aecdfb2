/** The shards that a region meets. */
import { GeometryError, type Region } from "@zagg/core";
import { descendPolygon, preparePolygon, type CapHierarchy } from "@zagg/sphere";
import { getRes0Cells, isPentagon } from "h3-js";
import { writeCap } from "../cell-cap.js";
import { descendants } from "../kernels/shard-cells.js";
import type { H3Settings } from "../params.js";
import { NULL_INDEX } from "../storage.js";
import { createShardTest, freeNode, type CellNode } from "./descent.js";

/** More shards than this are refused: 80 MB of keys. */
export const MAX_COVERAGE_SHARDS = 10_000_000;

/** The 122 cells of resolution 0, in index order. */
export const createRoots = (settings: H3Settings): readonly CellNode[] =>
  [...getRes0Cells()].sort().map((index) => freeNode(index, 0, settings.childRes, false));

/**
 * Keys of the shards one of whose cells may hold a point of a region, ascending, each once. None that does is missing.
 * @param roots made by {@link createRoots} for these settings
 * @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`, `GRID_COVERAGE_LIMIT`
 */
export function regionShards(
  region: Region,
  settings: H3Settings,
  roots: readonly CellNode[],
): BigUint64Array {
  const polygons = region.map((polygon) => preparePolygon(polygon));
  const hierarchy = hierarchyOf(settings, roots);
  const keys: KeyList = { values: new BigUint64Array(64), length: 0 };
  for (const polygon of polygons) {
    descendPolygon(polygon, hierarchy, (node) => appendShards(keys, node, settings.parentRes));
  }
  const found = keys.values.slice(0, keys.length);
  return region.length > 1 ? found.sort().filter((key, k) => k === 0 || key !== found[k - 1]) : found;
}

function hierarchyOf(settings: H3Settings, roots: readonly CellNode[]): CapHierarchy<CellNode> {
  return {
    roots,
    depth: settings.parentRes + 1,
    writeCap: ({ cap }, out, at) => writeCap(cap, out, at),
    below: (node) => (node.res === settings.parentRes ? undefined : node.children()),
    leafMeets: createShardTest(settings),
  };
}

interface KeyList {
  values: BigUint64Array;
  length: number;
}

/** Appends every shard of a cell. */
function appendShards(keys: KeyList, node: CellNode, parentRes: number): void {
  const depth = parentRes - node.res;
  if (keys.length + shardCount(node.index, depth) > MAX_COVERAGE_SHARDS) throw coverageTooLarge(parentRes);
  if (depth === 0) append(keys, BigUint64Array.of(BigInt(`0x${node.index}`)));
  else
    append(
      keys,
      descendants(node.index, node.res, parentRes, NULL_INDEX).filter((key) => key !== NULL_INDEX),
    );
}

/** Descendants of a cell: 7^k, or 1 + 5·(7^k − 1)/6 of a pentagon. */
function shardCount(index: string, depth: number): number {
  return isPentagon(index) ? 1 + (5 * (7 ** depth - 1)) / 6 : 7 ** depth;
}

function append(keys: KeyList, more: BigUint64Array): void {
  const length = keys.length + more.length;
  if (length > keys.values.length) {
    const longer = new BigUint64Array(Math.max(length, 2 * keys.values.length));
    longer.set(keys.values);
    keys.values = longer;
  }
  keys.values.set(more, keys.length);
  keys.length = length;
}

function coverageTooLarge(res: number): GeometryError {
  return new GeometryError("GRID_COVERAGE_LIMIT", {
    what: `the region touches more than ${MAX_COVERAGE_SHARDS / 1e6} million shards of resolution ${res}`,
    why: "such a list would not fit in memory beside anything else",
    mend: "use a coarser parent_res, or a smaller region",
    details: { resolution: res, limit: MAX_COVERAGE_SHARDS },
  });
}
