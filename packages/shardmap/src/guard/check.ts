/** The reuse guard: whether a shard map belongs to the grid of a run. Space decides; what is aggregated does not. */
import { ShardMapError, type GridPlugin, type Json, type JsonObject, type Warning } from "@zagg/core";
import { refusalText } from "./explain.js";
import { sameJson } from "../json/same-json.js";
import type { ShardMap } from "../map/shard-map.js";

/** A spatial key in which the map and the run differ. */
export interface SignatureDifference {
  readonly key: string;
  /** What the map stored; null when it stored nothing under this key. */
  readonly shardMap: Json;
  readonly run: Json;
  /** The map does not have the key at all. */
  readonly missing: boolean;
}

/** The answer of the guard, as data. */
export interface ShardMapCheck {
  /** `unchecked`: the map does not record its grid, so there was nothing to compare. */
  readonly verdict: "fits" | "refused" | "unchecked";
  readonly differences: readonly SignatureDifference[];
  readonly warnings: readonly Warning[];
  /** The stored signature on the keys of the run's spatial signature, null where it lacks one; null without signature. */
  readonly projected: JsonObject | null;
  /** The spatial signature of the run's grid. */
  readonly run: JsonObject;
  /** The signature as the map stored it. */
  readonly stored: JsonObject | null;
}

/** What the guard needs of a grid and of a map. */
export type GuardedGrid = Pick<GridPlugin, "spatialSignature" | "signatureRules">;
export type SignedMap = Pick<ShardMap, "gridSignature">;

export interface CheckOptions {
  /** Refuse, too, what would only warn: a map without signature, or without a key younger than the format. */
  readonly strict?: boolean;
}

/**
 * Compares what the map stored with the grid's spatial signature, on the keys of the latter: other stored keys, such
 * as the `output_fields` of older maps, do not count. Values are equal when they are equal as JSON (10 is 10.0, -0 is
 * 0, the order of a list counts) or when the grid's own rules say that they mean the same.
 */
export function checkShardMap(map: SignedMap, grid: GuardedGrid, options: CheckOptions = {}): ShardMapCheck {
  const { strict = false } = options;
  const run: JsonObject = grid.spatialSignature();
  const stored = map.gridSignature;
  if (stored === null) {
    const verdict = strict ? "refused" : "unchecked";
    return { verdict, differences: [], warnings: [unsigned()], projected: null, run, stored };
  }

  const projected: Record<string, Json> = {};
  const differences: SignatureDifference[] = [];
  const warnings: Warning[] = [];
  const isOneFamily = valueOf(stored, "type") === valueOf(run, "type");
  for (const [key, own] of Object.entries(run)) {
    const missing = !Object.hasOwn(stored, key);
    const value = valueOf(stored, key);
    projected[key] = value;
    const isSame = !missing && (sameJson(value, own) || grid.signatureRules.equal(key, value, own));
    const warning = missing && isOneFamily ? unstated(grid, key, own) : undefined;
    if (warning !== undefined) warnings.push(warning);
    if (!isSame && (warning === undefined || strict)) {
      differences.push({ key, shardMap: value, run: own, missing });
    }
  }
  return {
    verdict: differences.length > 0 ? "refused" : "fits",
    differences,
    warnings,
    projected,
    run,
    stored,
  };
}

/**
 * Refuses a map of another grid; returns the warnings of one that may be used. For the orchestrator, before anything
 * is read or written; workers never check.
 * @throws ShardMapError `SHARDMAP_GRID_MISMATCH` with `details` {differences, projected, run, stored};
 *   `SHARDMAP_UNSIGNED` when strict and the map records no grid
 */
export function assertShardMapFits(
  map: SignedMap,
  grid: GuardedGrid,
  options: CheckOptions = {},
): readonly Warning[] {
  const check = checkShardMap(map, grid, options);
  if (check.verdict !== "refused") return check.warnings;
  const { differences, projected, run, stored } = check;
  if (stored === null) throw new ShardMapError("SHARDMAP_UNSIGNED", unsigned());
  throw new ShardMapError("SHARDMAP_GRID_MISMATCH", {
    ...refusalText(check),
    details: { differences: differences.map((difference) => ({ ...difference })), projected, run, stored },
  });
}

function valueOf(signature: JsonObject, key: string): Json {
  return Object.hasOwn(signature, key) ? (signature[key] ?? null) : null;
}

function unstated(grid: GuardedGrid, key: string, own: Json): Warning | undefined {
  const { youngerKeys } = grid.signatureRules;
  const rule = Object.hasOwn(youngerKeys, key) ? youngerKeys[key] : undefined;
  if (rule === undefined) return undefined;
  const what = `the shard map does not state '${key}'; the run takes it to be ${JSON.stringify(own)}`;
  return { code: rule.code, what, why: rule.why, mend: rule.mend, details: { key, run: own } };
}

function unsigned(): Warning {
  return {
    code: "SHARDMAP_UNSIGNED",
    what: "the shard map does not record the grid it was built for (grid_signature is null)",
    why: "whether its shards are those of the run's grid cannot be checked",
    mend: "build the map again with `zagg shardmap build`, which records the grid",
  };
}
