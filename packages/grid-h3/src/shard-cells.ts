/** Places of the cells of a shard, and the parents they have one resolution up. */
import type { Region, ShardCells } from "@zagg/core";
import { cellToBoundary, cellToLatLng } from "h3-js";
import { NULL_INDEX } from "./storage.js";

/** @param ids H3 ids of the cells by canonical position, the null index at holes; kept */
export function cellsOfIds(ids: BigUint64Array): ShardCells {
  const lonDeg = new Float64Array(ids.length).fill(NaN);
  const latDeg = new Float64Array(ids.length).fill(NaN);
  ids.forEach((id, position) => {
    if (id !== NULL_INDEX) [latDeg[position], lonDeg[position]] = cellToLatLng(id.toString(16));
  });
  return {
    lonDeg,
    latDeg,
    outline: (position) => (ids[position] === NULL_INDEX ? [] : outlineOf(ids[position]!)),
  };
}

/** Positions of the parents in the same shard of the grid one resolution coarser: the number without its last digit. */
export function parentsOfIds(ids: BigUint64Array): Int32Array {
  return Int32Array.from(ids, (id, position) => (id === NULL_INDEX ? -1 : Math.floor(position / 7)));
}

function outlineOf(id: bigint): Region {
  const corners = cellToBoundary(id.toString(16));
  return [
    [
      {
        lonDeg: Float64Array.from(corners, ([, lon]) => lon),
        latDeg: Float64Array.from(corners, ([lat]) => lat),
      },
    ],
  ];
}
