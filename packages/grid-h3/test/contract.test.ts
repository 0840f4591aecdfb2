import { gridContract, type LonLat } from "@zagg/core/testing";
import fc from "fast-check";
import { cellToBoundary, cellToLatLng, getPentagons, latLngToCell } from "h3-js";
import { describe, expect, it } from "vitest";
import { h3, type H3Params } from "../src/index.js";
import { runs, some } from "../../../vitest.effort.mjs";

/** The whole sphere is tiled, so a few dozen points of each kind meet pentagons, poles and the antimeridian. */
const NUM_RUNS = runs(30, 6);

/** Centres and corners of pentagons, beside the points that the kit brings. */
const points: fc.Arbitrary<LonLat> = fc
  .integer({ min: 0, max: 9 })
  .chain((res) => fc.constantFrom(...getPentagons(res)))
  .chain((cell) => fc.constantFrom(cellToLatLng(cell), ...cellToBoundary(cell)))
  .map(([latDeg, lonDeg]) => ({ lonDeg, latDeg }) as LonLat);

const cases: readonly { readonly params: H3Params; readonly derived?: H3Params }[] = [
  { params: { parent_res: 1, child_res: 4, chunk_res: 2 }, derived: { parent_res: 0, child_res: 2 } },
  { params: { parent_res: 5, child_res: 8, chunk_res: 6 }, derived: { parent_res: 3, child_res: 4 } },
  { params: { parent_res: 12, child_res: 15 } },
  { params: { parent_res: 4, child_res: 4 } },
];

for (const { params, derived } of some(cases, 2)) {
  gridContract({
    describe,
    it,
    expect,
    name: `h3 ${JSON.stringify(params)}`,
    create: (fields) => h3.create(params, fields),
    factory: h3,
    params: { ...params },
    ...(derived === undefined ? {} : { derived: (fields) => h3.create(derived, fields) }),
    unchunked: (fields) => h3.create({ ...params, chunk_res: null }, fields),
    points,
    isInside: () => true,
    // Shards and cells of H3 are hexagons within which finer ones fit by their ids alone.
    ...(params.child_res > params.parent_res ? { nestsInSpace: false } : {}),
    cellValues: {
      cell_ids: (lonDeg, latDeg, grid) =>
        BigInt(`0x${latLngToCell(latDeg, lonDeg % 360, Number(grid.spatialSignature()["child_res"]))}`),
    },
    numRuns: NUM_RUNS,
  });
}
