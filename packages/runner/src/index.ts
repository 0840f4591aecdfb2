/** The zagg engine: plan, reuse guard, shard pipeline, executors and the run report. */
export type { PlanOptions, PlanRequest, RunPlan } from "./plan/run-plan.js";
export type { Selection } from "./plan/select-shards.js";
export type { DryRunReport, PlannedShard } from "./plan/dry-run.js";
export type { FieldComputation } from "./plan/bind-fields.js";
export type { Compatibility, Product, ProductPair } from "./plan/compatible.js";
export type { RunOptions, RunProgress } from "./run/execute-run.js";
export type { GranuleSummary, RunSummary } from "./run/run-summary.js";
export type { ShardProcessor } from "./shard/processor.js";

export { planRun } from "./plan/run-plan.js";
export { dryRunReport } from "./plan/dry-run.js";
export { bindConfig } from "./plan/bind-config.js";
export { bindFields } from "./plan/bind-fields.js";
export { checkCompatible, validateCompatible } from "./plan/compatible.js";
export { executeRun } from "./run/execute-run.js";
export { createShardProcessor } from "./shard/processor.js";
export { inlineExecutor } from "./executors/inline.js";
export { groupByPosition, permuteRows } from "./kernels/grouping.js";
export { codes } from "./codes.js";
