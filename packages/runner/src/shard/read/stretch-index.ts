/** Which shards the points of a group touch, stretch by stretch: remembered, so that a later shard reads only its own. */
import { NO_ID } from "@zagg/core";
import type { RowRange } from "./row-range.js";

/** The stretches of one group, in order, and the shards that each touches. */
export interface GroupStretches {
  /** Points with a coordinate that is not finite or is a fill value, or a latitude outside ±90. */
  readonly invalid: number;
  /** Runs of stretches with a point in the shard, in order, disjoint and not adjacent. */
  rangesOf(shardKey: bigint): RowRange[];
}

/** Gathers {@link GroupStretches} while the coordinates are read once. */
export interface GroupStretchesBuilder {
  /** @param keys shard key of each row from `start` on; read only */
  add(start: number, keys: BigUint64Array, invalid: number): void;
  finish(): GroupStretches;
}

/** @param stretchRows rows of a stretch; rows arrive in order and in whole stretches, the last one excepted */
export function groupStretchesBuilder(rows: number, stretchRows: number): GroupStretchesBuilder {
  const shardKeys: bigint[] = [];
  const offsets = [0];
  let invalid = 0;
  return {
    add(start, keys, invalidHere) {
      invalid += invalidHere;
      for (let first = 0; first < keys.length; first += stretchRows) {
        if (start + first !== (offsets.length - 1) * stretchRows)
          throw new RangeError(`stretch at row ${start + first}`);
        for (const key of distinctKeys(keys.subarray(first, first + stretchRows))) shardKeys.push(key);
        offsets.push(shardKeys.length);
      }
    },
    finish: () => ({
      invalid,
      rangesOf: rangesOf(BigUint64Array.from(shardKeys), Uint32Array.from(offsets), rows, stretchRows),
    }),
  };
}

/** Distinct keys of points, {@link NO_ID} left out. Neighbours are mostly alike, so a bigint is made where they are not. */
function distinctKeys(keys: BigUint64Array): Set<bigint> {
  const lanes = new Uint32Array(keys.buffer, keys.byteOffset, 2 * keys.length);
  const distinct = new Set<bigint>();
  for (let row = 0; row < keys.length; row++) {
    const sameAsBefore =
      row > 0 && lanes[2 * row] === lanes[2 * row - 2] && lanes[2 * row + 1] === lanes[2 * row - 1];
    if (!sameAsBefore) distinct.add(keys[row]!);
  }
  distinct.delete(NO_ID);
  return distinct;
}

function rangesOf(shardKeys: BigUint64Array, offsets: Uint32Array, rows: number, stretchRows: number) {
  return (shardKey: bigint): RowRange[] => {
    const ranges: { start: number; stop: number }[] = [];
    for (let i = 0; i + 1 < offsets.length; i++) {
      if (!shardKeys.subarray(offsets[i], offsets[i + 1]).includes(shardKey)) continue;
      const start = i * stretchRows;
      const stop = Math.min(start + stretchRows, rows);
      const last = ranges[ranges.length - 1];
      if (last?.stop === start) last.stop = stop;
      else ranges.push({ start, stop });
    }
    return ranges;
  };
}
