import type { GridPlugin } from "@zagg/core";
import { gridContract } from "@zagg/core/testing";
import { describe, expect, it } from "vitest";
import { runs, some } from "../../../vitest.effort.mjs";
import { assignNested, healpix, mortonFromNested, type HealpixParams } from "../src/index.js";

/** The whole sphere is tiled, so a few dozen points of each kind meet every base cell and its corners. */
const NUM_RUNS = runs(40, 8);

const cases: readonly { readonly params: HealpixParams; readonly derived?: HealpixParams }[] = [
  {
    params: { parent_order: 1, child_order: 4, chunk_inner: 3 },
    derived: { parent_order: 0, child_order: 2 },
  },
  { params: { parent_order: 2, child_order: 5, layout: "dense", latitude: "geodetic" } },
  {
    params: { parent_order: 6, child_order: 11, chunk_inner: 8, latitude: "geodetic" },
    derived: { parent_order: 3, child_order: 6, chunk_inner: 4, latitude: "geodetic", layout: "dense" },
  },
  { params: { parent_order: 11, child_order: 16, chunk_inner: 13, emit_cell_ids: true } },
  { params: { parent_order: 24, child_order: 29, chunk_inner: 26, layout: "dense" } },
  { params: { parent_order: 0, child_order: 0 } },
];

/** The nested id of a point, and the order it is of. */
function nestedAt(lonDeg: number, latDeg: number, grid: GridPlugin): readonly [order: number, id: bigint] {
  const { child_order: order, latitude } = grid.spatialSignature();
  const id = new BigUint64Array(1);
  const convention = latitude === "authalic-wgs84" ? "authalic" : "geodetic";
  assignNested(Number(order), Float64Array.of(lonDeg), Float64Array.of(latDeg), convention, id);
  return [Number(order), id[0]!];
}

for (const { params, derived } of some(cases, 3)) {
  gridContract({
    describe,
    it,
    expect,
    name: `healpix ${JSON.stringify(params)}`,
    create: (fields) => healpix.create(params, fields),
    factory: healpix,
    params: { ...params },
    ...(derived === undefined ? {} : { derived: (fields) => healpix.create(derived, fields) }),
    unchunked: (fields) => healpix.create({ ...params, chunk_inner: null }, fields),
    isInside: () => true,
    cellValues: {
      cell_ids: (...point) => nestedAt(...point)[1],
      morton: (...point) => mortonFromNested(...nestedAt(...point)),
    },
    // The format fills arrays of ids with 0, which is a cell's id too.
    fillsLikeACell: ["cell_ids"],
    // Sides bend where the equatorial part meets the polar ones, between two points of an outline.
    footprintMargin: 0.005,
    numRuns: NUM_RUNS,
  });
}
