import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as api from "../src/index.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

describe("the README", () => {
  it("has an example that runs and gives what its comments say", () => {
    const { assignH3, h3 } = api;
    const ids = new BigUint64Array(1);
    assignH3(9, Float64Array.of(-76.55), Float64Array.of(38.89), ids);
    const grid = h3.create({ parent_res: 4, child_res: 9 }, []);
    const box = { lonDeg: Float64Array.of(10, 11, 11, 10), latDeg: Float64Array.of(50, 50, 51, 51) };
    const shards = grid.coverer([[box]]).shardKeys;
    const first = shards[0]!;
    const shown = [
      ["ids[0].toString(16)", ids[0]?.toString(16)],
      ["shards.length", shards.length],
      ["grid.shardLabel(shards[0])", grid.shardLabel(first)],
      ['grid.cellCoordinate("cell_ids", shards[0]).length', grid.cellCoordinate!("cell_ids", first).length],
    ] as const;
    for (const [expression, value] of shown) expect(readme).toContain(`${expression}; // ${value}`);
  });

  it("lists every export", () => {
    for (const name of Object.keys(api)) expect(readme).toContain(`\`${name}\``);
  });
});
