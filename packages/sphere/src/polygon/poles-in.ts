/** Which poles a ring holds. */
import type { Ring } from "@zagg/core";
import { polygonHolds } from "./polygon-parity.js";
import { preparePolygon } from "./prepared-polygon.js";

/** @throws GeometryError `GEOMETRY_RING`, `GEOMETRY_COORDINATE`, `GEOMETRY_EDGE` */
export function polesIn(ring: Ring): { readonly north: boolean; readonly south: boolean } {
  const polygon = preparePolygon([ring]);
  return { north: polygonHolds(polygon, 0, 0, 1), south: polygonHolds(polygon, 0, 0, -1) };
}
