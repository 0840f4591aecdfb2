/** Runs a plan: the target is checked, the work is done beside it, and takes its place when every shard is done. */
import {
  RunError,
  createGrid,
  executorParams,
  type Composition,
  type Executor,
  type JsonObject,
  type ObjectStore,
  type OutputFormat,
  type Registry,
  type ShardJob,
  type ShardResult,
  type StoreTransaction,
} from "@zagg/core";
import { outputFormat } from "../plan/output-format.js";
import type { RunPlan } from "../plan/run-plan.js";
import { secondsSince } from "../shard/shard-result.js";
import { claimWork, type Claim } from "./claim.js";
import { dispatch } from "./dispatch.js";
import { readLedger, recordShard } from "./ledger.js";
import { runId } from "./run-id.js";
import { reachableComposition } from "./reach.js";
import { runSummary, type RunSummary } from "./run-summary.js";
import { assertTargetFree } from "./target.js";

/** How far a run is. */
export interface RunProgress {
  readonly total: number;
  /** Done, with data or without; resumed shards included. */
  readonly done: number;
  readonly failed: number;
  readonly totalObs: number;
  readonly elapsedS: number;
  /** The shard that this report is about; null for the first report. */
  readonly latest: ShardResult | null;
}

export interface RunOptions {
  readonly registry: Registry;
  /** How a worker rebuilds the registry. */
  readonly composition: Composition;
  readonly executor: Executor;
  /** Parameters of the executor, checked before anything is written; its defaults when left out. */
  readonly executorParams?: JsonObject;
  /** Tries of a shard whose failure may pass, from 1; the executor's own number when left out. */
  readonly attempts?: number;
  /** Jobs at once; 4 when left out, never more than there are shards. */
  readonly workers?: number;
  /** Replace a store that stands at the target. */
  readonly overwrite?: boolean;
  /** Interrupts the run: no further shard is begun, and those running may finish within the grace. */
  readonly signal?: AbortSignal;
  /** Milliseconds; 10,000 when left out. */
  readonly interruptGraceMs?: number;
  readonly onProgress?: (progress: RunProgress) => void;
}

const DEFAULT_WORKERS = 4;
const DEFAULT_GRACE_MS = 10_000;

/**
 * Runs a plan. The target is touched only by the commit, when every shard is done. A run that stops before keeps its
 * finished shards beside the target; the same call takes them up again, also when it stopped in the commit.
 * @returns what came of it; `completed` is false when a shard failed
 * @throws StoreError `STORE_EXISTS`, `STORE_NOT_RECOGNIZED`, `STORE_IN_USE`, `STORE_UNWRITABLE`, `STORE_FULL`
 * @throws ConfigError `EXECUTOR_PARAMS`
 * @throws RunError `RUN_INTERRUPTED`, `RUN_WORKERS_LOST`, `EXECUTOR_DISK`, `COMPOSITION_PATH`
 */
export async function executeRun(plan: RunPlan, options: RunOptions): Promise<RunSummary> {
  const startedMs = performance.now();
  const { registry } = options;
  const params = await executorParams(options.executor, options.executorParams);
  const composition = reachableComposition(options.executor, options.composition, plan);
  const { storeUri, storeOptions } = plan;
  const factory = registry.store(storeUri);
  const format = outputFormat(registry, plan.config);
  const id = await runId(plan, options.composition);
  if (options.signal?.aborted === true) throw interrupted(id, 0, plan.jobs.length);

  const work = await factory.begin(storeUri, id, storeOptions);
  // A commit that is half done was free to begin, and leaves no store there to look at.
  const assertFree = async (): Promise<void> => {
    if (work.committing) return;
    await assertTargetFree(factory.open(storeUri, storeOptions), format, options.overwrite ?? false);
  };
  await assertFree().catch(async (error: unknown) => {
    if (!work.resumed) await work.abort();
    throw error;
  });
  const results = new Map<string, ShardResult>();
  let claim: Claim | undefined;
  let committed = false;
  try {
    claim = await claimWork(work.store);
    const ledger = work.resumed ? await readLedger(work.store, plan.jobs) : { done: new Map(), warnings: [] };
    for (const [shardKey, result] of ledger.done) results.set(shardKey, result);
    await format.begin(work.store, plan.hierarchy);
    await writeCoordinates(plan, registry, format, work.store);
    const stoppedBy = await processShards({
      ...{ plan, options, params, composition, work, claim, id, results, startedMs },
    });
    const summary = runSummary({
      jobs: plan.jobs,
      results,
      wallTimeS: secondsSince(startedMs),
      storeUri,
      stoppedBy,
      executor: options.executor,
      warnings: [...plan.warnings, ...ledger.warnings],
      runId: id,
      resumed: ledger.done.size,
    });
    if (!summary.completed) return summary;
    await claim.assertOwn();
    // Another plan may have put its store there in the meantime.
    await assertFree();
    await work.commit(format.root(plan.hierarchy));
    committed = true;
    return { ...summary, wall_time_s: secondsSince(startedMs) };
  } finally {
    // Failing to must not hide why the run failed.
    if (!committed) await dropVainWork(work, claim, results).catch(() => undefined);
  }
}

