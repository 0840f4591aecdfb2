/** Shards whose rows exceed the memory budget: aggregated in blocks, whatever breaks meanwhile. */
import { describe, expect, it } from "vitest";
import { block, createConfig, createMap, createScene, execute, plan, points } from "./scene.js";
import type { Tables } from "./plugins/table-reader.mjs";

const source = { groups: ["g", "k"] };
const tally = { n: { function: "tally", dtype: "int32", fill_value: 0 } };
const inGroup = (group: string, tables: Tables): Tables =>
  Object.fromEntries(
    Object.entries(tables).map(([path, table]) => [path.replace("/g/", `/${group}/`), table]),
  );

async function processed(granules: Record<string, Tables>, memoryBytes?: number) {
  const scene = createScene(granules);
  const config = createConfig(scene, { source, variables: tally });
  const map = createMap({ 0: Object.keys(granules) });
  const options = memoryBytes === undefined ? {} : { memoryBytes };
  const { results } = await execute(scene, plan(scene, config, map, options));
  return { counts: block(scene, "boxes/n/0", Int32Array), result: results[0]! };
}

const sound = {
  ...points([-175, 0, 1], [-91, 0, 2]),
  ...inGroup("k", points([-175, 0, 3], [-145, 0, 9999])),
};
/** Its first group reads, its second breaks. */
const torn: Tables = { ...sound, "/k/h": { values: Float32Array.of(6, 6), fillValue: 9999, corrupt: true } };

describe("a shard beyond its budget", () => {
  it("is what it is within it, block by block", async () => {
    const granules = { a: sound, b: sound };
    const [whole, blocks] = [await processed(granules), await processed(granules, 1)];
    expect(whole.counts).toEqual([4, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(blocks.counts).toEqual(whole.counts);
    const told = { duration_s: 0, warnings: [] };
    expect({ ...blocks.result, ...told }).toEqual({ ...whole.result, ...told });
  });

  it("leaves out a granule that breaks after rows of it were let go, and counts nothing of it", async () => {
    const granules = { a: sound, torn, b: sound, tornToo: torn };
    const [whole, blocks] = [await processed(granules), await processed(granules, 1)];
    expect(whole.counts).toEqual([4, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(blocks.counts).toEqual(whole.counts);
    const { skipped_granules, total_obs, dropped, files_processed, cells_with_data } = whole.result;
    expect(skipped_granules.map(({ id }) => id)).toEqual(["torn", "tornToo"]);
    expect(blocks.result).toMatchObject({
      skipped_granules,
      total_obs,
      dropped,
      files_processed,
      cells_with_data,
    });
  });

  it("says of how many rows a value is that does not fit, though they are gone", async () => {
    const scene = createScene({ a: points(...Array.from({ length: 300 }, () => [-175, 0, 1] as const)) });
    const variables = { n: { function: "tally", dtype: "uint8", fill_value: 0 } };
    const config = createConfig(scene, { variables });
    const { results } = await execute(
      scene,
      plan(scene, config, createMap({ 0: ["a"] }), { memoryBytes: 1 }),
    );
    expect(results[0]?.error).toMatchObject({ code: "FIELD_VALUE_RANGE" });
    expect(results[0]?.error?.what).toContain("is 300 in a cell of 300 rows");
  });

  it("tells once when its partial results alone are more than the budget, and only then", async () => {
    const granules = { a: sound, b: sound };
    const codes = async (memoryBytes?: number) =>
      (await processed(granules, memoryBytes)).result.warnings.map(({ code }) => code);
    expect(await codes(1)).toEqual(["MEMORY_STATES"]);
    expect(await codes(1e6)).toEqual([]);
    expect(await codes()).toEqual([]);
  });

  it("fails, and skips no granule, when a field needs all rows", async () => {
    const scene = createScene({ a: sound });
    const variables = { ...tally, h_mean: { function: "mean", source: "h" } };
    const config = createConfig(scene, { source, variables });
    const run = plan(scene, config, createMap({ 0: ["a"] }), { memoryBytes: 1 });
    expect(run.warnings.map(({ code, path }) => [code, path])).toEqual([
      ["MEMORY_FIELD_WHOLE", "/aggregation/variables/h_mean"],
    ]);
    const { results } = await execute(scene, run);
    expect(results[0]).toMatchObject({
      error: { code: "SHARD_MEMORY", details: { fields: ["h_mean"] } },
      skipped_granules: [],
    });
  });
});
