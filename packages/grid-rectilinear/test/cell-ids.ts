/** Ids of cells, row · width + column, told from shards and positions and the shapes of the stored arrays. */
import { NO_ID, type GridPlugin } from "@zagg/core";

/** The id of each point's cell; NO_ID outside. */
export function idsAt(grid: GridPlugin, lonDeg: Float64Array, latDeg: Float64Array): BigUint64Array {
  const shards = new BigUint64Array(lonDeg.length);
  grid.shardsOf(lonDeg, latDeg, shards);
  const position = new Int32Array(1);
  return shards.map((key, i) => {
    if (key === NO_ID) return NO_ID;
    grid.locate(key, lonDeg.subarray(i, i + 1), latDeg.subarray(i, i + 1), position);
    return idOf(grid, key, position[0]!);
  });
}

/** The ids of a shard's cells by canonical position. */
export function idsOf(grid: GridPlugin, shardKey: bigint): BigUint64Array {
  const [height, width] = grid.storage.shardShape as [number, number];
  return BigUint64Array.from({ length: height * width }, (_none, position) => idOf(grid, shardKey, position));
}

function idOf(grid: GridPlugin, shardKey: bigint, position: number): bigint {
  const { shardShape, chunkShape, placement } = grid.storage;
  const [shardHeight, shardWidth] = shardShape as [number, number];
  const [chunkHeight, chunkWidth] = chunkShape as [number, number];
  const { arrayShape, blockIndex } = placement(new BigUint64Array(0));
  const [blockRow, blockColumn] = blockIndex(shardKey) as [number, number];
  const chunk = Math.floor(position / (chunkHeight * chunkWidth));
  const within = position % (chunkHeight * chunkWidth);
  const abreast = shardWidth / chunkWidth;
  const row =
    blockRow * shardHeight + Math.floor(chunk / abreast) * chunkHeight + Math.floor(within / chunkWidth);
  const column = blockColumn * shardWidth + (chunk % abreast) * chunkWidth + (within % chunkWidth);
  return BigInt(row * arrayShape[1]! + column);
}
