/** Where every chunk of a dataset is. */
import type { Layout } from "../messages/layout.js";
import { Damage } from "../problems.js";
import type { FileBytes } from "../structure/file-bytes.js";
import { btreeChunks } from "./btree-chunks.js";
import { extensibleArrayChunks } from "./extensible-array.js";
import { fixedArrayChunks } from "./fixed-array.js";

/** A dataset cut into chunks of one shape. */
export interface ChunkGrid {
  /** Extent of the dataset in each dimension, and how far it may grow. */
  readonly shape: readonly number[];
  readonly limits: readonly number[];
  readonly chunkShape: readonly number[];
  /** Bytes of a chunk before filters. */
  readonly chunkBytes: number;
  readonly isFiltered: boolean;
}

/** A stored chunk: bytes `at` … `at + size − 1` of the file by its own addresses. */
export interface StoredChunk {
  readonly at: number;
  readonly size: number;
  /** Bit i set: filter i was not applied. */
  readonly filterMask: number;
}

/** Chunks by their number in row-major order of the grid of chunks that covers the dataset; what is not there was never written. */
export type ChunkTable = ReadonlyMap<number, StoredChunk>;

/** Chunks in each dimension. */
export function chunkCounts({
  shape,
  chunkShape,
}: Pick<ChunkGrid, "shape" | "chunkShape">): readonly number[] {
  return shape.map((extent, i) => Math.ceil(extent / chunkShape[i]!));
}

/** @throws Damage, Unsupported */
export async function readChunkTable(
  file: FileBytes,
  grid: ChunkGrid,
  layout: Extract<Layout, { kind: "chunked" }>,
): Promise<ChunkTable> {
  const { address, index } = layout;
  const counts = chunkCounts(grid);
  const total = counts.reduce((product, count) => product * count, 1);
  if (address === undefined || total === 0) return new Map();
  switch (index.kind) {
    case "single": {
      const { size, filterMask } = index.stored ?? { size: grid.chunkBytes, filterMask: 0 };
      return new Map([[0, { at: address, size, filterMask }]]);
    }
    case "implicit":
      return implicitChunks(file, grid, limitedTotal(grid), address);
    case "fixed-array":
      return fixedArrayChunks(file, grid, address);
    case "extensible-array":
      return extensibleArrayChunks(file, grid, address);
    default:
      return btreeChunks(file, grid, address, index.kind);
  }
}

/** Chunks of the dataset at its largest. */
function limitedTotal({ limits, chunkShape }: ChunkGrid): number {
  return limits.reduce((product, limit, i) => product * Math.ceil(limit / chunkShape[i]!), 1);
}

/** Chunks one behind the other, all of them there. */
function implicitChunks(file: FileBytes, grid: ChunkGrid, total: number, address: number): ChunkTable {
  if (address + total * grid.chunkBytes > file.pages.size) throw new Damage("chunks reach out of the file");
  const table = new Map<number, StoredChunk>();
  const place = placeInArray(grid);
  for (let number = 0; number < total; number++) {
    const at = place(number);
    if (at !== undefined)
      table.set(at, { at: address + number * grid.chunkBytes, size: grid.chunkBytes, filterMask: 0 });
  }
  return table;
}

/**
 * From the number that a chunk has in an array index to its place in the dataset; undefined behind the edge. An array counts chunks
 * up to the limits of the dataset in row-major order; one dimension without limit comes first in it (H5Dearray.c, `swizzle`).
 */
export function placeInArray(grid: ChunkGrid): (number: number) => number | undefined {
  const { limits, chunkShape } = grid;
  const counts = chunkCounts(grid);
  const unlimited = limits.indexOf(Infinity);
  const order = [...counts.keys()].filter((i) => i !== unlimited);
  if (unlimited >= 0) order.unshift(unlimited);
  const most = limits.map((limit, i) => Math.ceil(limit / chunkShape[i]!));
  const inner = order.slice(1).reverse();
  const outer = order[0]!;
  const strides = counts.map((_, i) => counts.slice(i + 1).reduce((product, count) => product * count, 1));
  return (number) => {
    let left = number;
    let place = 0;
    for (const i of inner) {
      const index = left % most[i]!;
      if (index >= counts[i]!) return undefined;
      place += index * strides[i]!;
      left = Math.floor(left / most[i]!);
    }
    return left >= counts[outer]! ? undefined : place + left * strides[outer]!;
  };
}
