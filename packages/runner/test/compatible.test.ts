import { createGrid, isCodedError } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { checkCompatible, validateCompatible } from "../src/index.js";
import { createConfig, createScene } from "./scene.js";

const scene = createScene();
const config = createConfig(scene);

describe("co-aggregation", () => {
  const same = createGrid(scene.registry, config);
  const wider = createGrid(scene.registry, createConfig(scene, { grid: { columns: 8 } }));
  const other = createGrid(scene.registry, createConfig(scene, { variables: { n: { function: "count" } } }));
  const products = Object.entries({ same, wider, other }).map(([name, grid]) => ({ name, grid }));

  it("is told pair by pair, and is not routed through the spatial signature", () => {
    const reason = "output fields differ: h_mean, n";
    expect(checkCompatible(products)).toEqual({
      compatible: false,
      pairs: [
        { a: "same", b: "wider", nests: true, overlap: true, compatible: true, reason: null },
        { a: "same", b: "other", nests: false, overlap: true, compatible: false, reason },
        { a: "wider", b: "other", nests: false, overlap: true, compatible: false, reason },
      ],
    });
  });

  it("fails for grids that nest and have no place in common", () => {
    const nowhere = {
      ...same,
      shardsOf: (_lon: unknown, _lat: unknown, out: BigUint64Array) => out.fill(2n ** 64n - 1n),
      coverage: () => new BigUint64Array(0),
      nestsWith: () => true,
    };
    const friendly = { ...same, nestsWith: () => true };
    const { pairs } = checkCompatible([
      { name: "a", grid: nowhere as never },
      { name: "b", grid: friendly },
    ]);
    expect(pairs).toEqual([
      {
        a: "a",
        b: "b",
        nests: true,
        overlap: false,
        compatible: false,
        reason: "the grids have no place in common",
      },
    ]);
  });

  it("is refused with the whole report by validateCompatible", () => {
    try {
      validateCompatible(products);
      expect.unreachable();
    } catch (error) {
      expect(isCodedError(error, "PRODUCTS_INCOMPATIBLE") && error.details?.["pairs"]).toHaveLength(3);
    }
    expect(() => validateCompatible(products.slice(0, 2))).not.toThrow();
  });

  it("holds for one product and for none", () => {
    expect(checkCompatible([])).toEqual({ compatible: true, pairs: [] });
    expect(checkCompatible([{ name: "same", grid: same }]).compatible).toBe(true);
  });
});
