/** Which shards the points of a group touch, block by block: remembered, so that a later shard reads only its own blocks. */
import { NO_ID } from "@zagg/core";

/** Rows start … stop−1. */
export interface RowRange {
  readonly start: number;
  readonly stop: number;
}

/** The blocks of one group, in order, and the shards that each touches. */
export interface GroupBlocks {
  /** Points with a coordinate that is not finite or is a fill value, or a latitude outside ±90. */
  readonly invalid: number;
  /** Runs of blocks with a point in the shard, in order, disjoint and not adjacent. */
  rangesOf(shardKey: bigint): RowRange[];
}

/** Gathers {@link GroupBlocks} while the coordinates are read once. */
export interface GroupBlocksBuilder {
  /** @param keys shard key of each row from `start` on; read only */
  add(start: number, keys: BigUint64Array, invalid: number): void;
  finish(): GroupBlocks;
}

/** @param blockRows rows of a block; rows arrive in order and in whole blocks, the last one excepted */
export function groupBlocksBuilder(rows: number, blockRows: number): GroupBlocksBuilder {
  const shardKeys: bigint[] = [];
  const offsets = [0];
  let invalid = 0;
  return {
    add(start, keys, invalidHere) {
      invalid += invalidHere;
      for (let first = 0; first < keys.length; first += blockRows) {
        if (start + first !== (offsets.length - 1) * blockRows)
          throw new RangeError(`block at row ${start + first}`);
        for (const key of distinctKeys(keys.subarray(first, first + blockRows))) shardKeys.push(key);
        offsets.push(shardKeys.length);
      }
    },
    finish: () => ({
      invalid,
      rangesOf: rangesOf(BigUint64Array.from(shardKeys), Uint32Array.from(offsets), rows, blockRows),
    }),
  };
}

/** {@link GroupBlocks} by granule and group; the least recently used are forgotten beyond `capacity` groups. */
export interface BlockIndex {
  get(href: string, group: string): GroupBlocks | undefined;
  set(href: string, group: string, blocks: GroupBlocks): void;
}

/** Some 3 kB a group of a long track. */
const CAPACITY = 8_192;

export function createBlockIndex(capacity = CAPACITY): BlockIndex {
  const known = new Map<string, GroupBlocks>();
  const keyOf = (href: string, group: string): string => `${group}\n${href}`;
  return {
    get(href, group) {
      const key = keyOf(href, group);
      const blocks = known.get(key);
      if (blocks === undefined) return undefined;
      known.delete(key);
      known.set(key, blocks);
      return blocks;
    },
    set(href, group, blocks) {
      const [oldest] = known.keys();
      if (known.size >= capacity && oldest !== undefined) known.delete(oldest);
      known.set(keyOf(href, group), blocks);
    },
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

function rangesOf(shardKeys: BigUint64Array, offsets: Uint32Array, rows: number, blockRows: number) {
  return (shardKey: bigint): RowRange[] => {
    const ranges: { start: number; stop: number }[] = [];
    for (let block = 0; block + 1 < offsets.length; block++) {
      if (!shardKeys.subarray(offsets[block], offsets[block + 1]).includes(shardKey)) continue;
      const start = block * blockRows;
      const stop = Math.min(start + blockRows, rows);
      const last = ranges[ranges.length - 1];
      if (last?.stop === start) last.stop = stop;
      else ranges.push({ start, stop });
    }
    return ranges;
  };
}
