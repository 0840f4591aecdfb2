/** Shards that are listed, each with a shape of its own: their coverer. */
import type { Region, ShardCoverer } from "@zagg/core";
import type { PreparedPolygon } from "../polygon/prepared-polygon.js";
import type { VectorWriter } from "../polygon/read-ring.js";
import { CAP_SIZE, type EdgeList, type TreeLeaves } from "./cap-tree.js";
import { listTree } from "./list-tree.js";
import { treeCoverer } from "./tree-coverer.js";

/** The area of a shard. */
export interface ShardShape {
  /** Writes a cap that holds the shard: {@link CAP_SIZE} numbers from `at` on. */
  writeCap(out: Float64Array, at: number): void;
  /**
   * Whether a polygon meets the shard, some of whose edges come near its cap.
   * @param at    where the cap stands in `bounds`
   * @param holds whether the middle of the cap is inside the polygon
   */
  meets(polygon: PreparedPolygon, edges: EdgeList, bounds: Float64Array, at: number, holds: boolean): boolean;
}

/** Shapes that are kept at once; a shard has one place, which it shares with others. */
const SHAPES_KEPT = 8192;

/**
 * What `GridPlugin.coverer` has to be, for shards that can be listed: up to some hundred thousand. The tree is made when
 * it is asked for first.
 * @param keys    of every shard, ascending
 * @param shapeOf the shape of the shard of a key; asked again for shapes that are not kept
 */
export function shapeCoverer(
  keys: BigUint64Array,
  shapeOf: (key: bigint) => ShardShape,
  writeVectors?: VectorWriter,
): (region: Region) => ShardCoverer {
  const kept: (ShardShape | undefined)[] = [];
  const keptFor: number[] = [];
  const shapeAt = (place: number): ShardShape => {
    const slot = place % SHAPES_KEPT;
    if (keptFor[slot] !== place) {
      kept[slot] = shapeOf(keys[place]!);
      keptFor[slot] = place;
    }
    return kept[slot]!;
  };
  let caps: Float64Array | undefined;
  const coverOf = (listed: Uint32Array): ((footprint: Region) => Uint32Array) => {
    caps ??= capsOf(keys.length, shapeAt);
    const { tree, places } = listTree(caps, listed);
    const leaves: TreeLeaves = {
      meets: (polygon, edges, leaf, at, holds) =>
        shapeAt(places[leaf]!).meets(polygon, edges, tree.bounds, at, holds),
    };
    const cover = treeCoverer(tree, leaves, writeVectors);
    return (footprint) =>
      cover(footprint)
        .map((leaf) => places[leaf]!)
        .sort();
  };
  let coverAll: ((region: Region) => Uint32Array) | undefined;
  return (region) => {
    coverAll ??= coverOf(Uint32Array.from(keys, (_, place) => place));
    const found = coverAll(region);
    const indexOf = new Map(Array.from(found, (place, index) => [place, index]));
    const cover = coverOf(found);
    return {
      shardKeys: BigUint64Array.from(found, (place) => keys[place]!),
      cover: (footprint) => cover(footprint).map((place) => indexOf.get(place)!),
    };
  };
}

function capsOf(count: number, shapeAt: (place: number) => ShardShape): Float64Array {
  const caps = new Float64Array(CAP_SIZE * count);
  for (let place = 0; place < count; place++) shapeAt(place).writeCap(caps, CAP_SIZE * place);
  return caps;
}
