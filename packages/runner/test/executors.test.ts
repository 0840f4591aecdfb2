import { existsSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { executorContract, remoteLikeExecutor, type Delivery, type ExecutorScene } from "@zagg/core/testing";
import { inlineExecutor } from "../src/index.js";
import { threadsExecutor } from "../src/threads.js";
import { openWorker } from "../src/worker.js";
import { executorScene, removeScenes } from "./executor-scene.js";

afterAll(removeScenes);

const isBuilt = existsSync(new URL("../dist/thread-worker.js", import.meta.url));

/** Where a worker that ends would end the test. */
function withoutDeath(): ExecutorScene {
  const { deadly: _deadly, ...scene } = executorScene();
  return scene;
}

executorContract({ describe, it, expect, create: () => inlineExecutor, scene: withoutDeath });

if (isBuilt) executorContract({ describe, it, expect, create: () => threadsExecutor, scene: executorScene });

/** Workers that share this process, and nothing else. */
const startWorker = (context: string) => openWorker(context, { sharesDisk: true });

describe.each<[string, (delivery: number) => Delivery]>([
  ["each once", () => "done"],
  ["each twice", () => "twice"],
  ["every second with its answer lost", (delivery) => (delivery % 2 === 0 ? "lost" : "done")],
])("jobs delivered %s", (_how, fate) => {
  executorContract({
    ...{ describe, it, expect },
    create: () =>
      remoteLikeExecutor({
        startWorker,
        fate: (delivery, { granules }) =>
          granules.some(({ href }) => href.startsWith("table://made/20000")) ? "died" : fate(delivery),
      }),
    scene: executorScene,
    params: { queue: "q", prefetch: "2" },
  });
});
