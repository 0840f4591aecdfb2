/** What a worker thread of the `threads` executor runs. */
import {
  RunError,
  type Composition,
  type Registry,
  type RunContext,
  type ShardJob,
  type ShardResult,
} from "@zagg/core";
import { workerData } from "piscina";
import { createShardProcessor, type ShardProcessor } from "./shard/processor.js";
import { failedShard } from "./shard/shard-result.js";

/** One processor a thread, made at its first shard: a thread serves one run. */
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
  return createShardProcessor(context, await composed(context.composition));
}

async function composed({ module: specifier, export: name, plugins = [] }: Composition): Promise<Registry> {
  try {
    const module = (await import(specifier)) as Readonly<Record<string, unknown>>;
    const create = module[name];
    if (typeof create !== "function") throw new TypeError(`${specifier} exports no function ${name}`);
    return (await create(plugins)) as Registry;
  } catch (cause) {
    throw new RunError("COMPOSITION_INVALID", {
      path: specifier,
      what: `a worker cannot rebuild the registry from ${specifier}, export ${name}`,
      why: cause instanceof Error ? cause.message : String(cause),
      mend: "name a module that workers can import, and its function that takes the further plugins and returns a registry",
      cause,
    });
  }
}
