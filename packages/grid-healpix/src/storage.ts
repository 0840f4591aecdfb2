/** How the cells of a HEALPix grid are stored: one dimension, nested order, a shard one contiguous run. */
import { packedPlacement, type Placement, type StorageFacts } from "@zagg/core";
import {
  GRID_MAPPING,
  cellIdAttributes,
  gridMapping,
  groupAttributes,
  mortonAttributes,
} from "./metadata.js";
import type { HealpixSettings } from "./params.js";
import { shardNested } from "./shard-key.js";

/** Shapes, coordinates and attributes of the stored arrays. */
export function healpixStorage(settings: HealpixSettings): StorageFacts {
  const { parentOrder, childOrder, chunkOrder, layout, emitCellIds } = settings;
  const ids = { dtype: "uint64", fillValue: 0 } as const;
  const always = layout === "dense" || emitCellIds === true;
  const shardShape = [4 ** (childOrder - parentOrder)];
  return {
    groupPath: String(childOrder),
    dimensions: ["cells"],
    shardShape,
    chunkShape: [4 ** (childOrder - chunkOrder)],
    attributes: groupAttributes(settings),
    arrayAttributes: { grid_mapping: GRID_MAPPING },
    coordinates: [gridMapping(settings)],
    cellCoordinates: [
      { ...ids, name: "morton", always: false, attributes: mortonAttributes(settings) },
      { ...ids, name: "cell_ids", always, attributes: cellIdAttributes(settings) },
    ],
    placement: (shardKeys) =>
      layout === "dense" ? packedPlacement(shardShape, shardKeys) : fullspherePlacement(settings),
  };
}

/** Every cell of the sphere has its place: a cell's index is its nested id, a block's the nested id of the shard. */
function fullspherePlacement({ parentOrder, childOrder }: HealpixSettings): Placement {
  return {
    arrayShape: [12 * 4 ** childOrder],
    blockIndex: (shardKey) => [Number(shardNested(shardKey, parentOrder))],
  };
}
