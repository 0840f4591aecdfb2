/** Many footprints against the leaves of one tree. */
import type { Region } from "@zagg/core";
import { createPolygonArrays } from "../polygon/polygon-arrays.js";
import { preparePolygon } from "../polygon/prepared-polygon.js";
import type { VectorWriter } from "../polygon/read-ring.js";
import { unitVectors } from "../vector/unit-vectors.js";
import type { CapTree, TreeLeaves } from "./cap-tree.js";
import { collectLeaves, createCoverScratch, type Hits } from "./tree-cover.js";

/**
 * A function that gives the leaves a footprint meets, ascending, each once. It descends the tree only, so that a footprint costs what it
 * has in common with it.
 */
export function treeCoverer(
  tree: CapTree,
  leaves: TreeLeaves,
  writeVectors: VectorWriter = unitVectors,
): (footprint: Region) => Uint32Array {
  const scratch = createCoverScratch();
  const preparation = { arrays: createPolygonArrays(256), cap: tree.cap, writeVectors };
  const hits: Hits = { indices: new Uint32Array(64), length: 0 };
  return (footprint) => {
    hits.length = 0;
    for (const polygon of footprint) {
      collectLeaves(tree, leaves, scratch, preparePolygon(polygon, preparation), hits);
    }
    const indices = hits.indices.slice(0, hits.length);
    return footprint.length > 1 ? ascendingOnce(indices) : indices;
  };
}

function ascendingOnce(indices: Uint32Array): Uint32Array {
  return indices.sort().filter((index, k) => k === 0 || index !== indices[k - 1]);
}
