/** Shard keys: morton words of the shard order. */
import { isCodedError, shardUnknown } from "@zagg/core";
import { faceCellOfNested, type FaceCell } from "./kernels/cell-index.js";
import { isMortonPoint, nestedFromMorton } from "./morton.js";

/** The cell of a shard. @throws GridError `GRID_SHARD_UNKNOWN` for what is no word of an area of this order */
export function shardCell(shardKey: bigint, parentOrder: number): FaceCell {
  return faceCellOfNested(parentOrder, shardNested(shardKey, parentOrder));
}

/** Nested id of a shard at its order. @throws GridError `GRID_SHARD_UNKNOWN` */
export function shardNested(shardKey: bigint, parentOrder: number): bigint {
  const cell = cellOf(shardKey);
  if (isMortonPoint(shardKey)) {
    throw shardUnknown(shardKey, "it is the word of a point, which has no area");
  }
  if (cell.order !== parentOrder) {
    throw shardUnknown(shardKey, `it is a cell of order ${cell.order}, and shards have order ${parentOrder}`);
  }
  return cell.nested;
}

function cellOf(shardKey: bigint): { readonly order: number; readonly nested: bigint } {
  try {
    return nestedFromMorton(shardKey);
  } catch (error) {
    if (!isCodedError(error, "MORTON_INVALID")) throw error;
    throw shardUnknown(shardKey, `as a morton word it is invalid (${error.why})`, error);
  }
}
