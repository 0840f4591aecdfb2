/** Many footprints against the cells of one region. */
import type { Region } from "@zagg/core";
import { treeCoverer } from "@zagg/sphere";
import type { LatitudeConvention } from "../latitude.js";
import { vectorWriter } from "./authalic-vectors.js";
import { cellLeaves } from "./cell-leaves.js";
import { buildCellTree, type CellList } from "./cell-tree.js";

/**
 * A function that gives the listed cells a footprint meets, as ascending indices into the list.
 * @param cells ascending in the nested numbering, each once
 */
export function coverListedCells(
  cells: CellList,
  latitude: LatitudeConvention,
): (footprint: Region) => Uint32Array {
  const tree = buildCellTree(cells);
  return treeCoverer(tree, cellLeaves(cells, tree, latitude), vectorWriter(latitude));
}
