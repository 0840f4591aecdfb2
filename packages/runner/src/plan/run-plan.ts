/** Planning a run: everything that can be refused is refused here, before anything is read or written. */
import {
  RunError,
  createGrid,
  outputFields,
  storeOptions,
  uriScheme,
  type GridPlugin,
  type HierarchySpec,
  type JsonObject,
  type Registry,
  type ShardJob,
  type Warning,
  type ZaggConfig,
} from "@zagg/core";
import {
  assertShardMapFits,
  boundShardMap,
  granuleHref,
  type GranuleRecord,
  type ShardMap,
} from "@zagg/shardmap";
import { wholeFields } from "../shard/compute/folded-rows.js";
import { bindConfig } from "./bind-config.js";
import { fieldPath, type FieldComputation } from "./bind-fields.js";
import { planHierarchy } from "./hierarchy.js";
import { listedTwiceWarnings } from "./listed-twice.js";
import { selectShards, type Selection } from "./select-shards.js";

export interface PlanOptions extends Selection {
  /** Scheme of the href of a granule to read first; the configuration's `driver` when left out. */
  readonly driver?: string;
  /** Refuse what the reuse guard would only warn of. */
  readonly strict?: boolean;
  /** Bytes of rows that a shard may hold at once; without it, all of them. */
  readonly memoryBytes?: number;
}

export interface PlanRequest {
  readonly registry: Registry;
  /** Validated and defaulted, as `loadConfig` returns it. */
  readonly config: ZaggConfig;
  readonly shardMap: ShardMap;
  /** Folder or URI of the shard map, against which relative hrefs are read. */
  readonly mapBase: string;
  readonly storeUri: string;
  readonly options?: PlanOptions;
}

/** A run about to happen, as plain data. */
export interface RunPlan {
  readonly config: ZaggConfig;
  readonly storeUri: string;
  /** What the configuration says of the store beside its place, as its factory takes it. */
  readonly storeOptions: JsonObject;
  readonly hierarchy: HierarchySpec;
  /** In ascending order of shard key. */
  readonly jobs: readonly ShardJob[];
  /** Names of the shards for people, parallel to `jobs`. */
  readonly labels: readonly string[];
  /** Bytes of the distinct granules; null when the map does not say of each. */
  readonly granuleBytes: number | null;
  readonly memoryBytes?: number;
  readonly warnings: readonly Warning[];
}

/**
 * Plans a run. The reuse guard comes first: a map of another grid is refused whatever else is wrong. Of the map, the run takes what
 * the configuration's `bounds` select.
 * @throws ShardMapError `SHARDMAP_GRID_MISMATCH`, `SHARDMAP_OUT_OF_BOUNDS`, `GRANULE_NO_HREF`
 * @throws ConfigError `RUN_SOURCE_UNSUPPORTED`, `FIELD_SOURCE_MISSING`, `FIELD_SOURCE_UNKNOWN`, `STORE_OPTION_UNSUPPORTED`
 * @throws RunError `RUN_CELL_UNKNOWN`, `RUN_EMPTY`, `RUN_SCHEME_UNSUPPORTED`
 * @throws PluginError `PLUGIN_UNKNOWN`
 */
export function planRun(request: PlanRequest): RunPlan {
  const { registry, config, storeUri, options = {} } = request;
  const grid = createGrid(registry, config);
  const guardWarnings = assertShardMapFits(request.shardMap, grid, { strict: options.strict ?? false });
  const fields = bindConfig(registry, config);
  const ofStore = storeOptions(registry.store(storeUri), config);

  const { map: shardMap, warnings: ofBounds } = boundShardMap(request.shardMap, grid, config);
  const selected = selectShards(shardMap.shardKeys, grid, options);
  const placement = grid.storage.placement(shardMap.shardKeys);
  const driver = options.driver ?? config.data_source.driver;
  const hrefOf = (record: GranuleRecord): string => granuleHref(record, { driver, base: request.mapBase });
  const told = new Set<string>();
  const jobs = selected.map((i): ShardJob => {
    const key = shardMap.shardKeys[i]!;
    const granules = (shardMap.granules[i] ?? []).map((record) => {
      const href = hrefOf(record);
      const tells = !told.has(href);
      told.add(href);
      return { id: record.id, href, tells };
    });
    return { shardKey: String(key), block: placement.blockIndex(key), granules };
  });
  assertReadable(registry, jobs);
  const { hierarchy, warnings } = planHierarchy(config, grid, outputFields(config), placement);
  return {
    config,
    storeUri,
    storeOptions: ofStore,
    hierarchy,
    jobs,
    labels: labels(grid, jobs),
    granuleBytes: granuleBytes(selected.flatMap((i) => shardMap.granules[i] ?? [])),
    ...(options.memoryBytes === undefined ? {} : { memoryBytes: options.memoryBytes }),
    warnings: [
      ...guardWarnings,
      ...ofBounds,
      ...warnings,
      ...listedTwiceWarnings(jobs),
      ...(options.memoryBytes === undefined ? [] : wholeFieldWarnings(fields)),
    ],
  };
}

/** Says beforehand which fields keep a shard beyond the budget from being aggregated in blocks. */
function wholeFieldWarnings(fields: readonly FieldComputation[]): readonly Warning[] {
  return wholeFields(fields).map((name) => ({
    code: "MEMORY_FIELD_WHOLE",
    path: fieldPath(name),
    what: `the field "${name}" needs all rows of a shard at once`,
    why: "it has no partial results, or reads a value of the whole chunk: a shard whose rows exceed --memory will fail",
    mend: "leave it out, raise --memory, or use smaller shards",
  }));
}

function labels(grid: GridPlugin, jobs: readonly ShardJob[]): readonly string[] {
  return jobs.map(({ shardKey }) => grid.shardLabel(BigInt(shardKey)));
}

/** Sources that open none of the hrefs would leave every shard without data. When they open some, the rest is skipped by name. */
function assertReadable({ plugins }: Registry, jobs: readonly ShardJob[]): void {
  const schemes = new Set(jobs.flatMap((job) => job.granules.map(({ href }) => uriScheme(href))));
  const readable = plugins.flatMap((plugin) => (plugin.kind === "source" ? plugin.schemes : [])).sort();
  if (schemes.size === 0 || readable.some((scheme) => schemes.has(scheme))) return;
  throw new RunError("RUN_SCHEME_UNSUPPORTED", {
    path: "/data_source/driver",
    what: `every granule of the run has an href of ${[...schemes].sort().join(" or ")}`,
    why: `the sources there are open ${readable.length === 0 ? "nothing" : readable.join(", ")}`,
    mend: "set data_source.driver to one of those, or fetch the granules and build the map from the local files",
    details: { schemes: [...schemes].sort(), readable },
  });
}

function granuleBytes(records: readonly GranuleRecord[]): number | null {
  const sizes = new Map<string, number>();
  for (const record of records) {
    if (typeof record["bytes"] !== "number") return null;
    sizes.set(record.id, record["bytes"]);
  }
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}
