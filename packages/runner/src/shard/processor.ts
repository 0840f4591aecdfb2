/** The shard pipeline: read granules, filter, locate, group by cell, aggregate, write. */
import {
  chunkCells,
  createGrid,
  failedShard,
  shardCells,
  shardResult,
  type ArraySpec,
  type RaggedBlock,
  type RunContext,
  type Registry,
  type ShardJob,
  type ShardResult,
  type TypedArray,
} from "@zagg/core";
import { bindChunkValues } from "../plan/bind-chunk-values.js";
import { bindFields } from "../plan/bind-fields.js";
import { exactAggregators } from "../plan/exact-aggregators.js";
import { outputFormat } from "../plan/output-format.js";
import { sourceColumns } from "../plan/source-columns.js";
import { withChunkValues } from "./compute/chunk-values.js";
import { computeField } from "./compute/compute-field.js";
import { valuesOfRows } from "./compute/field-values.js";
import { foldRows, type FoldedShard, type RowFolding } from "./compute/folded-rows.js";
import { createGranuleMemory } from "./read/granule-memory.js";
import { readGranules, type GranuleAccess, type ShardReading } from "./read/read-granules.js";
import { rowPlan } from "./read/row-plan.js";
import { NO_DATA, NO_GRANULES, secondsSince } from "./shard-result.js";
import type { ShardRows } from "./shard-rows.js";
import { sortRows } from "./compute/sorted-rows.js";
import { unreadableShard } from "./read/unreadable.js";

/** Processes shards one at a time. Holds working memory, so give each thread its own. */
export interface ShardProcessor {
  /** Never rejects: what goes wrong with a shard is in its result. */
  process(job: ShardJob): Promise<ShardResult>;
}

/**
 * A processor for the shards of a run. It checks no signature: whoever hands out the jobs has done so.
 * @throws PluginError, GridError, ConfigError when the configuration does not fit the registry
 */
export function createShardProcessor(context: RunContext, registry: Registry): ShardProcessor {
  const { config } = context;
  const grid = createGrid(registry, config);
  const fields = bindFields(registry, config);
  const read = new Set(fields.flatMap(({ bound }) => bound.chunkInputs ?? []));
  const columns = sourceColumns(config.data_source).map(({ name }) => name);
  const chunkValues = bindChunkValues(registry, config, columns).filter(({ name }) => read.has(name));
  const plan = rowPlan(
    registry,
    config,
    [...fields, ...chunkValues].flatMap(({ bound }) => bound.inputs),
  );
  const access: GranuleAccess = {
    sources: registry,
    reader: registry.reader(config.data_source.reader),
    plan,
    grid,
    memory: createGranuleMemory(),
  };
  const store = registry.store(context.storeUri).open(context.storeUri, context.storeOptions);
  const format = outputFormat(registry, config);
  const arrays = new Map(context.hierarchy.arrays.map((array) => [array.path, array]));
  const arrayOf = (name: string): ArraySpec | undefined => arrays.get(`${grid.storage.groupPath}/${name}`);

  const write = async (name: string, job: ShardJob, values: TypedArray | RaggedBlock): Promise<number> => {
    const array = arrayOf(name);
    if (array === undefined) throw new TypeError(`the run's hierarchy has no array for ${name}`);
    const trailing = array.shape.slice(job.block.length).map(() => 0);
    return format.writeBlock(store, array, [...job.block, ...trailing], values);
  };

  const [cells, cellsOfChunk] = [shardCells(grid.storage), chunkCells(grid.storage)];
  const exactFunctions = exactAggregators(registry);
  const inOnePass = (rows: ShardRows): FoldedShard => {
    const sorted = sortRows(rows, cells, cellsOfChunk);
    const chunks = withChunkValues(sorted.chunks, chunkValues, exactFunctions);
    const results = fields.map((computation) => ({
      field: computation.field,
      values: valuesOfRows(computation, chunks, exactFunctions),
    }));
    return { ...sorted, chunks, fields: results, warnings: [] };
  };

  /** A shard without rows is written as well: it holds fill values, whatever an earlier attempt left there. */
  const compute = async (
    job: ShardJob,
    { rows, warnings }: ShardReading,
    folding: RowFolding | undefined,
  ): Promise<Partial<ShardResult>> => {
    const shard = folding?.folded === true ? folding.finish(rows) : inOnePass(rows);
    let bytes = 0;
    for (const results of shard.fields)
      bytes += await write(results.field.name, job, computeField(results, shard.chunks));
    for (const { name } of grid.storage.cellCoordinates) {
      if (arrayOf(name) === undefined) continue;
      bytes += await write(name, job, grid.cellCoordinate!(name, BigInt(job.shardKey)));
    }
    return {
      cells_with_data: shard.populatedCells,
      total_obs: shard.rows,
      empty: shard.rows > 0 ? null : job.granules.length === 0 ? NO_GRANULES : NO_DATA,
      bytes_written: bytes,
      warnings: [...warnings, ...shard.warnings],
    };
  };

  return {
    async process(job) {
      const startedMs = performance.now();
      const folding =
        context.memoryBytes === undefined
          ? undefined
          : foldRows(fields, cells, cellsOfChunk, context.memoryBytes, exactFunctions);
      let reading: ShardReading;
      try {
        reading = await readGranules(access, job, folding);
      } catch (error) {
        return failedShard(job, error, startedMs);
      }
      const known: Partial<ShardResult> = {
        files_processed: reading.filesProcessed,
        dropped: { ...reading.rows.dropped },
        skipped_granules: reading.skipped,
        groups_skipped: reading.groupsSkipped,
        read: { ...reading.rows.read },
        warnings: reading.warnings,
      };
      try {
        if (job.granules.length > 0 && reading.filesProcessed === 0) {
          throw unreadableShard(job, reading.skipped);
        }
        const done = await compute(job, reading, folding);
        return shardResult(job, { ...known, ...done, duration_s: secondsSince(startedMs) });
      } catch (error) {
        return { ...failedShard(job, error, startedMs), ...known };
      }
    },
  };
}
