/** A worker anywhere: takes the context and the jobs of a run as JSON text, and gives results as JSON text. */
import { RunError, type Registry, type RunContext, type ShardJob } from "@zagg/core";
import { recompose } from "@zagg/core/node";
import { createShardProcessor } from "./shard/processor.js";

export interface WorkerOptions {
  /** Where the search for packages begins; the current folder when left out, then the program's own. */
  readonly folder?: string;
  /** Whether this worker sees the planner's disk; false unless told. */
  readonly sharesDisk?: boolean;
  /** A registry that is there already; rebuilt from the context's composition when left out. */
  readonly registry?: Registry;
}

/** A worker of one run. Processes one shard at a time: open as many as there are threads. */
export interface Worker {
  readonly runId: string;
  /**
   * Processes a job. What goes wrong with the shard is in its result.
   * @param job text of a `ShardJob`
   * @returns text of its `ShardResult`
   * @throws RunError `WORKER_MESSAGE` when the text is no job
   */
  process(job: string): Promise<string>;
}

/**
 * Makes a worker from the text of a `RunContext`. Modules come from the worker's own installation.
 * @throws RunError `WORKER_MESSAGE`, `COMPOSITION_INVALID`, `COMPOSITION_VERSION`, `COMPOSITION_HASH`, `COMPOSITION_PATH`
 */
export async function openWorker(context: string, options: WorkerOptions = {}): Promise<Worker> {
  const run = parsed<RunContext>(context, "context", ["runId", "composition", "config", "hierarchy"]);
  const { folder, sharesDisk = false } = options;
  const place = { sharesDisk, ...(folder === undefined ? {} : { folder }) };
  const registry = options.registry ?? (await recompose(run.composition, place));
  const processor = createShardProcessor(run, registry);
  return {
    runId: run.runId,
    process: async (job) =>
      JSON.stringify(
        await processor.process(parsed<ShardJob>(job, "job", ["shardKey", "block", "granules"])),
      ),
  };
}

function parsed<T extends object>(text: string, what: string, members: readonly string[]): T {
  let value: unknown;
  let why = "it lacks what one has";
  try {
    value = JSON.parse(text);
  } catch (error) {
    why = (error as Error).message;
  }
  if (typeof value === "object" && value !== null) {
    const missing = members.filter((member) => !(member in value));
    if (missing.length === 0) return value as T;
    why = `it has no ${missing.join(" and no ")}`;
  }
  throw new RunError("WORKER_MESSAGE", {
    what: `what this worker was sent is not the ${what} of a run`,
    why,
    mend: "plan and work with the same version of zagg, and send its text unchanged",
  });
}
