/** How the cells of an H3 grid are stored: one dimension, a shard one contiguous run, numbered by index digits. */
import type { GridStorage, Placement } from "@zagg/core";
import { cellIdAttributes, groupAttributes } from "./metadata.js";
import type { H3Settings } from "./params.js";
import { shardUnknown } from "./shard-key.js";

/** H3's own null index; stored in `cell_ids` at the holes of a pentagon. */
export const NULL_INDEX = 0n;

export function h3Storage(settings: H3Settings): GridStorage {
  const { parentRes, childRes, chunkRes } = settings;
  return {
    groupPath: String(childRes),
    dimensions: ["cells"],
    chunkDimensions: ["chunks"],
    shardShape: [7 ** (childRes - parentRes)],
    chunkShape: [7 ** (childRes - chunkRes)],
    attributes: groupAttributes(settings),
    arrayAttributes: {},
    coordinates: [],
    cellCoordinates: [
      {
        name: "cell_ids",
        dtype: "uint64",
        fillValue: 0,
        always: true,
        attributes: cellIdAttributes(settings),
      },
    ],
    placement: (shardKeys) => packedPlacement(settings, shardKeys),
  };
}

/** Only the shards of the map, one after the other in the order of their keys. */
function packedPlacement({ parentRes, childRes }: H3Settings, shardKeys: BigUint64Array): Placement {
  for (let k = 1; k < shardKeys.length; k++) {
    if (shardKeys[k]! <= shardKeys[k - 1]!) {
      throw new RangeError(`shard keys ${k - 1} and ${k} do not ascend`);
    }
  }
  return {
    arrayShape: [shardKeys.length * 7 ** (childRes - parentRes)],
    blockIndex(shardKey) {
      const position = lowerBound(shardKeys, shardKey);
      if (shardKeys[position] === shardKey) return [position];
      throw shardUnknown(
        shardKey,
        `a packed array has a place for each of the ${shardKeys.length} shards of its map, and this is none of them`,
      );
    },
  };
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
