/** The key of a shard: the 64-bit H3 index of a cell of the parent resolution. */
import { shardUnknown } from "@zagg/core";
import { getResolution, isValidCell } from "h3-js";

/** A shard's index in H3's own spelling, such as `832830fffffffff`. @throws GridError `GRID_SHARD_UNKNOWN` */
export function shardIndex(shardKey: bigint, parentRes: number): string {
  const index = shardKey.toString(16);
  if (!isValidCell(index)) throw shardUnknown(shardKey, "it is not the index of an H3 cell");
  const res = getResolution(index);
  if (res !== parentRes) {
    throw shardUnknown(
      shardKey,
      `it is a cell of resolution ${res}, and shards have resolution ${parentRes}`,
    );
  }
  return index;
}
