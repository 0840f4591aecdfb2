/** A shard map for another grid of the same family, without asking a catalog again. */
import { ShardMapError, type GridPlugin } from "@zagg/core";
import type { GranuleFootprints } from "../build/build-footprints.js";
import { countPairs, deriveShardMap } from "./derive.js";
import { spatialDifferences } from "./diff.js";
import { jsonLine } from "../json/json-text.js";
import { commonOrder, united } from "../granule/granule-order.js";
import { createOverlaps, homeOf, type Relation } from "./shard-relation.js";
import { createRefiner, type Refinement } from "./rekey-refine.js";
import type { ShardMap } from "../map/shard-map.js";

export interface RekeyInput {
  readonly map: ShardMap;
  /** The grid the map was built for. */
  readonly from: GridPlugin;
  /** The grid it is for. */
  readonly to: GridPlugin;
  /** Outlines of the map's granules, to leave out those that do not touch a finer shard. */
  readonly footprints?: GranuleFootprints | undefined;
}

/**
 * What the pairs are worth. `exact`: they are those of a build for the new grid over the area of the old map's shards,
 * which may be larger than the region that map was built for. `exact-where-covered`: the same, but
 * some shards reach beyond the area of the old map's shards, and granules that are only there are not known.
 * `conservative`: nothing is missing in the area of the old map, but a shard may list granules that do not touch it.
 */
export type Exactness = "exact" | "exact-where-covered" | "conservative";

export interface RekeyReport {
  readonly exactness: Exactness;
  readonly shards: { readonly before: number; readonly after: number };
  readonly pairs: { readonly before: number; readonly after: number };
  /** How the old shards lie in the new grid. */
  readonly relations: Readonly<Record<Relation, number>>;
  /** New shards that reach beyond the old map's shards. */
  readonly partlyCovered: number;
  /** Null when no footprints were given. */
  readonly refinement: Refinement | null;
  /** Top-level members that the format does not name: they belong to the old shards and were left out. */
  readonly extrasDropped: readonly string[];
}

/** What comes together in one new shard. */
interface Target {
  readonly sources: number[];
  /** The old shards that lie in it whole: what they list belongs to it. */
  readonly whole: number[];
}

/**
 * Gives each shard of the new grid the granules of the old shards it shares an area with, in an order that agrees with
 * the old lists. Where footprints say that a granule does not touch a shard, it is left out of it.
 * @throws ShardMapError `SHARDMAP_REKEY_APART` when the grids do not nest, `SHARDMAP_REKEY_EXTENT` when a shard of the
 *   map lies outside the new grid, `SHARDMAP_EMPTY`
 */
export async function rekeyShardMap(input: RekeyInput): Promise<{ map: ShardMap; report: RekeyReport }> {
  const { map, from, to, footprints } = input;
  if (!from.nestsWith(to)) throw apart(from, to);
  const { targets, relations } = targetsOf(map, from, to);
  const shardKeys = BigUint64Array.from(targets.keys()).sort();
  const ranks = commonOrder(map.granules);
  let lists = Array.from(shardKeys, (key) =>
    united(
      targets.get(key)!.sources.map((shard) => map.granules[shard]!),
      ranks,
    ),
  );
  const doubtful = Array.from(shardKeys, (key) => {
    const { sources, whole } = targets.get(key)!;
    return sources.length > whole.length;
  });

  let refinement: Refinement | null =
    footprints === undefined ? null : { known: 0, unknown: 0, pairsRemoved: 0 };
  if (footprints !== undefined && doubtful.includes(true)) {
    const doubted = new Set(
      Array.from(shardKeys, (key, shard) => (doubtful[shard]! ? targets.get(key)!.sources : [])).flat(),
    );
    const region = [...doubted].flatMap((shard) => from.shardFootprint(map.shardKeys[shard]!));
    const known = Array.from(
      shardKeys,
      (key) => new Set(targets.get(key)!.whole.flatMap((shard) => map.granules[shard]!.map(({ id }) => id))),
    );
    const refiner = createRefiner(to, region, shardKeys, lists, doubtful, known);
    ({ lists, refinement } = await refiner(footprints));
  }
  const isConservative = doubtful.includes(true) && (refinement === null || refinement.unknown > 0);
  const partlyCovered = countPartlyCovered(shardKeys, targets, map, from, to);
  const exactness: Exactness = isConservative
    ? "conservative"
    : partlyCovered > 0
      ? "exact-where-covered"
      : "exact";
  const kept = lists.flatMap((list, shard) => (list.length > 0 ? [shard] : []));
  const granules = kept.map((shard) => lists[shard]!);
  const before = { shards: map.shardKeys.length, pairs: countPairs(map.granules) };
  const after = { shards: kept.length, pairs: countPairs(granules) };
  const keepsShards = relations.same === before.shards && after.shards === before.shards;
  const rekeyed = deriveShardMap(
    {
      metadata: map.metadata,
      gridSignature: to.spatialSignature(),
      shardKeys: BigUint64Array.from(kept, (shard) => shardKeys[shard]!),
      granules,
      extras: keepsShards ? map.extras : {},
    },
    {
      action: "rekey",
      exactness,
      from: from.spatialSignature(),
      of: before,
      partly_covered: partlyCovered,
      refined: refinement !== null,
    },
  );
  const report: RekeyReport = {
    exactness,
    shards: { before: before.shards, after: after.shards },
    pairs: { before: before.pairs, after: after.pairs },
    relations,
    partlyCovered,
    refinement,
    extrasDropped: keepsShards ? [] : Object.keys(map.extras),
  };
  return { map: rekeyed, report };
}

