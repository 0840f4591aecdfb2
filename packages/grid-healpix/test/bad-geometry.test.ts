import { isCodedError, type Region } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { coverRegion } from "../src/cover/cover-region.js";
import { circle, cross, ringOf } from "./spherical-oracle.js";

describe("bad geometry", () => {
  const refusal = (region: Region, order = 4): unknown => {
    try {
      coverRegion(region, order, "authalic");
    } catch (error) {
      return isCodedError(error) ? error.code : error;
    }
    return undefined;
  };

  it("refuses a ring with fewer than three different vertices", () => {
    expect(refusal([[ringOf()]])).toBe("GEOMETRY_RING");
    expect(refusal([[ringOf([1, 2], [3, 4], [1, 2], [3, 4])]])).toBe("GEOMETRY_RING");
    expect(refusal([[ringOf([-180, -60], [180, -60], [180, -90], [-180, -90])]])).toBe("GEOMETRY_RING");
  });

  it("refuses coordinates that are no places", () => {
    for (const bad of [
      [NaN, 1],
      [1, NaN],
      [Infinity, 1],
      [1, 90.001],
      [1, -91],
    ] as const) {
      expect(refusal([[ringOf([0, 0], [10, 0], bad)]])).toBe("GEOMETRY_COORDINATE");
    }
  });

  it("refuses a ring whose arrays differ in length", () => {
    expect(refusal([[{ lonDeg: new Float64Array(4), latDeg: new Float64Array(3) }]])).toBe("GEOMETRY_RING");
  });

  it("refuses an edge between opposite points, or points that are 2 m from it", () => {
    expect(refusal([[ringOf([0, 0], [180, 0], [90, 45])]])).toBe("GEOMETRY_EDGE");
    expect(refusal([[ringOf([0, 0], [179.99998, 0], [90, 45])]])).toBe("GEOMETRY_EDGE");
    expect(refusal([[ringOf([0, 0], [179.9999, 0], [90, 45])]])).toBeUndefined();
  });

  it("refuses to list more than 50 million cells", () => {
    expect(refusal([[circle([1, 0, 0], 0.5, 8)]], 16)).toBe("GRID_COVERAGE_LIMIT");
  });

  it("throws a RangeError for an order that does not exist", () => {
    for (const order of [-1, 30, 1.5]) {
      expect(() => coverRegion([[circle(cross([1, 0, 0], [0, 1, 0]), 0.1, 4)]], order, "authalic")).toThrow(
        RangeError,
      );
    }
  });
});
