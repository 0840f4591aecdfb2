/** A small world for tests: a grid of four boxes, granules in memory, a store in memory, and logs of what is touched. */
import {
  createRegistry,
  validateConfig,
  type AnyAggregator,
  type Json,
  type Registry,
  type ZaggConfig,
} from "@zagg/core";
import { createShardMap, type ShardMap } from "@zagg/shardmap";
import {
  executeRun,
  inlineExecutor,
  planRun,
  type PlanOptions,
  type RunOptions,
  type RunPlan,
} from "../src/index.js";
import { aggregators, greater } from "./plugins/aggregators.mjs";
import { FIRST_KEY, boxes } from "./plugins/boxes-grid.mjs";
import { memoryDisk, memoryStore, type MemoryDisk } from "./plugins/memory-store.mjs";
import { rawFormat } from "./plugins/raw-format.mjs";
import { tableReader, tableSource, type ReaderLog, type Tables } from "./plugins/table-reader.mjs";

export const STORE = "memory://out";
export const COMPOSITION = { specifier: "not used inline", version: null, export: "" };

export interface Scene {
  readonly registry: Registry;
  readonly granules: Map<string, Tables>;
  readonly disk: MemoryDisk;
  readonly log: ReaderLog;
}

/** @param change what a test makes of each aggregator */
export function createScene(
  granules: Readonly<Record<string, Tables>> = {},
  change: (aggregator: AnyAggregator) => AnyAggregator = (aggregator) => aggregator,
): Scene {
  const found = new Map(Object.entries(granules));
  const disk = memoryDisk();
  const log: ReaderLog = { opened: [], closed: 0, read: 0, rows: 0 };
  const reader = tableReader((href) => found.get(href.replace("table://", "")), log);
  const registry = createRegistry([
    boxes,
    tableSource,
    reader,
    memoryStore(disk),
    rawFormat,
    greater,
    ...aggregators.map(change),
  ]);
  return { registry, granules: found, disk, log };
}

/** A group `g` of points: [lon, lat, height, quality]. Heights are float32 with the fill value 9999. */
export function points(...rows: readonly (readonly [number, number, number, number?])[]): Tables {
  const column = (i: 0 | 1 | 2 | 3): number[] => rows.map((row) => row[i] ?? 0);
  return {
    "/g/lon": { values: Float64Array.from(column(0)) },
    "/g/lat": { values: Float64Array.from(column(1)) },
    "/g/h": { values: Float32Array.from(column(2)), fillValue: 9999 },
    "/g/q": { values: Int8Array.from(column(3)) },
  };
}

type Parts = Readonly<Record<string, Json>>;

/** Four shards of 90° with nine cells of 10°, and two fields, unless told otherwise. */
export function createConfig(
  { registry }: Pick<Scene, "registry">,
  change: { source?: Parts; variables?: Parts; grid?: Parts; aggregation?: Parts; output?: Parts } = {},
): ZaggConfig {
  const value = {
    data_source: {
      reader: "table",
      groups: ["g"],
      coordinates: { latitude: "/{group}/lat", longitude: "/{group}/lon" },
      variables: { h: "/{group}/h" },
      ...change.source,
    },
    aggregation: {
      variables: change.variables ?? {
        n: { function: "count", dtype: "int32", fill_value: 0 },
        h_mean: { function: "mean", source: "h" },
      },
      ...change.aggregation,
    },
    output: { grid: { type: "boxes", columns: 4, cells: 9, ...change.grid }, ...change.output },
  };
  return validateConfig(value as Json, registry).config;
}

export const SIGNATURE = { type: "boxes", columns: 4, cells: 9, datum: "sphere" };

/** A map of the scene's grid: the granule ids of each box, by the number of the box. */
export function createMap(
  boxesOf: Readonly<Record<number, readonly string[]>>,
  gridSignature: ShardMap["gridSignature"] = SIGNATURE,
): ShardMap {
  const columns = Object.keys(boxesOf).map(Number);
  return createShardMap({
    metadata: {},
    gridSignature,
    shardKeys: BigUint64Array.from(columns, (column) => FIRST_KEY + BigInt(column)),
    granules: columns.map((column) =>
      (boxesOf[column] ?? []).map((id) => ({ id, s3: null, https: null, file: `table://${id}` })),
    ),
  });
}

export function plan(
  { registry }: Pick<Scene, "registry">,
  config: ZaggConfig,
  shardMap: ShardMap,
  options: PlanOptions = {},
): RunPlan {
  return planRun({ registry, config, shardMap, mapBase: "/", storeUri: STORE, options });
}

export function execute(
  { registry }: Pick<Scene, "registry">,
  runPlan: RunPlan,
  options: Partial<RunOptions> = {},
): ReturnType<typeof executeRun> {
  return executeRun(runPlan, {
    registry,
    composition: COMPOSITION,
    executor: inlineExecutor,
    ...options,
  });
}

/** A stored block as the numbers it holds; undefined when it was not stored. */
export function block(
  { disk }: Pick<Scene, "disk">,
  path: string,
  type: new (buffer: ArrayBuffer) => ArrayLike<number | bigint>,
): (number | bigint)[] | undefined {
  const bytes = disk.stores.get(STORE)?.get(path);
  return bytes === undefined ? undefined : Array.from(new type(bytes.slice().buffer));
}

/** The error of a rejected or throwing call. */
export async function errorOf(
  call: () => unknown,
): Promise<{ code: string; path?: string; details?: Parts } & Error> {
  try {
    await call();
  } catch (error) {
    return error as { code: string } & Error;
  }
  throw new Error("nothing was thrown");
}