function targetsOf(
  map: ShardMap,
  from: GridPlugin,
  to: GridPlugin,
): { targets: Map<bigint, Target>; relations: Record<Relation, number> } {
  const overlapsOf = createOverlaps(from, to);
  const targets = new Map<bigint, Target>();
  const relations = { same: 0, within: 0, split: 0, across: 0 };
  map.shardKeys.forEach((key, shard) => {
    const { relation, keys } = overlapsOf(key);
    if (keys.length === 0) throw outside(key, from, to);
    relations[relation]++;
    const isWhole = relation === "same" || relation === "within";
    for (const target of keys) {
      const { sources, whole } = targets.get(target) ?? { sources: [], whole: [] };
      sources.push(shard);
      if (isWhole) whole.push(shard);
      targets.set(target, { sources, whole });
    }
  });
  return { targets, relations };
}

/** New shards of which a part lies in no shard of the map, or may. */
function countPartlyCovered(
  shardKeys: BigUint64Array,
  targets: ReadonlyMap<bigint, Target>,
  map: ShardMap,
  from: GridPlugin,
  to: GridPlugin,
): number {
  const listed = new Set(map.shardKeys);
  const overlapsOf = createOverlaps(to, from);
  let partly = 0;
  for (const key of shardKeys) {
    // A shard that lies in one of the map is covered by it.
    const home = homeOf(key, to, from);
    if (home !== undefined ? listed.has(home) : overlapsOf(key).keys.every((old) => listed.has(old)))
      continue;
    partly++;
  }
  return partly;
}

function apart(from: GridPlugin, to: GridPlugin): ShardMapError {
  return new ShardMapError("SHARDMAP_REKEY_APART", {
    what: "the shard map cannot be brought to this grid",
    why: `the cells of the two do not nest, as those of one family, CRS and latitude do; they differ in ${spatialDifferences(
      from.spatialSignature(),
      to.spatialSignature(),
    )
      .map(({ key, a, b }) => `${key}: ${jsonLine(a)} in the map, ${jsonLine(b)} in the new grid`)
      .join("; ")}`,
    mend: "build the map again with `zagg shardmap build`",
    details: { from: from.spatialSignature(), to: to.spatialSignature() },
  });
}

function outside(key: bigint, from: GridPlugin, to: GridPlugin): ShardMapError {
  return new ShardMapError("SHARDMAP_REKEY_EXTENT", {
    what: `shard ${from.shardLabel(key)} (key ${key}) of the map lies outside the new grid`,
    why: "its granules would be lost without a word",
    mend: "take it out with `zagg shardmap subset`, or choose a grid that reaches as far",
    details: { shardKey: String(key), to: to.spatialSignature() },
  });
}
