/** What a worker thread of the `threads` executor runs. */
import { failedShard, type RunContext, type ShardJob, type ShardResult } from "@zagg/core";
import { recompose } from "@zagg/core/node";
import { workerData } from "piscina";
import { createShardProcessor, type ShardProcessor } from "./shard/processor.js";

/** One processor per thread, made at its first shard: a thread serves one run. */
let processor: Promise<ShardProcessor> | undefined;

/** Processes a shard of the run that this thread was started for. Never rejects. */
export async function processShard(job: ShardJob): Promise<ShardResult> {
  try {
    processor ??= rebuild(workerData as RunContext);
    return await (await processor).process(job);
  } catch (error) {
    return failedShard(job, error);
  }
}

async function rebuild(context: RunContext): Promise<ShardProcessor> {
  return createShardProcessor(context, await recompose(context.composition, { sharesDisk: true }));
}
