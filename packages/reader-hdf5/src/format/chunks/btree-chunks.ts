/** Chunks that are found by a B-tree of either version. HDF5 File Format Specification 3.0, sections III.A.1 and III.A.2. */
import { Damage } from "../problems.js";
import { treeLeaves } from "../structure/btree-v1.js";
import { readRecordTree } from "../structure/btree-v2.js";
import { Cursor } from "../structure/cursor.js";
import { placed, type FileBytes } from "../structure/file-bytes.js";
import { chunkCounts, type ChunkGrid, type ChunkTable, type StoredChunk } from "./chunk-table.js";

const FILTERED_CHUNKS = 11;
const PLAIN_CHUNKS = 10;

/** @throws Damage */
export async function btreeChunks(
  file: FileBytes,
  grid: ChunkGrid,
  address: number,
  kind: "btree-v1" | "btree-v2",
): Promise<ChunkTable> {
  const counts = chunkCounts(grid);
  const table = new Map<number, StoredChunk>();
  const put = (scaled: readonly number[], chunk: StoredChunk) => {
    // Chunks behind the edge are left where a dataset was made smaller.
    if (scaled.some((index, i) => index >= counts[i]!)) return;
    const place = scaled.reduce((number, index, i) => number * counts[i]! + index, 0);
    if (table.has(place)) throw new Damage("two chunks have the same place");
    table.set(place, chunk);
  };
  if (kind === "btree-v1") await oldTree(file, grid, address, put);
  else await newTree(file, grid, address, put);
  return table;
}

type Put = (scaled: readonly number[], chunk: StoredChunk) => void;

async function oldTree(file: FileBytes, { chunkShape }: ChunkGrid, address: number, put: Put): Promise<void> {
  const rank = chunkShape.length;
  const leaves = await treeLeaves(file, address, {
    code: 1,
    keyBytes: 8 + 8 * (rank + 1),
    parseKey(key) {
      const size = key.u32();
      const filterMask = key.u32();
      const offsets = Array.from({ length: rank }, () => key.uint(8));
      key.skip(8);
      return { size, filterMask, offsets };
    },
  });
  for (const { key, address: at } of leaves) {
    const scaled = key.offsets.map((offset, i) => offset / chunkShape[i]!);
    if (!scaled.every(Number.isInteger)) throw new Damage("a chunk does not begin where chunks begin");
    put(scaled, { at, size: key.size, filterMask: key.filterMask });
  }
}

async function newTree(file: FileBytes, grid: ChunkGrid, address: number, put: Put): Promise<void> {
  const rank = grid.chunkShape.length;
  const { type, recordBytes, records } = await readRecordTree(file, address);
  const isFiltered = type === FILTERED_CHUNKS;
  if (!isFiltered && type !== PLAIN_CHUNKS) throw new Damage(`an index of chunks is of kind ${type}`);
  const sizeBytes = recordBytes - file.offsetBytes - 4 - 8 * rank;
  if (isFiltered && (sizeBytes < 1 || sizeBytes > 8))
    throw new Damage("an index of chunks has impossible sizes");
  for (const record of records) {
    const cursor = new Cursor(record);
    const at = placed(cursor.address(file.offsetBytes), "a chunk");
    const size = isFiltered ? cursor.uint(sizeBytes) : grid.chunkBytes;
    const filterMask = isFiltered ? cursor.u32() : 0;
    put(
      Array.from({ length: rank }, () => cursor.uint(8)),
      { at, size, filterMask },
    );
  }
}
