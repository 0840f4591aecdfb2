import { describe, expect, it } from "vitest";
import { h3 } from "../src/h3.js";
import { readSettings } from "../src/params.js";

describe("parameters", () => {
  it("default to one chunk per shard", () => {
    expect(readSettings({ parent_res: 4, child_res: 9 })).toEqual({ parentRes: 4, childRes: 9, chunkRes: 4 });
    expect(readSettings({ parent_res: 4, child_res: 9, chunk_res: 7 }).chunkRes).toBe(7);
  });

  it("may be the same resolution, and nine apart", () => {
    expect(h3.create({ parent_res: 15, child_res: 15 }, []).storage.shardShape).toEqual([1]);
    expect(h3.create({ parent_res: 6, child_res: 15 }, []).storage.shardShape).toEqual([7 ** 9]);
  });

  it.each([
    ["GRID_RES_RANGE", { parent_res: -1, child_res: 3 }],
    ["GRID_RES_RANGE", { parent_res: 3, child_res: 16 }],
    ["GRID_RES_RANGE", { parent_res: 2.5, child_res: 3 }],
    ["GRID_RES_REVERSED", { parent_res: 5, child_res: 4 }],
    ["GRID_CHUNK_RES", { parent_res: 5, child_res: 7, chunk_res: 4 }],
    ["GRID_CHUNK_RES", { parent_res: 5, child_res: 7, chunk_res: 8 }],
    ["GRID_SHARD_TOO_DEEP", { parent_res: 2, child_res: 12 }],
  ])("are refused with %s when they do not fit together", (code, params) => {
    expect(() => h3.create(params, [])).toThrow(expect.objectContaining({ code }));
  });
});
