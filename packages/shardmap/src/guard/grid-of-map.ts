/** The grid that a shard map was built for, made from its signature and a configuration of the same family. */
import {
  ShardMapError,
  createGrid,
  isCodedError,
  type GridPlugin,
  type Json,
  type Registry,
  type ZaggConfig,
} from "@zagg/core";
import { checkShardMap, type ShardMapCheck } from "./check.js";
import { differenceLine } from "./explain.js";
import type { ShardMap } from "../map/shard-map.js";

type GridParams = ZaggConfig["output"]["grid"];

/**
 * Grids keep most of what they are made of in their signature under the same names (`parent_order`, `chunk_shape`). So
 * the map's grid is sought among those that the configuration's parameters give once the map's own replace them, with
 * each parameter that the signature does not have left out in turn (an inner chunk of the one grid may not divide a
 * shard of the other). The guard decides which is the map's.
 * @throws ShardMapError `SHARDMAP_UNSIGNED`, `SHARDMAP_REKEY_SOURCE` with the keys that no candidate agreed in
 */
export function gridOfMap(
  map: Pick<ShardMap, "gridSignature">,
  config: ZaggConfig,
  registry: Registry,
): GridPlugin {
  const signature = map.gridSignature;
  if (signature === null) {
    throw new ShardMapError("SHARDMAP_UNSIGNED", {
      what: "the shard map does not record the grid it was built for (grid_signature is null)",
      why: "without it nobody can tell where its shards are",
      mend: "name the configuration it was built with, --from CONFIG, or build it again with `zagg shardmap build`",
    });
  }
  let closest: ShardMapCheck | undefined;
  if (signature["type"] === config.output.grid.type) {
    for (const params of candidates(config.output.grid, signature, registry)) {
      const grid = attempt(registry, { ...config, output: { ...config.output, grid: params } });
      if (grid === undefined) continue;
      const check = checkShardMap(map, grid);
      if (check.verdict === "fits") return grid;
      if (closest === undefined || check.differences.length < closest.differences.length) closest = check;
    }
  }
  throw notFound(config.output.grid.type, closest, signature["type"] ?? null);
}

function* candidates(
  own: GridParams,
  signature: Readonly<Record<string, Json | undefined>>,
  registry: Registry,
): Generator<GridParams> {
  const { properties = {}, required = [] } = registry.grid(own.type).paramsSchema as {
    properties?: Readonly<Record<string, { readonly enum?: readonly Json[] }>>;
    required?: readonly string[];
  };
  const stated = Object.fromEntries(
    Object.entries(signature).filter(
      ([key, value]) =>
        key !== "type" &&
        Object.hasOwn(properties, key) &&
        (properties[key]!.enum?.includes(value ?? null) ?? true),
    ),
  );
  const params = { ...own, ...stated } as GridParams;
  yield params;
  for (const key of Object.keys(own)) {
    if (key === "type" || Object.hasOwn(stated, key) || required.includes(key)) continue;
    const { [key]: _left, ...rest } = params as unknown as Record<string, Json>;
    yield rest as unknown as GridParams;
  }
}

function attempt(registry: Registry, config: ZaggConfig): GridPlugin | undefined {
  try {
    return createGrid(registry, config);
  } catch (error) {
    if (isCodedError(error)) return undefined;
    throw error;
  }
}

function notFound(type: string, closest: ShardMapCheck | undefined, stored: Json): ShardMapError {
  const differences = closest?.differences ?? [{ key: "type", shardMap: stored, run: type, missing: false }];
  return new ShardMapError("SHARDMAP_REKEY_SOURCE", {
    what: "the shard map cannot be brought to this grid",
    why: `a map goes from one order or chunking to another of the same cells; these differ in more than that (${differences.map(differenceLine).join("; ")})`,
    mend: "build the map again with `zagg shardmap build`; if only the size of the cells differs, name the configuration the map was built with, --from CONFIG",
    details: { differences: differences.map((difference) => ({ ...difference })) },
  });
}
