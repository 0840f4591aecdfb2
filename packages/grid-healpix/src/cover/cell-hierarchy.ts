/** The quadtrees of the twelve faces down to one order, for a descent. */
import { descendPolygon, preparePolygon, type CapHierarchy, type PreparedPolygon } from "@zagg/sphere";
import type { Polygon } from "@zagg/core";
import type { LatitudeConvention } from "../latitude.js";
import { vectorWriter } from "./authalic-vectors.js";
import { writeCellCap } from "./cell-cap.js";
import { OUTLINE_SIZE, writeCellOutline, type OutlinedCell } from "./cell-outline.js";
import { edgeMeetsCell } from "./edge-meets-cell.js";
import { createVertexCells, locateVertices } from "./vertex-cells.js";

const FACES: readonly OutlinedCell[] = Array.from({ length: 12 }, (_, face) => ({
  order: 0,
  face,
  ix: 0,
  iy: 0,
}));

/**
 * Hands out the cells whose closed area meets a polygon, in nested order, disjoint; whole areas as coarse cells.
 * @param order 0..29
 * @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`
 */
export function descendCells(
  polygon: Polygon,
  order: number,
  latitude: LatitudeConvention,
  collect: (cell: OutlinedCell) => void,
): void {
  const prepared = preparePolygon(polygon, { writeVectors: vectorWriter(latitude) });
  descendPolygon(prepared, cellHierarchy(prepared, order, latitude), collect);
}

function cellHierarchy(
  prepared: PreparedPolygon,
  order: number,
  latitude: LatitudeConvention,
): CapHierarchy<OutlinedCell> {
  const starts = createVertexCells(prepared.capacity);
  locateVertices(prepared, latitude, starts);
  const corners = new Float64Array(12);
  const vector = new Float64Array(3);
  const outline = new Float64Array(OUTLINE_SIZE);
  return {
    roots: FACES,
    depth: order + 1,
    writeCap: (cell, out, at) => writeCellCap(cell.order, cell.face, cell.ix, cell.iy, out, at, corners),
    below: (cell) => (cell.order === order ? undefined : quarters(cell)),
    leafMeets(polygon, { list, from, to }, { face, ix, iy }, holds) {
      if (holds) return true;
      writeCellOutline(order, face, ix, iy, outline, 0, vector);
      for (let i = from; i < to; i++) {
        if (edgeMeetsCell(polygon, starts, list[i]!, order, face, ix, iy, outline, 0)) return true;
      }
      return false;
    },
  };
}

function quarters({ order, face, ix, iy }: OutlinedCell): readonly OutlinedCell[] {
  return [0, 1, 2, 3].map((k) => ({ order: order + 1, face, ix: 2 * ix + (k & 1), iy: 2 * iy + (k >> 1) }));
}