/** Nothing done is nothing to resume, and what another run finished is nobody's: leave no work folder behind. */
async function dropVainWork(
  work: StoreTransaction,
  claim: Claim | undefined,
  results: ReadonlyMap<string, ShardResult>,
): Promise<void> {
  const holder = claim === undefined ? "own" : await claim.holder();
  const hasDone = [...results.values()].some(({ error }) => error === null);
  if (holder === "none" || (holder === "own" && !hasDone)) await work.abort();
}

/** The coordinates that do not belong to a shard, each one block. */
async function writeCoordinates(
  plan: RunPlan,
  registry: Registry,
  format: OutputFormat,
  store: ObjectStore,
): Promise<void> {
  const { storage } = createGrid(registry, plan.config);
  for (const coordinate of storage.coordinates) {
    const array = plan.hierarchy.arrays.find(
      ({ path }) => path === `${storage.groupPath}/${coordinate.name}`,
    );
    if (array === undefined) throw new TypeError(`the plan has no array for ${coordinate.name}`);
    const origin = coordinate.shape.map(() => 0);
    await format.writeBlock(store, array, origin, coordinate.values);
  }
}

/** A run under way. */
interface Progressing {
  readonly plan: RunPlan;
  readonly options: RunOptions;
  readonly params: JsonObject;
  readonly composition: Composition;
  readonly work: StoreTransaction;
  readonly claim: Claim;
  readonly id: string;
  /** Of the shards that are done or failed, by shard key; filled as they come. */
  readonly results: Map<string, ShardResult>;
  readonly startedMs: number;
}

/** Adds to the results; returns what stopped the run early, if anything did. */
async function processShards(run: Progressing): Promise<RunSummary["stopped_by"]> {
  const { plan, options, work, claim, id, results, startedMs } = run;
  const report = progressReports(plan, results, startedMs, options.onProgress);
  report(null);
  const jobs = heaviestFirst(plan.jobs.filter(({ shardKey }) => !results.has(shardKey)));
  if (jobs.length === 0) return null;
  const context = {
    runId: id,
    composition: run.composition,
    config: plan.config,
    storeUri: work.workUri,
    storeOptions: plan.storeOptions,
    hierarchy: plan.hierarchy,
    ...(plan.memoryBytes === undefined ? {} : { memoryBytes: plan.memoryBytes }),
  };
  const { retry } = options.executor;
  const workers = Math.min(options.workers ?? DEFAULT_WORKERS, jobs.length);
  const session = await options.executor.open(context, {
    workers,
    params: run.params,
    registry: options.registry,
  });
  try {
    const { stoppedBy, interrupted: isInterrupted } = await dispatch(session, jobs, {
      retry: { ...retry, attempts: options.attempts ?? retry.attempts },
      signal: options.signal,
      graceMs: options.interruptGraceMs ?? DEFAULT_GRACE_MS,
      onResult: async (result) => {
        await claim.assertOwn();
        if (result.error === null) await recordShard(work.store, result);
        results.set(result.shard_key, result);
        report(result);
      },
    });
    const left = plan.jobs.length - results.size;
    if (isInterrupted && left > 0) throw interrupted(id, results.size, left);
    return stoppedBy;
  } finally {
    await session.close();
  }
}

/** Long shards at the end would leave the other workers idle. Ties keep the order of the keys. */
function heaviestFirst(jobs: readonly ShardJob[]): readonly ShardJob[] {
  return [...jobs].sort((a, b) => b.granules.length - a.granules.length);
}

/** Counts as results come, so that a report costs the same however many shards there are. */
function progressReports(
  plan: RunPlan,
  resumed: ReadonlyMap<string, ShardResult>,
  startedMs: number,
  onProgress: RunOptions["onProgress"],
): (latest: ShardResult | null) => void {
  let done = resumed.size;
  let failed = 0;
  let totalObs = [...resumed.values()].reduce((sum, { total_obs }) => sum + total_obs, 0);
  return (latest) => {
    if (latest !== null && latest.error === null) done++;
    if (latest !== null && latest.error !== null) failed++;
    totalObs += latest?.total_obs ?? 0;
    onProgress?.({
      total: plan.jobs.length,
      done,
      failed,
      totalObs,
      elapsedS: secondsSince(startedMs),
      latest,
    });
  };
}

function interrupted(id: string, done: number, left: number): RunError {
  return new RunError("RUN_INTERRUPTED", {
    what: `the run was interrupted with ${done} shards done and ${left} left`,
    why: "it was asked to stop",
    mend: "run the same command again: it goes on where this one stopped",
    details: { run_id: id, done, left },
  });
}
