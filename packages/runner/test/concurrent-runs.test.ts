import { describe, expect, it } from "vitest";
import type { Executor, StoreFactory } from "@zagg/core";
import { inlineExecutor } from "../src/index.js";
import { boom, granules, ledgerOf, map, target, watched, workOf } from "./run-scene.js";
import { STORE, createConfig, createScene, errorOf, execute, plan, type Scene } from "./scene.js";

describe("two runs at the same time", () => {
  /** Runs another plan, to its end, when so many shards of this one are done. */
  const during = (scene: Scene, done: number, other: () => Promise<unknown>): Executor => {
    let jobs = 0;
    return watched(scene, async () => {
      if (jobs++ === done) await other();
    });
  };

  it("of one plan: the earlier stops, and the store of the later stays whole", async () => {
    for (const overwrite of [false, true]) {
      const scene = createScene(granules);
      const runPlan = plan(scene, createConfig(scene), map);
      await execute(scene, runPlan);
      const whole = new Map(target(scene));
      if (!overwrite) scene.disk.stores.delete(STORE);
      const executor = during(scene, 1, () => execute(scene, runPlan, { overwrite }));
      const error = await errorOf(() => execute(scene, runPlan, { executor, overwrite }));
      expect(error.code).toBe("STORE_IN_USE");
      expect(target(scene)).toEqual(whole);
      expect(workOf(scene)).toEqual([]);
    }
  });

  it("of one plan: the earlier stops even when all of its shards are done", async () => {
    const scene = createScene(granules);
    const runPlan = plan(scene, createConfig(scene), map);
    const inline = inlineExecutor;
    const executor: Executor = {
      ...inline,
      open: async (context, options) => {
        const session = await inline.open(context, options);
        return { ...session, close: async () => void (await execute(scene, runPlan)) };
      },
    };
    expect((await errorOf(() => execute(scene, runPlan, { executor, overwrite: true }))).code).toBe(
      "STORE_IN_USE",
    );
    expect(target(scene)!.has("root.json")).toBe(true);
  });

  it("of one plan: the earlier leaves the work to a later one that is not done yet", async () => {
    const scene = createScene(granules);
    const runPlan = plan(scene, createConfig(scene, boom), map);
    const executor = during(scene, 0, () => execute(scene, runPlan));
    expect((await errorOf(() => execute(scene, runPlan, { executor }))).code).toBe("STORE_IN_USE");
    expect(ledgerOf(scene)).toHaveLength(3);
  });

  it("of two plans: the later to end does not replace the store of the other unless it is told to", async () => {
    const scene = createScene(granules);
    const runPlan = plan(scene, createConfig(scene), map);
    const other = plan(scene, createConfig(scene), map, { maxCells: 1 });
    const executor = during(scene, 1, () => execute(scene, other));
    expect((await errorOf(() => execute(scene, runPlan, { executor }))).code).toBe("STORE_EXISTS");
    expect(await execute(scene, runPlan, { overwrite: true })).toMatchObject({ completed: true, resumed: 4 });
  });
});

describe("a store that an interrupted commit had set aside", () => {
  it("is put back by the next run, and not replaced without overwrite", async () => {
    const scene = createScene(granules);
    await execute(scene, plan(scene, createConfig(scene), map));
    const before = target(scene)!;
    const opened = scene.log.opened.length;
    const memory = scene.registry.store(STORE);
    scene.disk.stores.delete(STORE);
    const recovering: StoreFactory = {
      ...memory,
      begin: async (uri, id) => {
        scene.disk.stores.set(STORE, before);
        return memory.begin(uri, id);
      },
    };
    const registry = { ...scene.registry, store: () => recovering };
    const error = await errorOf(() => execute({ registry }, plan(scene, createConfig(scene), map)));
    expect([error.code, target(scene), workOf(scene)]).toEqual(["STORE_EXISTS", before, []]);
    expect(scene.log.opened).toHaveLength(opened);
  });
});
