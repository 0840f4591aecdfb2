import { isCodedError } from "@zagg/core";
import { rectilinear, type RectilinearParams } from "../src/index.js";
import { describe, expect, it } from "vitest";

const antarctic = { crs: "EPSG:3031", resolution: 5000, bounds: [-3.2e6, -3.2e6, 3.2e6, 3.2e6] };

function create(params: object) {
  return rectilinear.create(params as RectilinearParams, []);
}

function codeOf(params: object): string {
  try {
    create(params);
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
  return "none";
}

describe("the lattice", () => {
  it("needs no padding when the bounds are whole shards", () => {
    expect(create(antarctic).spatialSignature()).toEqual({
      type: "rectilinear",
      crs: "EPSG:3031",
      affine: [5000, 0, -3.2e6, 0, -5000, 3.2e6],
      shape: [1280, 1280],
      chunk_shape: [256, 256],
    });
  });

  it("is padded to whole shards, to the right and down", () => {
    const { attributes } = create({ ...antarctic, chunk_shape: [300, 300] }).storage;
    expect(attributes["spatial:shape"]).toEqual([1500, 1500]);
    expect(attributes.bounds).toEqual([-3.2e6, 3.2e6 - 1500 * 5000, -3.2e6 + 1500 * 5000, 3.2e6]);
  });

  it("rounds a part of a cell up", () => {
    const grid = create({ ...antarctic, bounds: [0, 0, 650100, 650100], chunk_shape: [1, 1] });
    expect(grid.spatialSignature().shape).toEqual([131, 131]);
  });

  it("does not open a cell for a span that exceeds whole cells by rounding", () => {
    const grid = create({ crs: "EPSG:4326", resolution: 0.1, bounds: [0, 0, 0.3, 0.7], chunk_shape: [1, 1] });
    expect(grid.spatialSignature().shape).toEqual([7, 3]);
  });

  it("takes a cell size per axis", () => {
    const grid = create({ ...antarctic, resolution: [10000, 5000], chunk_shape: [1, 1] });
    expect(grid.spatialSignature().shape).toEqual([1280, 640]);
    expect(grid.spatialSignature().affine).toEqual([10000, 0, -3.2e6, 0, -5000, 3.2e6]);
  });

  it("is 256 by 256 cells per shard and one chunk per shard unless told", () => {
    const { storage } = create(antarctic);
    expect([storage.shardShape, storage.chunkShape]).toEqual([
      [256, 256],
      [256, 256],
    ]);
  });

  it("covers the world at a ten-thousandth of a degree", () => {
    const world = create({ crs: "EPSG:4326", resolution: 0.0001, bounds: [-180, -90, 180, 90] });
    expect(world.spatialSignature().shape).toEqual([1800192, 3600128]);
  });
});

describe("what is refused", () => {
  it.each([
    ["three bounds", { bounds: [0, 0, 1] }, "GRID_BOUNDS"],
    ["bounds that are not finite", { bounds: [0, 0, Infinity, 1] }, "GRID_BOUNDS"],
    ["reversed bounds", { bounds: [1e6, 0, 0, 1e6] }, "GRID_BOUNDS_EMPTY"],
    ["empty bounds", { bounds: [0, 5, 1e6, 5] }, "GRID_BOUNDS_EMPTY"],
    ["a cell size of zero", { resolution: 0 }, "GRID_RESOLUTION"],
    ["a negative cell size", { resolution: [5, -5] }, "GRID_RESOLUTION"],
    ["a cell size that is text", { resolution: "1e-4" }, "GRID_RESOLUTION"],
    ["a cell so large that the span is none of it", { resolution: 1e17 }, "GRID_RESOLUTION"],
    ["a shard of no rows", { chunk_shape: [0, 5] }, "GRID_CHUNK_SHAPE"],
    ["a shard of one dimension", { chunk_shape: [5] }, "GRID_CHUNK_SHAPE"],
    ["a shard whose positions exceed int32", { chunk_shape: [65536, 32768] }, "GRID_CHUNK_SHAPE"],
    ["chunks that do not divide the shard", { chunk_inner: [100, 256] }, "GRID_CHUNK_INNER"],
    ["chunks of a part of a cell", { chunk_inner: [0.5, 256] }, "GRID_CHUNK_INNER"],
    ["more cells than ids are exact for", { resolution: 0.01, bounds: [0, 0, 2e6, 2e6] }, "GRID_TOO_LARGE"],
  ])("%s", (_what, change, code) => {
    expect(codeOf({ ...antarctic, ...change })).toBe(code);
  });

  it("says which value is not finite", () => {
    expect(() => create({ ...antarctic, bounds: [0, NaN, 1, -Infinity] })).toThrow(
      expect.objectContaining({ details: { key: "bounds", value: [0, "NaN", 1, "-Infinity"] } }),
    );
  });

  it("names the first fault in the order bounds, chunk_shape, chunk_inner, span, resolution", () => {
    const faults = { bounds: [1], chunk_shape: [0], chunk_inner: [3, 3], resolution: -1 };
    expect(codeOf({ ...antarctic, ...faults })).toBe("GRID_BOUNDS");
    expect(codeOf({ ...antarctic, ...faults, bounds: [1, 1, 0, 0] })).toBe("GRID_CHUNK_SHAPE");
    expect(codeOf({ ...antarctic, chunk_inner: [3, 3], bounds: [1, 1, 0, 0] })).toBe("GRID_CHUNK_INNER");
    expect(codeOf({ ...antarctic, bounds: [1, 1, 0, 0], resolution: -1 })).toBe("GRID_BOUNDS_EMPTY");
  });
});
