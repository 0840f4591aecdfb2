/** The executor that stays in this thread: for tests, for debugging, for stores and plugins that cannot be rebuilt. */
import type { Executor, Registry } from "@zagg/core";
import { createShardProcessor } from "../shard/processor.js";

/** Processes one shard at a time with the registry it is given, whatever the number of workers asked for. */
export function inlineExecutor(registry: Registry): Executor {
  return {
    kind: "executor",
    apiVersion: 2,
    name: "inline",
    description: "This thread, one shard at a time.",
    async open(context) {
      const processor = createShardProcessor(context, registry);
      return {
        concurrency: 1,
        process: (job) => processor.process(job),
        close: async () => undefined,
      };
    },
  };
}
