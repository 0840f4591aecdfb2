/** MOCs of regions. */
import type { Region } from "@zagg/core";
import { descendCells } from "../cover/cell-hierarchy.js";
import { nestedHigh, nestedLow } from "../kernels/cell-index.js";
import { assertOrder, MAX_ORDER } from "../kernels/face-cells.js";
import { isAuthalic, type LatitudeConvention } from "../latitude.js";
import { uniteMocs } from "./algebra.js";
import { appendRange, createBoundaries, takeBoundaries } from "./boundaries.js";
import { shiftedHigh, shiftedLow } from "./cell-ranges.js";
import { emptyMoc, type Moc } from "./moc.js";

/**
 * The cells of one order whose closed area meets a region: those of `coverRegion`. Time and memory go with the outline of the
 * region in cells, not with its area, and there is no limit on how many cells there are.
 *
 * @param order    0..29
 * @param latitude the convention that the cells are in; the region's latitudes are geodetic
 * @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`; `GRID_COVERAGE_LIMIT` for more than
 *   twenty million ranges; RangeError if the order is out of range
 */
export function mocFromRegion(region: Region, order: number, latitude: LatitudeConvention): Moc {
  assertOrder(order);
  isAuthalic(latitude);
  const mocs = region.map((polygon): Moc => {
    const out = createBoundaries();
    descendCells(polygon, order, latitude, ({ order: cellOrder, face, ix, iy }) => {
      const shift = 2 * (MAX_ORDER - cellOrder);
      const low = nestedLow(cellOrder, face, ix, iy) >>> 0;
      const high = nestedHigh(cellOrder, face, ix, iy) >>> 0;
      const nextLow = (low + 1) >>> 0;
      const nextHigh = nextLow === 0 ? high + 1 : high;
      appendRange(
        out,
        shiftedLow(low, shift),
        shiftedHigh(low, high, shift),
        shiftedLow(nextLow, shift),
        shiftedHigh(nextLow, nextHigh, shift),
      );
    });
    return { order, ranges: takeBoundaries(out) };
  });
  return mocs.length === 0 ? emptyMoc(order) : uniteMocs(...mocs);
}
