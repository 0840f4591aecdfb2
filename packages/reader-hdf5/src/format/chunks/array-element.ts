/** Elements of the array indexes of chunks. HDF5 File Format Specification 3.0, sections VII.C and VII.D. */
import { Damage } from "../problems.js";
import type { Cursor } from "../structure/cursor.js";
import type { ChunkGrid, StoredChunk } from "./chunk-table.js";

/** How an array stores where a chunk is. */
export interface ElementForm {
  readonly bytes: number;
  /** Undefined for a chunk that was never written. */
  parse(cursor: Cursor): StoredChunk | undefined;
}

/** @param client what the array says of its elements: 1 for chunks that were filtered. @throws Damage */
export function elementForm(
  client: number,
  bytes: number,
  offsetBytes: number,
  grid: ChunkGrid,
): ElementForm {
  if (client === 0 && bytes === offsetBytes) {
    return {
      bytes,
      parse(cursor) {
        const at = cursor.address(offsetBytes);
        return at === undefined ? undefined : { at, size: grid.chunkBytes, filterMask: 0 };
      },
    };
  }
  const sizeBytes = bytes - offsetBytes - 4;
  if (client !== 1 || sizeBytes < 1 || sizeBytes > 8)
    throw new Damage("an array of chunks has elements of an impossible size");
  return {
    bytes,
    parse(cursor) {
      const at = cursor.address(offsetBytes);
      const size = at === undefined ? (cursor.skip(sizeBytes), 0) : cursor.uint(sizeBytes);
      const filterMask = cursor.u32();
      return at === undefined ? undefined : { at, size, filterMask };
    },
  };
}
