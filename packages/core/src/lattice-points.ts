/** Points to shards and positions in a grid of rows and columns, from the one function that numbers its cells. */
import { NO_ID, type GridPlugin } from "./grid.js";
import { assertLengths } from "./lanes.js";
import { shardIndices } from "./placement.js";

/** A regular array of shards, each a regular array of cells. */
export interface ShardLattice {
  /** Shards along each dimension, slowest first; their keys number them row-major from 0. */
  readonly blocks: readonly number[];
  /** Cells of a shard along each dimension. */
  readonly shardShape: readonly number[];
  /** Cells of a chunk along each dimension; one chunk per shard unless given. */
  readonly chunkShape?: readonly number[];
}

/**
 * `shardsOf` and `locate` of a grid whose cells stand in one array.
 *
 * Some millions of points per second; a grid that is to be faster projects blocks of points in a kernel of its own.
 *
 * @param cellAt row-major index of a point's cell in the whole array, below 2^53; negative outside, also for a point that is
 *   not finite or beyond a pole
 * @example
 * defineGrid({ ...latticePoints({ blocks: [6, 12], shardShape: [30, 30] }, cellAt), type, storage, ... }, fields);
 */
export function latticePoints(
  { blocks, shardShape, chunkShape = shardShape }: ShardLattice,
  cellAt: (lonDeg: number, latDeg: number) => number,
): Pick<GridPlugin, "shardsOf" | "locate"> {
  const rank = blocks.length;
  let shard = 0;
  let position = 0;
  /** Splits the index of a cell into its shard and its canonical position there. */
  const split = (cell: number): void => {
    let [rest, shards, chunk, chunks, within, cells] = [cell, 1, 0, 1, 0, 1];
    shard = 0;
    for (let axis = rank - 1; axis >= 0; axis--) {
      const [extent, chunkExtent] = [shardShape[axis]!, chunkShape[axis]!];
      const index = rest % (blocks[axis]! * extent);
      const inShard = index % extent;
      const inChunk = inShard % chunkExtent;
      rest = (rest - index) / (blocks[axis]! * extent);
      shard += ((index - inShard) / extent) * shards;
      chunk += ((inShard - inChunk) / chunkExtent) * chunks;
      within += inChunk * cells;
      shards *= blocks[axis]!;
      chunks *= extent / chunkExtent;
      cells *= chunkExtent;
    }
    position = chunk * cells + within;
  };
  return {
    shardsOf(lonDeg, latDeg, out) {
      assertLengths(out.length, lonDeg.length, latDeg.length);
      for (let i = 0; i < out.length; i++) {
        const cell = cellAt(lonDeg[i]!, latDeg[i]!);
        if (cell >= 0) split(cell);
        out[i] = cell >= 0 ? BigInt(shard) : NO_ID;
      }
    },
    locate(shardKey, lonDeg, latDeg, out) {
      assertLengths(out.length, lonDeg.length, latDeg.length);
      shardIndices(shardKey, blocks);
      const wanted = Number(shardKey);
      let inside = 0;
      for (let i = 0; i < out.length; i++) {
        const cell = cellAt(lonDeg[i]!, latDeg[i]!);
        if (cell >= 0) split(cell);
        const isInside = cell >= 0 && shard === wanted;
        out[i] = isInside ? position : -1;
        if (isInside) inside++;
      }
      return inside;
    },
  };
}
