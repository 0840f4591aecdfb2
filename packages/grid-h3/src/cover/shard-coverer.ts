/** Many footprints against the shards of one region: a descent that goes only where they are. */
import { lowerBound } from "@zagg/core/internal";
import type { Region } from "@zagg/core";
import { createPolygonArrays, descendPolygon, preparePolygon, type CapHierarchy } from "@zagg/sphere";
import { cellToChildren, getRes0Cells } from "h3-js";
import { writeCap } from "../cell-cap.js";
import { ancestorHigh, highOfText } from "../kernels/index-bits.js";
import type { H3Settings } from "../params.js";
import { createShardTest, freeNode, once, type CellNode } from "./descent.js";

/** Up to so many shards, the caps below each are kept: 57 of them, 10 kB per shard. */
const MOST_SHARDS_KEPT = 20_000;

/** A cell that holds the listed shards first … last−1. */
interface ListedNode extends CellNode {
  readonly first: number;
  readonly last: number;
  /** The nodes below it that hold listed shards, in index order. */
  listed(): readonly ListedNode[];
}

/**
 * A function that gives the listed shards a footprint meets, as ascending indices into the list.
 * @param shardKeys ascending, each once
 */
export function coverListedShards(
  shardKeys: BigUint64Array,
  settings: H3Settings,
): (footprint: Region) => Uint32Array {
  const hierarchy: CapHierarchy<ListedNode> = {
    roots: listedNodes([...getRes0Cells()].sort(), 0, 0, shardKeys.length, shardKeys, settings),
    depth: settings.parentRes + 1,
    writeCap: ({ cap }, out, at) => writeCap(cap, out, at),
    below: (node) => (node.res === settings.parentRes ? undefined : node.listed()),
    leafMeets: createShardTest(settings),
  };
  const arrays = createPolygonArrays(256);
  return (footprint) => {
    const found: number[] = [];
    for (const polygon of footprint) {
      descendPolygon(preparePolygon(polygon, { arrays }), hierarchy, ({ first, last }) => {
        for (let k = first; k < last; k++) found.push(k);
      });
    }
    const indices = Uint32Array.from(found);
    return footprint.length > 1
      ? indices.sort().filter((index, k) => k === 0 || index !== indices[k - 1])
      : indices;
  };
}

/** Those of some cells, ascending, that hold one of the listed shards from … to−1. */
function listedNodes(
  cells: readonly string[],
  res: number,
  from: number,
  to: number,
  shardKeys: BigUint64Array,
  settings: H3Settings,
): ListedNode[] {
  const { parentRes, childRes } = settings;
  const nodes: ListedNode[] = [];
  let first = from;
  for (const index of cells) {
    const last = Math.min(to, lowerBound(shardKeys, lastId(index, parentRes) + 1n));
    if (last === first) continue;
    const [start, stop] = [first, last];
    nodes.push({
      ...freeNode(index, res, childRes, shardKeys.length <= MOST_SHARDS_KEPT),
      first: start,
      last: stop,
      listed: once(() =>
        listedNodes(cellToChildren(index, res + 1), res + 1, start, stop, shardKeys, settings),
      ),
    });
    first = last;
  }
  return nodes;
}

/** The id of a cell with the resolution of the shards: its missing digits, all 7, let no shard below it exceed it. */
function lastId(index: string, parentRes: number): bigint {
  const high = ancestorHigh(highOfText(index), parentRes);
  return (BigInt(high) << 32n) | BigInt(`0x${index.slice(-8)}`);
}
