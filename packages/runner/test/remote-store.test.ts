/** Whole runs over a store that can neither rename nor write on a condition, and whose process dies in the commit. */
import type { StoreFactory } from "@zagg/core";
import { remoteLikeStore, remoteOptions } from "@zagg/core/testing";
import { describe, expect, it } from "vitest";
import { boom, granules, map, target } from "./run-scene.js";
import { STORE, createConfig, createScene, errorOf, execute, plan, points, type Scene } from "./scene.js";

const URI = "remote://bucket/out";

/** The scene with another store, and what a run of it is given. */
function sceneOver(factory: StoreFactory, change: Parameters<typeof createConfig>[1] = {}) {
  const scene = createScene(granules);
  const registry = { ...scene.registry, store: () => factory };
  const config = createConfig(scene, { ...change, output: remoteOptions });
  return { scene, registry, runPlan: { ...plan({ registry }, config, map), storeUri: URI } };
}

async function contentOf(factory: StoreFactory, uri = URI): Promise<Map<string, string>> {
  const content = new Map<string, string>();
  const store = factory.open(uri, remoteOptions);
  for await (const key of store.list("")) {
    const bytes = await store.get(key);
    if (bytes !== undefined) content.set(key, String(bytes));
  }
  return content;
}

/** What the same run gives in the local store of the scene. */
async function localContent(): Promise<Map<string, string>> {
  const scene: Scene = createScene(granules);
  await execute(scene, plan(scene, createConfig(scene), map));
  return new Map([...target(scene)!].map(([key, bytes]) => [key, String(bytes)]));
}

describe("a run over a store that behaves like a remote one", () => {
  it.each([{}, { throttled: 0.3 }, { lost: 0.3 }, { latencyMs: 1, lost: 0.2, throttled: 0.2, pageKeys: 1 }])(
    "gives the bytes of a local run: %j",
    async (trouble) => {
      const { factory } = remoteLikeStore(trouble);
      const { registry, runPlan } = sceneOver(factory);
      expect((await execute({ registry }, runPlan)).completed).toBe(true);
      expect(await contentOf(factory)).toEqual(await localContent());
      expect((await errorOf(() => execute({ registry }, runPlan))).code).toBe("STORE_EXISTS");
    },
  );

  it("that dies anywhere is completed by running it again, and leaves nothing beside it", async () => {
    const local = await localContent();
    const { registry, runPlan } = sceneOver(remoteLikeStore().factory);
    const over = (factory: StoreFactory) => ({ registry: { ...registry, store: () => factory } });
    let steps = 0;
    let resumedAll = 0;
    for (let isAlive = false; !isAlive; steps++) {
      const remote = remoteLikeStore({ pageKeys: 1000 });
      isAlive = await execute(over(remote.dying(steps, steps % 2 === 0)), runPlan).then(
        ({ completed }) => completed,
        () => false,
      );
      const again = await execute(over(remote.factory), runPlan).catch((error: unknown) => error);
      if (again instanceof Error) expect(again).toMatchObject({ code: "STORE_EXISTS" });
      else if ((again as { resumed: number }).resumed === 4) resumedAll++;
      expect(await contentOf(remote.factory)).toEqual(local);
      const work = await remote.factory.begin(URI, "any other", remoteOptions);
      expect(work.resumed).toBe(false);
      await work.abort();
      expect((await contentOf(remote.factory, "remote://bucket")).size).toBe(local.size);
    }
    expect(steps).toBeGreaterThan(50);
    expect(resumedAll).toBeGreaterThan(5);
  });

  it("keeps the finished shards of one that failed, apart from the target", async () => {
    const { factory } = remoteLikeStore({ lost: 0.2 });
    const { scene, registry, runPlan } = sceneOver(factory, boom);
    expect((await execute({ registry }, runPlan)).completed).toBe(false);
    expect((await contentOf(factory)).size).toBe(0);
    scene.granules.set("b", points([-85, 0, 4]));
    expect(await execute({ registry }, runPlan)).toMatchObject({ completed: true, resumed: 3 });
    expect([...(await contentOf(factory)).keys()].filter((key) => key.startsWith("."))).toEqual([]);
  });
});

describe("options of a store", () => {
  it("are refused by a store that does not take them, before anything is touched", async () => {
    const scene = createScene(granules);
    for (const [key, value] of Object.entries({ endpoint_url: "https://x", region: "eu" })) {
      const config = createConfig(scene, { output: { [key]: value } });
      const error = await errorOf(() => plan(scene, config, map));
      expect([error.name, error.code, error.path]).toEqual([
        "ConfigError",
        "STORE_OPTION_UNSUPPORTED",
        `/output/${key}`,
      ]);
    }
    expect([scene.disk.begun, scene.disk.puts, scene.disk.stores.has(STORE)]).toEqual([0, [], false]);
  });

  it("are asked for by a store that needs them", async () => {
    const scene = createScene(granules);
    const registry = { ...scene.registry, store: () => remoteLikeStore().factory };
    const error = await errorOf(() => plan({ registry }, createConfig(scene), map));
    expect([error.name, error.code]).toEqual(["ConfigError", "CONFIG_KEY_MISSING"]);
  });

  it("are empty when the configuration leaves them empty", () => {
    const scene = createScene(granules);
    const config = createConfig(scene, { output: { endpoint_url: null, region: null } });
    expect(plan(scene, config, map).storeOptions).toEqual({});
  });
});

describe("the format of a run", () => {
  it("is the one that the configuration names, and there must be such a one", async () => {
    const scene = createScene(granules);
    expect(plan(scene, createConfig(scene, { output: { format: "raw" } }), map).jobs).toHaveLength(4);
    const config = createConfig(scene, { output: { format: "zar" } });
    expect((await errorOf(() => plan(scene, config, map))).code).toBe("PLUGIN_UNKNOWN");
  });
});
