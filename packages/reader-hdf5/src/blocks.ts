/** How a range of rows is cut into reads. */

/** Bytes of values one read fetches: what the WebAssembly heap must hold beside HDF5's own buffers. */
const BLOCK_BYTES = 8 * 2 ** 20;

/**
 * Rows at which to cut start … stop, both ends included. Cuts lie on chunk bounds, so that no chunk is decompressed twice;
 * each piece is about 8 MiB of values, or one chunk where a chunk is larger.
 * @param chunkRows rows of a stored chunk, null when the dataset is not chunked
 */
export function cutRows(start: number, stop: number, itemBytes: number, chunkRows: number | null): number[] {
  const step = chunkRows ?? 1;
  const blockRows = Math.max(1, Math.floor(BLOCK_BYTES / itemBytes / step)) * step;
  const cuts = [start];
  for (let row = (Math.floor(start / blockRows) + 1) * blockRows; row < stop; row += blockRows)
    cuts.push(row);
  cuts.push(stop);
  return cuts;
}
