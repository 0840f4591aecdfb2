/** What the tests of runs have in common: three granules, four shards, and looks at the work area. */
import type { Executor, ShardJob } from "@zagg/core";
import { inlineExecutor } from "../src/index.js";
import { STORE, createMap, points, type Scene } from "./scene.js";

export const granules = {
  a: points([-175, 0, 1], [-175, 0, 2]),
  b: points([-85, 0, 666]),
  c: points([5, 0, 3]),
};
export const map = createMap({ 0: ["a"], 1: ["b"], 2: ["c"], 3: ["a", "b", "c"] });
export const boom = { variables: { x: { function: "boom", source: "h" } } };

export const workOf = ({ disk }: Scene) => [...disk.stores.keys()].filter((uri) => uri.endsWith(".partial"));
export const target = ({ disk }: Scene) => disk.stores.get(STORE);
export const ledgerOf = (scene: Scene) =>
  [...(scene.disk.stores.get(workOf(scene)[0] ?? "")?.keys() ?? [])].filter((key) =>
    key.startsWith(".zagg/shards/"),
  );

/** The inline executor, with a look at every job before it is done. */
export function watched(scene: Scene, before: (job: ShardJob) => unknown): Executor {
  const inline = inlineExecutor;
  return {
    ...inline,
    open: async (context, options) => {
      const session = await inline.open(context, options);
      const process = async (job: ShardJob) => {
        await before(job);
        return session.process(job);
      };
      return { ...session, process };
    },
  };
}
