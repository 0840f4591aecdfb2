import { describe, expect, it } from "vitest";
import { createShardProcessor } from "../src/index.js";
import {
  SIGNATURE,
  STORE,
  createConfig,
  createMap,
  createScene,
  errorOf,
  execute,
  plan,
  points,
} from "./scene.js";

const granule = { a: points([-175, 10, 1], [-175, 10, 3]) };
const max = { h_max: { expression: "h" } };

describe("the reuse guard", () => {
  it("accepts a map that stores the spatial signature only", async () => {
    const scene = createScene(granule);
    const summary = await execute(scene, plan(scene, createConfig(scene), createMap({ 0: ["a"] })));
    expect(summary.completed).toBe(true);
    expect(summary.warnings).toEqual([]);
  });

  it.each([
    ["equal", [{ name: "n", kind: "scalar", trailing_shape: [], inner_shape: [], dtype: "int32" }]],
    ["different", [{ name: "other", kind: "vector", trailing_shape: [3], inner_shape: [], dtype: null }]],
  ])("accepts an old map whose output fields are %s", async (_which, output_fields) => {
    const scene = createScene(granule);
    const map = createMap({ 0: ["a"] }, { ...SIGNATURE, output_fields });
    expect((await execute(scene, plan(scene, createConfig(scene), map))).completed).toBe(true);
  });

  it("lets one map serve configs that aggregate differently", async () => {
    const scene = createScene(granule);
    const map = createMap({ 0: ["a"] });
    await execute(scene, plan(scene, createConfig(scene), map));
    const second = plan(scene, createConfig(scene, { variables: max }), map);
    expect((await execute(scene, second, { overwrite: true })).completed).toBe(true);
  });

  it.each([
    ["another extent", { ...SIGNATURE, columns: 8 }, ["columns"]],
    ["two differences", { ...SIGNATURE, columns: 8, cells: 1 }, ["columns", "cells"]],
    ["another family", { type: "healpix", parent_order: 6 }, ["type", "columns", "cells", "datum"]],
    ["a missing key", { type: "boxes", columns: 4, datum: "sphere" }, ["cells"]],
    ["an empty signature", {}, ["type", "columns", "cells", "datum"]],
  ])(
    "refuses %s, names each key, and leaves everything unread and unwritten",
    async (_what, signature, keys) => {
      const scene = createScene(granule);
      const error = await errorOf(() => plan(scene, createConfig(scene), createMap({ 0: ["a"] }, signature)));
      expect(error.code).toBe("SHARDMAP_GRID_MISMATCH");
      expect((error.details?.["differences"] as unknown as { key: string }[]).map(({ key }) => key)).toEqual(
        keys,
      );
      expect(scene.log).toEqual({ opened: [], closed: 0, read: 0, rows: 0 });
      expect(scene.disk).toMatchObject({ puts: [], begun: 0 });
    },
  );

  it("leaves an existing store as it was when it refuses", async () => {
    const scene = createScene(granule);
    await execute(scene, plan(scene, createConfig(scene), createMap({ 0: ["a"] })));
    const before = new Map(scene.disk.stores.get(STORE));
    await errorOf(() =>
      plan(scene, createConfig(scene), createMap({ 0: ["a"] }, { ...SIGNATURE, cells: 1 })),
    );
    expect(scene.disk.stores.get(STORE)).toEqual(before);
  });

  it("comes before any other refusal", async () => {
    const scene = createScene(granule);
    const config = createConfig(scene, { variables: { v: { function: "mean", resolution: "chunk" } } });
    const error = await errorOf(() =>
      plan(scene, config, createMap({}, { ...SIGNATURE, cells: 1 }), { cell: "no" }),
    );
    expect(error.code).toBe("SHARDMAP_GRID_MISMATCH");
  });

  it("warns of an unsigned map and of a younger key that is missing, and refuses both when strict", async () => {
    const scene = createScene(granule);
    const config = createConfig(scene);
    const { datum: _younger, ...older } = SIGNATURE;
    const codes = (map: ReturnType<typeof createMap>) =>
      plan(scene, config, map).warnings.map(({ code }) => code);
    expect(codes(createMap({ 0: ["a"] }, null))).toEqual(["SHARDMAP_UNSIGNED"]);
    expect(codes(createMap({ 0: ["a"] }, older))).toEqual(["DATUM_UNSTATED"]);
    const strictly = (signature: typeof older | null) =>
      errorOf(() => plan(scene, config, createMap({ 0: ["a"] }, signature), { strict: true }));
    expect((await strictly(null)).code).toBe("SHARDMAP_UNSIGNED");
    expect((await strictly(older)).code).toBe("SHARDMAP_GRID_MISMATCH");
  });

  it("carries the guard's warnings into the report of the run", async () => {
    const scene = createScene(granule);
    const summary = await execute(scene, plan(scene, createConfig(scene), createMap({ 0: ["a"] }, null)));
    expect(summary.warnings.map(({ code }) => code)).toEqual(["SHARDMAP_UNSIGNED"]);
  });

  it("is not asked by a worker, which is given no signature", async () => {
    const scene = createScene(granule);
    const { config, hierarchy, jobs } = plan(scene, createConfig(scene), createMap({ 0: ["a"] }));
    const context = {
      runId: "r",
      composition: { specifier: "", version: null, export: "" },
      storeUri: STORE,
      hierarchy,
    };
    const processor = createShardProcessor({ ...context, config: config as never }, scene.registry);
    expect(await processor.process(jobs[0]!)).toMatchObject({ error: null, total_obs: 2 });
    expect(JSON.stringify(context)).not.toContain("datum");
  });
});
