/** Hands jobs to the workers, so many at a time, until they are done or there is a reason to stop. */
import {
  RunError,
  type CodedErrorJson,
  type ExecutorSession,
  type ShardJob,
  type ShardResult,
} from "@zagg/core";

export interface Dispatch {
  /** Results in the order of completion. */
  readonly results: readonly ShardResult[];
  /** The failure that would have met every other shard too; null when there was none. */
  readonly stoppedBy: CodedErrorJson | null;
  readonly interrupted: boolean;
}

export interface DispatchOptions {
  readonly signal?: AbortSignal | undefined;
  /** How long running shards may still take after an interrupt, milliseconds. */
  readonly graceMs: number;
  /** Called for each result before the next job is handed out in its place. */
  readonly onResult: (result: ShardResult) => Promise<void>;
}

/**
 * Processes jobs in the order given.
 * @throws RunError `RUN_WORKERS_LOST` when the session rejects; whatever `onResult` throws
 */
export async function dispatch(
  session: ExecutorSession,
  jobs: readonly ShardJob[],
  { signal, graceMs, onResult }: DispatchOptions,
): Promise<Dispatch> {
  const results: ShardResult[] = [];
  let next = 0;
  let stoppedBy: CodedErrorJson | null = null;
  let broken = false;
  const isOpen = (): boolean => !broken && stoppedBy === null && signal?.aborted !== true;
  const work = async (): Promise<void> => {
    while (isOpen() && next < jobs.length) {
      const job = jobs[next++]!;
      try {
        const result = await processed(session, job);
        if (result.error !== null && meetsEveryShard(result.error)) stoppedBy ??= result.error;
        results.push(result);
        await onResult(result);
      } catch (error) {
        broken = true;
        throw error;
      }
    }
  };
  const lanes = Math.max(1, Math.min(session.concurrency, jobs.length));
  const all = Promise.all(Array.from({ length: lanes }, work));
  await withinGrace(all, signal, graceMs);
  return { results: [...results], stoppedBy, interrupted: signal?.aborted === true };
}

/** A failure that is not of one shard: the store is full or closed to us, or the configuration or a plugin is wrong. */
export function meetsEveryShard({ name, code }: CodedErrorJson): boolean {
  const ofTheRun = ["STORE_FULL", "STORE_UNWRITABLE", "COMPOSITION_INVALID"];
  return ofTheRun.includes(code) || name === "ConfigError" || name === "PluginError";
}

/** An interrupt lets a running shard finish within the grace, so the session is not given the signal. */
async function processed(session: ExecutorSession, job: ShardJob): Promise<ShardResult> {
  try {
    return await session.process(job);
  } catch (cause) {
    throw new RunError("RUN_WORKERS_LOST", {
      what: `the workers ended while shard ${job.shardKey} was processed`,
      why: cause instanceof Error ? cause.message : String(cause),
      mend: "run again: the shards that are done are kept",
      cause,
    });
  }
}

/** Waits for the work; after an interrupt, no longer than the grace. */
async function withinGrace(
  work: Promise<unknown>,
  signal: AbortSignal | undefined,
  graceMs: number,
): Promise<void> {
  if (signal === undefined) {
    await work;
    return;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start: (() => void) | undefined;
  const grace = new Promise<void>((resolve) => {
    start = () => (timer = setTimeout(resolve, graceMs));
    if (signal.aborted) start();
    else signal.addEventListener("abort", start, { once: true });
  });
  try {
    await Promise.race([work, grace]);
  } finally {
    clearTimeout(timer);
    if (start !== undefined) signal.removeEventListener("abort", start);
    work.catch(() => undefined);
  }
}
