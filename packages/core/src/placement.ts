/** Where shards stand in stored arrays: in the order of the map, or each at a place of its own; and keys that are none. */
import { GridError } from "./errors.js";
import type { Placement } from "./grid.js";

/**
 * Only the shards of a map, one after the other along the first dimension.
 * @param shardShape cells of a shard along each dimension
 * @param shardKeys every shard of the map, ascending; not kept
 * @throws RangeError when keys do not ascend; `blockIndex` throws GridError `GRID_SHARD_UNKNOWN`
 */
export function packedPlacement(shardShape: readonly number[], shardKeys: BigUint64Array): Placement {
  for (let k = 1; k < shardKeys.length; k++) {
    if (shardKeys[k]! <= shardKeys[k - 1]!)
      throw new RangeError(`shard keys ${k - 1} and ${k} do not ascend`);
  }
  const keys = shardKeys.slice();
  const [extent = 1, ...others] = shardShape;
  return {
    arrayShape: [keys.length * extent, ...others],
    blockIndex(shardKey) {
      const position = lowerBound(keys, shardKey);
      if (keys[position] === shardKey) return [position, ...others.map(() => 0)];
      throw shardUnknown(
        shardKey,
        `a packed array has a place for each of the ${keys.length} shards of its map, and this is none of them`,
      );
    },
  };
}

/**
 * Every shard of a grid whose keys number its blocks row-major from 0.
 * @param blocks shards along each dimension
 * @param shardShape cells of a shard along each dimension
 */
export function wholePlacement(blocks: readonly number[], shardShape: readonly number[]): Placement {
  return {
    arrayShape: blocks.map((count, axis) => count * shardShape[axis]!),
    blockIndex: (shardKey) => shardIndices(shardKey, blocks),
  };
}

/**
 * Indices of a shard along each dimension, when keys number shards row-major from 0.
 * @param blocks shards along each dimension
 * @throws GridError `GRID_SHARD_UNKNOWN`
 */
export function shardIndices(shardKey: bigint, blocks: readonly number[]): number[] {
  const count = blocks.reduce((product, extent) => product * extent, 1);
  if (!(shardKey >= 0n && shardKey < BigInt(count))) {
    throw shardUnknown(shardKey, `the grid has ${blocks.join(" by ")} shards, numbered from 0`);
  }
  let rest = Number(shardKey);
  const indices = new Array<number>(blocks.length);
  for (let axis = blocks.length - 1; axis >= 0; axis--) {
    indices[axis] = rest % blocks[axis]!;
    rest = (rest - indices[axis]!) / blocks[axis]!;
  }
  return indices;
}

/** The error for a key that names no shard. @param why what shards the grid has, or what the key is */
export function shardUnknown(shardKey: bigint, why: string, cause?: unknown): GridError {
  return new GridError("GRID_SHARD_UNKNOWN", {
    what: `${shardKey} is not the key of a shard`,
    why,
    mend: "take keys from the shard map that was built for this grid",
    details: { shard_key: String(shardKey) },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The first position in an ascending list whose key is not below `key`. */
export function lowerBound(keys: BigUint64Array, key: bigint): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
