/** What the executor kit needs of a run: something to work on, and a look at what came of it. */
import type { RunContext, ShardJob, ShardResult } from "../../executor.js";
import type { Registry } from "../../registry.js";

/** A run about to happen, into a place of its own. */
export interface ExecutorScene {
  /** The planner's registry. */
  readonly registry: Registry;
  /** JSON, with fill values of every spelling: NaN, both infinities, -0, 64-bit integers beyond 2^53, true. */
  readonly context: RunContext;
  /** Jobs that succeed, two at least. */
  readonly jobs: readonly ShardJob[];
  /** A job whose result is an error that stays. */
  readonly failing: ShardJob;
  /** A job that ends its worker; none where a worker cannot end by itself. */
  readonly deadly?: ShardJob;
  /** As many jobs as are asked for, each of which succeeds when all of them are under way at once, and else fails. */
  meeting(count: number): readonly ShardJob[];
  /** Everything stored so far, as text by key. */
  contents(): Promise<Readonly<Record<string, string>>>;
  /** Processes a job in this thread, by the registry, without an executor. */
  reference(job: ShardJob): Promise<ShardResult>;
}
