/** The executor that stays in this thread: for tests, for debugging, for stores and plugins that cannot be rebuilt. */
import type { Executor } from "@zagg/core";
import { createShardProcessor } from "../shard/processor.js";

/** Processes one shard at a time with the planner's own registry, whatever the number of workers asked for. */
export const inlineExecutor: Executor = {
  kind: "executor",
  apiVersion: 2,
  name: "inline",
  description: "This thread, one shard at a time.",
  paramsSchema: { type: "object", additionalProperties: false, properties: {} },
  sharesDisk: true,
  retry: { attempts: 1, backoffMs: 0 },
  async open(context, { registry }) {
    const processor = createShardProcessor(context, registry);
    return {
      concurrency: 1,
      process: (job) => processor.process(job),
      close: async () => undefined,
    };
  },
};
