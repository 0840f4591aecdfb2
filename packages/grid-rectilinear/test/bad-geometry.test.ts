import { isCodedError } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { regionOf } from "./regions.js";
import { world } from "./sample-grids.js";

describe("bad geometry", () => {
  it.each([
    ["unequal lists", [[{ lonDeg: new Float64Array(4), latDeg: new Float64Array(3) }]], "GEOMETRY_RING"],
    [
      "a latitude beyond the pole",
      regionOf([
        [0, 0],
        [0, 91],
        [5, 5],
      ]),
      "GEOMETRY_COORDINATE",
    ],
    [
      "NaN",
      regionOf([
        [0, 0],
        [NaN, 1],
        [5, 5],
      ]),
      "GEOMETRY_COORDINATE",
    ],
    [
      "two vertices, closed",
      regionOf([
        [0, 0],
        [5, 5],
        [0, 0],
      ]),
      "GEOMETRY_RING",
    ],
    [
      "to and fro between two places",
      regionOf([
        [0, 0],
        [5, 5],
        [0, 0],
        [365, 5],
      ]),
      "GEOMETRY_RING",
    ],
    [
      "a box around all longitudes",
      regionOf([
        [-180, -60],
        [180, -60],
        [180, -90],
        [-180, -90],
      ]),
      "GEOMETRY_RING",
    ],
    ["no vertices", regionOf([]), "GEOMETRY_RING"],
    [
      "antipodal neighbours",
      regionOf([
        [0, 0],
        [180, 0],
        [90, 45],
      ]),
      "GEOMETRY_EDGE",
    ],
    [
      "neighbours two metres from antipodal",
      regionOf([
        [0, 0],
        [179.99998, 0],
        [90, 45],
      ]),
      "GEOMETRY_EDGE",
    ],
  ])("refuses %s", (_what, region, code) => {
    expect(codeOf(() => world.coverer(region).shardKeys)).toBe(code);
  });
});

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
  return "none";
}
