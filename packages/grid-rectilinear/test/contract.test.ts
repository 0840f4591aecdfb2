import { gridContract, pointsInBox } from "@zagg/core/testing";
import { describe, expect, it } from "vitest";
import { rectilinear, type RectilinearParams } from "../src/index.js";
import { runs, some } from "../../../vitest.effort.mjs";

const NUM_RUNS = runs(40, 8);

/** How far from the open edge of the world dividing by a cell size rounds, in degrees. */
const EDGE_DEG = 1e-12;

/** A geographic grid of the world: cells hold their left and upper edge, and rounding decides on the open ones. */
const inWorld = (lonDeg: number, latDeg: number): boolean | undefined =>
  lonDeg < 180 - EDGE_DEG && latDeg > -90 + EDGE_DEG ? true : undefined;

interface Case {
  readonly params: RectilinearParams;
  readonly derived?: RectilinearParams;
  /** West, south, east, north. */
  readonly box: readonly [number, number, number, number];
  readonly isInside?: (lonDeg: number, latDeg: number) => boolean | undefined;
  readonly wraps?: boolean;
}

const world = { crs: "EPSG:4326", bounds: [-180, -90, 180, 90] };
const cases: readonly Case[] = [
  {
    params: { ...world, resolution: 1, chunk_shape: [30, 60], chunk_inner: [10, 15] },
    derived: { ...world, resolution: 3, chunk_shape: [30, 20] },
    box: [-180, -90, 180, 90],
    isInside: inWorld,
    wraps: false,
  },
  {
    params: { ...world, resolution: 0.001, chunk_shape: [200, 400], chunk_inner: [100, 40] },
    box: [-180, -90, 180, 90],
    isInside: inWorld,
    wraps: false,
  },
  {
    params: {
      crs: "EPSG:3031",
      resolution: 50_000,
      bounds: [-3.2e6, -3.2e6, 3.2e6, 3.2e6],
      chunk_shape: [16, 32],
      chunk_inner: [4, 8],
    },
    derived: {
      crs: "EPSG:3031",
      resolution: 100_000,
      bounds: [-3.2e6, -3.2e6, 3.2e6, 3.2e6],
      chunk_shape: [16, 16],
    },
    box: [-180, -90, 180, -61],
    isInside: (_lonDeg, latDeg) => (latDeg < -62 ? true : latDeg > -45 ? false : undefined),
  },
  {
    params: {
      crs: "EPSG:32618",
      resolution: 10,
      bounds: [358300, 4299600, 370300, 4311600],
      chunk_shape: [300, 200],
      chunk_inner: [75, 50],
    },
    box: [-76.7, 38.8, -76.4, 39],
    isInside: (lonDeg, latDeg) =>
      lonDeg > -76.62 && lonDeg < -76.51 && latDeg > 38.85 && latDeg < 38.92
        ? true
        : Math.abs(latDeg - 38.9) > 1
          ? false
          : undefined,
  },
];

for (const { params, derived, box, isInside, wraps } of some(cases, 3)) {
  gridContract({
    describe,
    it,
    expect,
    name: `rectilinear ${JSON.stringify(params)}`,
    create: (fields) => rectilinear.create(params, fields),
    factory: rectilinear,
    params: { ...params },
    ...(derived === undefined ? {} : { derived: (fields) => rectilinear.create(derived, fields) }),
    unchunked: (fields) => rectilinear.create({ ...params, chunk_inner: null }, fields),
    points: pointsInBox(...box),
    ...(isInside === undefined ? {} : { isInside }),
    ...(wraps === undefined ? {} : { wraps }),
    numRuns: NUM_RUNS,
  });
}
