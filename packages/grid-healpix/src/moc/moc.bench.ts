/** MOCs of a region against its list of cells, and set algebra on a million ranges. */
import { bench, describe } from "vitest";
import { circle } from "../../test/spherical-oracle.js";
import { coverRegion } from "../cover/cover-region.js";
import { intersectMocs, uniteMocs } from "./algebra.js";
import { coarsenMoc } from "./coarsen.js";
import { mocFromNested } from "./from-cells.js";
import { mocFromRegion } from "./from-region.js";

const region = [[circle([0, 0, -1], 0.3, 400)]];

describe("a cap of 17 degrees at order 11", () => {
  bench("as a MOC", () => {
    mocFromRegion(region, 11, "authalic");
  });
  bench("as a list of cells", () => {
    coverRegion(region, 11, "authalic");
  });
});

const RANGES = 1_000_000;
const spread = (first: number, step: number): BigUint64Array =>
  BigUint64Array.from({ length: RANGES }, (_, k) => BigInt(first + step * k));
const a = mocFromNested(12, spread(0, 200));
const b = mocFromNested(12, spread(1, 190));

describe("two MOCs of a million ranges each", () => {
  bench("union", () => {
    uniteMocs(a, b);
  });
  bench("intersection", () => {
    intersectMocs(a, b);
  });
  bench("coarsened by four orders", () => {
    coarsenMoc(a, 8);
  });
});
