import { isCodedError } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { healpix } from "../src/healpix.js";
import { healpixParams, readSettings, type HealpixParams } from "../src/params.js";

const refusal = (params: HealpixParams): string | undefined => {
  try {
    healpix.create(params, []);
  } catch (error) {
    return isCodedError(error) ? error.code : String(error);
  }
  return undefined;
};

describe("parameters", () => {
  it("need both orders and nothing else", () => {
    expect(healpixParams.required).toEqual(["parent_order", "child_order"]);
    expect(readSettings({ parent_order: 6, child_order: 12 })).toEqual({
      parentOrder: 6,
      childOrder: 12,
      chunkOrder: 6,
      layout: "fullsphere",
      latitude: "authalic",
      emitCellIds: null,
    });
  });

  it("take null for no inner chunks", () => {
    expect(readSettings({ parent_order: 6, child_order: 12, chunk_inner: null }).chunkOrder).toBe(6);
  });

  it("are refused when an order does not exist", () => {
    expect(refusal({ parent_order: -1, child_order: 12 })).toBe("GRID_ORDER_RANGE");
    expect(refusal({ parent_order: 6, child_order: 30 })).toBe("GRID_ORDER_RANGE");
    expect(refusal({ parent_order: 6.5, child_order: 12 })).toBe("GRID_ORDER_RANGE");
  });

  it("are refused when cells are coarser than shards", () => {
    expect(refusal({ parent_order: 12, child_order: 6 })).toBe("GRID_ORDERS_REVERSED");
    expect(refusal({ parent_order: 12, child_order: 12 })).toBeUndefined();
  });

  it("are refused when chunks are coarser than shards or finer than cells, in both layouts", () => {
    for (const layout of ["fullsphere", "dense"] as const) {
      expect(refusal({ parent_order: 6, child_order: 12, chunk_inner: 5, layout })).toBe("GRID_CHUNK_ORDER");
      expect(refusal({ parent_order: 6, child_order: 12, chunk_inner: 13, layout })).toBe("GRID_CHUNK_ORDER");
      expect(refusal({ parent_order: 6, child_order: 12, chunk_inner: 12, layout })).toBeUndefined();
    }
  });

  it("are refused when a shard has more than 4^12 cells", () => {
    expect(refusal({ parent_order: 6, child_order: 19 })).toBe("GRID_SHARD_TOO_DEEP");
    expect(refusal({ parent_order: 7, child_order: 19 })).toBeUndefined();
  });

  it("are refused when a full-sphere array cannot be sized exactly", () => {
    expect(refusal({ parent_order: 20, child_order: 25 })).toBe("GRID_FULLSPHERE_ORDER");
    expect(refusal({ parent_order: 20, child_order: 25, layout: "dense" })).toBeUndefined();
    expect(refusal({ parent_order: 20, child_order: 24 })).toBeUndefined();
  });

  it("are refused when a dense layout is to go without cell ids", () => {
    expect(refusal({ parent_order: 6, child_order: 8, layout: "dense", emit_cell_ids: false })).toBe(
      "GRID_CELL_IDS_NEEDED",
    );
  });

  it("are refused when another numbering than nested is asked for", () => {
    expect(refusal({ parent_order: 6, child_order: 8, indexing_scheme: "ring" })).toBe(
      "GRID_INDEXING_UNSUPPORTED",
    );
    expect(refusal({ parent_order: 6, child_order: 8, indexing_scheme: "nested" })).toBeUndefined();
  });

  it("make no grid of an unknown latitude convention, which would be stored under another's name", () => {
    const params = { parent_order: 6, child_order: 8, latitude: "spherical" } as unknown as HealpixParams;
    expect(() => healpix.create(params, [])).toThrow(RangeError);
  });

  it("round-trip through JSON", () => {
    const params: HealpixParams = { parent_order: 3, child_order: 5, chunk_inner: 4, layout: "dense" };
    const again = healpix.create(JSON.parse(JSON.stringify(params)) as HealpixParams, []);
    expect(again.signature()).toEqual(healpix.create(params, []).signature());
  });
});
