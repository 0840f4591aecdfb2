/** Hands jobs to the workers, so many at a time, until they are done or there is a reason to stop. */
import {
  RunError,
  type CodedErrorJson,
  type ExecutorSession,
  type RetryPolicy,
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
  readonly retry: RetryPolicy;
  readonly signal?: AbortSignal | undefined;
  /** How long running shards may still take after an interrupt, milliseconds. */
  readonly graceMs: number;
  /** Called for each result before the next job is handed out in its place. */
  readonly onResult: (result: ShardResult) => Promise<void>;
}

/** The longest pause before a further try. */
const MOST_BACKOFF_MS = 30_000;

/**
 * Processes jobs in the order given. What comes after the grace of an interrupt is nobody's any more, and is dropped. A shard whose failure may pass is tried again, as often as the policy allows, before
 * its result counts.
 * @throws RunError `RUN_WORKERS_LOST` when the session rejects; whatever `onResult` throws
 */
export async function dispatch(
  session: ExecutorSession,
  jobs: readonly ShardJob[],
  { retry, signal, graceMs, onResult }: DispatchOptions,
): Promise<Dispatch> {
  const results: ShardResult[] = [];
  let next = 0;
  let stoppedBy: CodedErrorJson | null = null;
  let broken = false;
  let isOver = false;
  const isOpen = (): boolean => !broken && stoppedBy === null && signal?.aborted !== true;
  const work = async (): Promise<void> => {
    while (isOpen() && next < jobs.length) {
      const job = jobs[next++]!;
      try {
        const result = await tried(session, job, retry, isOpen, signal);
        if (isOver) return;
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
  isOver = true;
  return { results: [...results], stoppedBy, interrupted: signal?.aborted === true };
}

/** A failure that is not of one shard: the store is full or closed to us, or the configuration or a plugin is wrong. */
export function meetsEveryShard({ name, code }: CodedErrorJson): boolean {
  const ofTheRun = ["STORE_FULL", "STORE_UNWRITABLE"];
  return (
    ofTheRun.includes(code) ||
    code.startsWith("COMPOSITION_") ||
    name === "ConfigError" ||
    name === "PluginError"
  );
}

/**
 * Whether another try may end otherwise: the worker died, or the store or a granule's source failed in passing. What is
 * wrong with the configuration or the data stays wrong.
 */
export function isTransient({ error, skipped_granules }: ShardResult): boolean {
  return error?.transient === true || skipped_granules.some((granule) => granule.error.transient === true);
}

/** The result of the last try that a job needed, or was allowed. */
async function tried(
  session: ExecutorSession,
  job: ShardJob,
  { attempts, backoffMs }: RetryPolicy,
  goesOn: () => boolean,
  signal: AbortSignal | undefined,
): Promise<ShardResult> {
  for (let attempt = 1; ; attempt++) {
    const result = { ...(await processed(session, job)), attempts: attempt };
    if (attempt >= attempts || !isTransient(result) || !goesOn()) return result;
    await pause(Math.min(MOST_BACKOFF_MS, backoffMs * 2 ** (attempt - 1)), signal);
    if (!goesOn()) return result;
  }
}

/** Waits, or until the signal interrupts. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener("abort", end, { once: true });
  });
}

/** An interrupt lets a running shard finish within the grace, so the session does not hear of it. */
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
