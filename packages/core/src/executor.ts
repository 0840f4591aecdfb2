/** The executor contract: where shards are processed. Everything that crosses a process border is plain JSON. */
import type { ZaggConfig } from "./config/schema.js";
import type { CodedErrorJson, Warning } from "./errors.js";
import type { HierarchySpec } from "./format.js";
import type { JsonObject, JsonSchema } from "./json.js";
import type { Registry } from "./registry.js";

/**
 * A module by the name that every installation knows it by, so that a worker elsewhere finds its own copy. A module that
 * is a file and no package has a name on one disk only, and says so.
 */
export interface ModuleReference {
  /** Package, with its subpath: `@zagg/cli/composition`. Of a module named by a path its file URL. */
  readonly specifier: string;
  /** Version of the package, which a worker's must equal; null when it has none. */
  readonly version: string | null;
  /** Set for a file URL: only workers that share the planner's disk can import it. */
  readonly sharedDisk?: true;
  /** File URL of the copy that the planner uses, for workers that share its disk; others find their own. */
  readonly url?: string;
  /** `contentHash` of what the planner approved, which a worker's copy must equal before it is imported; not checked when left out. */
  readonly hash?: string;
}

/** Names the module that rebuilds the registry in a worker; functions do not cross borders. */
export interface Composition extends ModuleReference {
  /** Its export: a function that takes file URLs of further modules, and returns a registry or a promise of one. */
  readonly export: string;
  /** Further modules whose plugins it registers; none when left out. */
  readonly plugins?: readonly ModuleReference[];
}

/** What every shard of a run has in common. JSON: its own text gives it back, and runs to the same bytes. */
export interface RunContext {
  readonly runId: string;
  readonly composition: Composition;
  /** The validated, defaulted config. */
  readonly config: ZaggConfig;
  /** Where shards are written. */
  readonly storeUri: string;
  /** What the store's factory takes beside the URI; nothing when left out. */
  readonly storeOptions?: JsonObject;
  readonly hierarchy: HierarchySpec;
  /** Bytes of rows that a shard may hold at once; all of them when left out. */
  readonly memoryBytes?: number;
}

/** One unit of work. */
export interface ShardJob {
  /** Decimal text of the unsigned 64-bit key. */
  readonly shardKey: string;
  /** Index of the shard's block in every cell-resolution array. */
  readonly block: readonly number[];
  readonly granules: readonly {
    readonly id: string;
    readonly href: string;
    /** Whether this shard reports what belongs to no shard: invalid points and missing groups. One shard of a run does. */
    readonly tells: boolean;
  }[];
}

/** A granule that could not be read, and was left out. */
export interface SkippedGranule {
  readonly id: string;
  readonly href: string;
  readonly error: CodedErrorJson;
}

/** Rows that were read and left out, by reason. */
export interface DroppedRows {
  /** Latitude outside ±90, or a coordinate that is not finite or is missing; of one shard per granule. */
  readonly invalid: number;
  /** A declared variable that is missing, or of a level that has no row for it. */
  readonly fill: number;
  /** Removed by a filter. */
  readonly filtered: number;
}

/** How much was read of granules, and how much they hold of what was asked for: less is read when a plan allows. */
export interface ReadAmount {
  /** Base rows whose place was looked at. */
  readonly rows: number;
  /** Bytes of the values that were read, as numbers: before compression. */
  readonly bytes: number;
  /** Base rows of the groups that were read. */
  readonly rows_held: number;
  /** Bytes that a full read of the base level would have taken. */
  readonly bytes_held: number;
}

/** What came of one shard. Names and order of the first seven keys are those of the original. */
export interface ShardResult {
  readonly shard_key: string;
  readonly cells_with_data: number;
  readonly total_obs: number;
  readonly granule_count: number;
  /** Granules that could be opened. */
  readonly files_processed: number;
  readonly duration_s: number;
  /** Null when the shard is done, with or without data. */
  readonly error: CodedErrorJson | null;
  /** Why a shard that is done holds nothing: `No granules found` or `No data after filtering`; else null. */
  readonly empty: string | null;
  readonly dropped: DroppedRows;
  readonly skipped_granules: readonly SkippedGranule[];
  /** Groups that granules did not have, or had without a needed dataset; each granule's count in one shard of a run. */
  readonly groups_skipped: number;
  readonly bytes_written: number;
  readonly read: ReadAmount;
  readonly warnings: readonly Warning[];
  /** Tries that the shard took; everything else is of the last one. */
  readonly attempts: number;
}

/** Workers at the ready for one run. */
export interface ExecutorSession {
  /** Jobs it can hold at once. */
  readonly concurrency: number;
  /**
   * Never rejects for a failed shard: its result says so, also when its worker died (`workerDied`). Rejects when the
   * workers themselves are lost. A job may be processed more than once, by two workers at once even: it writes the same
   * bytes.
   */
  process(job: ShardJob): Promise<ShardResult>;
  /** Ends the workers; what they were at settles. Idempotent. */
  close(): Promise<void>;
}

/** How often a shard is tried whose failure may pass: one whose worker died, or whose error is `transient`. */
export interface RetryPolicy {
  /** Tries of a shard, the first included; from 1. */
  readonly attempts: number;
  /** Milliseconds before the second try; twice as long before each further one, and never more than half a minute. */
  readonly backoffMs: number;
}

export interface ExecutorOptions {
  /** Jobs at once that are asked for; from 1. */
  readonly workers: number;
  /** Fit `paramsSchema`, with its defaults filled in. */
  readonly params: JsonObject;
  /** The planner's own registry, for an executor that stays in its thread. */
  readonly registry: Registry;
}

export interface Executor {
  readonly kind: "executor";
  readonly apiVersion: 2;
  readonly name: string;
  readonly description: string;
  /** What `--executor-param` may set; refuses what it does not list. */
  readonly paramsSchema: JsonSchema;
  /** Whether workers see the planner's files: if not, a run whose store, granules or plugins are local files is refused. */
  readonly sharesDisk: boolean;
  /** What holds unless a run says otherwise. */
  readonly retry: RetryPolicy;
  open(context: RunContext, options: ExecutorOptions): Promise<ExecutorSession>;
}
