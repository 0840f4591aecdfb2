import { describe, expect, it } from "vitest";
import { randomPoints, trackPoints } from "../bench/points.js";
import { textbookNested } from "../bench/textbook-nested.js";
import { assignNested } from "../src/kernels/nested.js";

describe("the textbook way to nested cells, the baseline of the benchmarks", () => {
  it.each([0, 1, 12, 14, 15, 16])(
    "gives the same cells at order %i, in both latitude conventions",
    (order) => {
      for (const { lonDeg, latDeg } of [randomPoints(20_000), trackPoints(20_000)]) {
        for (const latitude of ["geodetic", "authalic"] as const) {
          const own = new BigUint64Array(lonDeg.length);
          const textbook = new BigUint64Array(lonDeg.length);
          assignNested(order, lonDeg, latDeg, latitude, own);
          textbookNested(order, lonDeg, latDeg, latitude === "authalic", textbook);
          expect(own.findIndex((id, k) => id !== textbook[k])).toBe(-1);
        }
      }
    },
  );
});
