/** The cells of one order that a region meets. */
import type { Region } from "@zagg/core";
import type { LatitudeConvention } from "../latitude.js";
import { descendCells } from "./cell-hierarchy.js";
import type { CellList } from "./cell-tree.js";
import { collectCell, createCollection, expandCells } from "./collected-cells.js";
import { uniteCells } from "./nested-order.js";

/**
 * Cells whose closed area meets a region, ascending in the nested numbering, each once.
 *
 * Every cell that holds an inner point of the region is there. Curved sides are followed as finely as edges near them ask
 * for; an edge within rounding of a side, some 1e-14 of a radian, counts as touching.
 *
 * @param order 0..29
 * @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`, `GRID_COVERAGE_LIMIT`
 */
export function regionCells(region: Region, order: number, latitude: LatitudeConvention): CellList {
  const collected = createCollection(order);
  for (const polygon of region) {
    descendCells(polygon, order, latitude, (cell) => collectCell(collected, cell));
  }
  const cells = expandCells(collected);
  return region.length > 1 ? uniteCells(cells) : cells;
}
