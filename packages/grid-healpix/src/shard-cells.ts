/** Places of the cells of a shard: centres and curved outlines. */
import type { ShardCells } from "@zagg/core";
import { cellFootprint } from "./footprint.js";
import { nestedCenters } from "./kernels/cell-coordinates.js";
import { faceCellOfNested } from "./kernels/cell-index.js";
import type { LatitudeConvention } from "./latitude.js";

/** @param ids nested ids of the cells, by canonical position; kept */
export function cellsOfIds(order: number, ids: BigUint64Array, latitude: LatitudeConvention): ShardCells {
  const lonDeg = new Float64Array(ids.length);
  const latDeg = new Float64Array(ids.length);
  nestedCenters(order, ids, latitude, lonDeg, latDeg);
  return {
    lonDeg,
    latDeg,
    outline(position) {
      const { face, ix, iy } = faceCellOfNested(order, ids[position]!);
      return cellFootprint(order, face, ix, iy, latitude);
    },
  };
}
