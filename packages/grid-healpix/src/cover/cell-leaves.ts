/** Cells as leaves of a tree: their curved outlines, kept from one polygon to the next. */
import type { CapTree, EdgeList, PreparedPolygon, TreeLeaves } from "@zagg/sphere";
import type { LatitudeConvention } from "../latitude.js";
import { innerSine, OUTLINE_SIZE, writeCellOutline } from "./cell-outline.js";
import type { CellList } from "./cell-tree.js";
import { edgeMeetsCell, edgeMeetsCentre } from "./edge-meets-cell.js";
import { createVertexCells, locateVertices } from "./vertex-cells.js";

/** Outlines that are kept at once, 1 kB each; a cell has one place, which it shares with others. */
const OUTLINE_PLACES = 32768;

/** The leaves of the tree of these cells. */
export function cellLeaves(cells: CellList, { bounds }: CapTree, latitude: LatitudeConvention): TreeLeaves {
  const { order } = cells;
  const places = Math.max(1, Math.min(cells.count, OUTLINE_PLACES));
  /** The cell whose outline is in each place, -1 for none. */
  const cellAt = new Int32Array(places).fill(-1);
  const outlines = new Float64Array(places * OUTLINE_SIZE);
  /** Of the outline in each place, see {@link innerSine}. */
  const inner = new Float64Array(places);
  const vector = new Float64Array(3);
  const starts = createVertexCells(256);
  return {
    begin: (polygon) => locateVertices(polygon, latitude, starts),
    meets(polygon: PreparedPolygon, { list, from, to }: EdgeList, cell: number, at: number, holds: boolean) {
      if (holds) return true;
      const face = cells.face[cell]!;
      const ix = cells.ix[cell]!;
      const iy = cells.iy[cell]!;
      const place = cell % places;
      const outline = place * OUTLINE_SIZE;
      if (cellAt[place] !== cell) {
        writeCellOutline(order, face, ix, iy, outlines, outline, vector);
        inner[place] = innerSine(outlines, outline, bounds, at);
        cellAt[place] = cell;
      }
      const reach = inner[place]!;
      for (let i = from; i < to; i++) {
        if (edgeMeetsCentre(polygon, list[i]!, bounds, at, reach)) return true;
      }
      for (let i = from; i < to; i++) {
        if (edgeMeetsCell(polygon, starts, list[i]!, order, face, ix, iy, outlines, outline)) return true;
      }
      return false;
    },
  };
}
