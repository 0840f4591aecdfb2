/** Region coverage for those who want cell ids, not a grid. */
import type { Region } from "@zagg/core";
import type { LatitudeConvention } from "../latitude.js";
import { assertOrder } from "../kernels/face-cells.js";
import { nestedIds } from "./nested-order.js";
import { regionCells } from "./region-cells.js";

/**
 * Nested ids of the cells of one order whose closed area meets a region, ascending.
 *
 * Edges are great circles, on the sphere whose latitude is the convention's. At most 50 million cells.
 *
 * @param order    0..29
 * @param latitude the convention that the cells are in; the region's latitudes are geodetic
 * @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE`, `GRID_COVERAGE_LIMIT`; RangeError if the order is out of range
 *
 * @example
 * const box = { lonDeg: Float64Array.of(10, 11, 11, 10), latDeg: Float64Array.of(50, 50, 51, 51) };
 * coverRegion([[box]], 3, "authalic"); // BigUint64Array [ 46n ]
 */
export function coverRegion(region: Region, order: number, latitude: LatitudeConvention): BigUint64Array {
  assertOrder(order);
  return nestedIds(regionCells(region, order, latitude));
}
