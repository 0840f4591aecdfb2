/** Many footprints against the cells of one region. */
import type { Region } from "@zagg/core";
import type { LatitudeConvention } from "../latitude.js";
import { buildCellTree, type CellList } from "./cell-tree.js";
import { createPolygonArrays } from "./polygon-arrays.js";
import { preparePolygon } from "./prepared-polygon.js";
import { collectTreeCells, createCoverScratch, type Hits } from "./tree-cover.js";

/**
 * A function that gives the listed cells a footprint meets, as ascending indices into the list. It descends the
 * quadtree of the listed cells only, so that a footprint costs what it has in common with the region.
 * @param cells ascending in the nested numbering, each once
 */
export function coverListedCells(
  cells: CellList,
  latitude: LatitudeConvention,
): (footprint: Region) => Uint32Array {
  const tree = buildCellTree(cells);
  const scratch = createCoverScratch(cells.count);
  const arrays = createPolygonArrays(256);
  const hits: Hits = { indices: new Uint32Array(64), length: 0 };
  return (footprint) => {
    hits.length = 0;
    for (const polygon of footprint) {
      collectTreeCells(tree, scratch, preparePolygon(polygon, latitude, arrays, tree.cap), hits);
    }
    const indices = hits.indices.slice(0, hits.length);
    return footprint.length > 1 ? ascendingOnce(indices) : indices;
  };
}

function ascendingOnce(indices: Uint32Array): Uint32Array {
  return indices.sort().filter((index, k) => k === 0 || index !== indices[k - 1]);
}
