/** How the cells of a HEALPix grid are stored: one dimension, nested order, a shard one contiguous run. */
import type { GridError, GridStorage, Placement } from "@zagg/core";
import {
  GRID_MAPPING,
  cellIdAttributes,
  gridMapping,
  groupAttributes,
  mortonAttributes,
} from "./metadata.js";
import type { HealpixSettings } from "./params.js";
import { shardNested, shardUnknown } from "./shard-key.js";

/** Shapes, coordinates and attributes of the stored arrays. */
export function healpixStorage(settings: HealpixSettings): GridStorage {
  const { parentOrder, childOrder, chunkOrder, layout, emitCellIds } = settings;
  return {
    groupPath: String(childOrder),
    dimensions: ["cells"],
    chunkDimensions: ["chunks"],
    shardShape: [4 ** (childOrder - parentOrder)],
    chunkShape: [4 ** (childOrder - chunkOrder)],
    attributes: groupAttributes(settings),
    arrayAttributes: { grid_mapping: GRID_MAPPING },
    coordinates: [gridMapping(settings)],
    cellCoordinates: [
      {
        name: "morton",
        dtype: "uint64",
        fillValue: 0,
        always: false,
        attributes: mortonAttributes(settings),
      },
      {
        name: "cell_ids",
        dtype: "uint64",
        fillValue: 0,
        always: layout === "dense" || emitCellIds === true,
        attributes: cellIdAttributes(settings),
      },
    ],
    placement: (shardKeys) =>
      layout === "dense" ? densePlacement(settings, shardKeys) : fullspherePlacement(settings),
  };
}

/** Every cell of the sphere has its place: a cell's index is its nested id, a block's the nested id of the shard. */
function fullspherePlacement({ parentOrder, childOrder }: HealpixSettings): Placement {
  return {
    arrayShape: [12 * 4 ** childOrder],
    blockIndex: (shardKey) => [Number(shardNested(shardKey, parentOrder))],
  };
}

/** Only the shards of the map, one after the other in the order of their keys. */
function densePlacement({ parentOrder, childOrder }: HealpixSettings, shardKeys: BigUint64Array): Placement {
  for (let k = 1; k < shardKeys.length; k++) {
    if (shardKeys[k]! <= shardKeys[k - 1]!) {
      throw new RangeError(`shard keys ${k - 1} and ${k} do not ascend`);
    }
  }
  return {
    arrayShape: [shardKeys.length * 4 ** (childOrder - parentOrder)],
    blockIndex(shardKey) {
      const position = positionOf(shardKeys, shardKey);
      if (position < 0) throw shardMissing(shardKey, shardKeys.length);
      return [position];
    },
  };
}

/** Position of a key in an ascending list, -1 when it is not there. */
function positionOf(keys: BigUint64Array, key: bigint): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return keys[low] === key ? low : -1;
}

function shardMissing(shardKey: bigint, shards: number): GridError {
  return shardUnknown(
    shardKey,
    `a dense array has a place for each of the ${shards} shards of its map, and this is none of them`,
  );
}
