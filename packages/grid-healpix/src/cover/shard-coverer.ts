/** Many footprints against the cells of one region. */
import type { Region } from "@zagg/core";
import type { LatitudeConvention } from "../latitude.js";
import { buildCellTree, type CellList } from "./cell-tree.js";
import { preparePolygon } from "./prepared-polygon.js";
import { createOutlineCache, markTreeCells } from "./tree-cover.js";

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
  const cache = createOutlineCache(cells.count);
  const marked = new Uint8Array(cells.count);
  return (footprint) => {
    marked.fill(0);
    for (const polygon of footprint) markTreeCells(tree, cache, preparePolygon(polygon, latitude), marked);
    return markedIndices(marked);
  };
}

function markedIndices(marked: Uint8Array): Uint32Array {
  let count = 0;
  for (let k = 0; k < marked.length; k++) count += marked[k] as number;
  const indices = new Uint32Array(count);
  let at = 0;
  for (let k = marked.indexOf(1); k >= 0; k = marked.indexOf(1, k + 1)) indices[at++] = k;
  return indices;
}
